"""Every window with all that its fields hold, about something that is there."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.discord.asking import NOT_HERE
from bot.discord.cog_loading import cog_names, controls_of, load_cogs
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.components import INPUT, STRING_SELECT
from bot.sandbox.discord.model import walk
from tests.features.inbox.assistant.model_server import model_server
from tests.proofs.album.__main__ import ID
from tests.proofs.faults.live_bridge import LiveBridge
from tests.proofs.largest.measured_bridge import house_in, too_long
from tests.proofs.largest.test_largest_inputs import WINDOW, dear
from tests.proofs.largest.window_fixtures import OPENERS
from tests.proofs.largest.window_steps import OpenedWindow

pytestmark = pytest.mark.asyncio(loop_scope="module")

# What stands in the other fields of a window while one of them is full.
RIGHT = {"text": "hello", "name": "one", "price": "5", "when": "in 2 hours", "to": "Subscribers"}
EARLIER = ("compose.offer",)  # taken when they were opened before an update; nothing opens them any more
WORDLESS = ("live_discord.try", "agent.connect")  # lists and a file, nothing that is typed
_ROLE_SELECT, _FILE_UPLOAD = 6, 19
SEVERAL = ("media", "to")  # fields that take more than one of these
# How a handler ends that has looked for something and found nothing: then it shows little of what it costs.
NOTHING = (NOT_HERE, "That draft is no longer available", "already settled", "no longer stored")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    folder: Path = tmp_path_factory.mktemp("windows")
    async with model_server() as server, house_in(folder, **server.settings) as made:
        yield made


async def test_every_window_has_a_door_to_it() -> None:
    assert sorted((*OPENERS, *EARLIER, *WORDLESS)) == sorted(controls_of(load_cogs(cog_names())).windows)


@pytest.mark.parametrize("name", sorted(OPENERS))
async def test_the_largest_that_a_window_holds_keeps_nobody_waiting(house: LiveBridge, name: str) -> None:
    """All fields full; then each alone, for a wrong one ends it before the next is looked at."""
    opened = await OPENERS[name](house)
    assert which(opened.answer) == name
    assert not ID.search(str(opened.answer.modal))  # no window shows an id

    for fields in [*fillings(house, opened.answer)]:
        said = await sent(opened, fields)
        assert said
        assert not any(words in said for words in NOTHING), said
        opened = await OPENERS[name](house)  # whatever came behind the answer is done by then

    assert too_long(house.folder) == []


async def sent(opened: OpenedWindow, fields: dict[str, Any]) -> str:
    """Send a window; what is said to it, once that is there."""
    answer = await (await opened.who.submit(opened.answer, fields)).done(60)
    if answer.state == "updated":
        await answer.until(lambda now: now.text != opened.before or bool(now.followups), 60)
    return "\n".join((answer.text, *(one.text for one in answer.followups)))


def which(window: InteractionAnswer) -> str:
    assert window.modal is not None
    return str(window.modal["custom_id"]).split(":")[1]


def fillings(house: LiveBridge, window: InteractionAnswer) -> Iterator[dict[str, Any]]:
    assert window.modal is not None
    inputs = [one for one in walk(window.modal["components"]) if one["type"] == INPUT]
    full = {one["custom_id"]: dear(one.get("max_length", WINDOW)) for one in inputs}
    right = {**RIGHT, "media": house.stage.media[0]}
    begins = {one["custom_id"]: str(one.get("value") or right.get(one["custom_id"], "")) for one in inputs}
    choices = dict(_chosen(house, window))
    full, begins = full | choices, begins | choices
    yield full
    if len(inputs) > 1:
        yield from ({**begins, name: full[name]} for name in (one["custom_id"] for one in inputs))
    for one in inputs:
        if (name := one["custom_id"]) in SEVERAL:
            most = one.get("max_length", WINDOW) // (len(right[name]) + 1)
            yield {**begins, name: ",".join([right[name]] * most)}


def _chosen(house: LiveBridge, window: InteractionAnswer) -> Iterator[tuple[str, Any]]:
    """What is chosen in a window's lists, where it has some: a word that goes with a text, and a role.

    Where files must be chosen: as many as it takes.
    """
    assert window.modal is not None
    for one in walk(window.modal["components"]):
        if one["type"] == STRING_SELECT:
            yield one["custom_id"], one["options"][1]["value"]
        elif one["type"] == _ROLE_SELECT:
            yield one["custom_id"], str(house.stage.team.id)
        elif one["type"] == _FILE_UPLOAD and one.get("required", True):
            yield one["custom_id"], [(f"{at}.jpg", bytes([at]) * 100_000) for at in range(10)]
