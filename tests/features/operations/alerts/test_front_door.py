"""The whole program: a rule, a private alert, its reason; a flood is a trickle."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import DM, StandInMessage
from bot.sandbox.program import until
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

FLOOD = 1_000
OPEN = "SELECT 1 FROM outbox WHERE kind LIKE 'alert%' AND state IN ('pending', 'sending', 'unknown')"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, virtual_time: None) -> AsyncIterator[LiveBridge]:
    """A house of its own in which alerts of thirty seconds share a message."""
    async with housed(tmp_path_factory.mktemp("alerts")) as made:
        await made.restart(ALERT_FOLD_SECONDS="30")
        made.stage.discord.limits.enabled = True  # as strict as Discord's own
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []
        assert made.stage.discord.ledger.of("mentions_allowed") == []


def _number(words: str) -> int:
    first = words.lstrip("# ").split(" ", 1)[0].replace(",", "")
    return int(first) if first.isdigit() else 1  # “New follower”


async def asks(house: LiveBridge, command: str, *, by: str = "mara", **values: str) -> str:
    """A member uses a command; what they alone read."""
    stage = house.stage
    answer: InteractionAnswer = await stage.members[by].slash(
        stage.guild, stage.lobby, f"settings alerts {command}", **values
    )
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer.text


def private(house: LiveBridge, words: str) -> list[StandInMessage]:
    """The private messages of the bot that have these words."""
    world = house.stage.discord.world
    places = [channel for channel in world.channels.values() if channel.type == DM]
    return [m for place in places for m in house.messages(place) if words in plain(m)]


def follow(house: LiveBridge, number: int) -> bytes:
    """Fanvue tells of a new follower."""
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    fan = {"uuid": f"f0110000-0000-4000-8000-{number:012}", "handle": f"many{number}"}
    data = {"follower": fan, "created_at": now, "creator": {"uuid": house.stage.creator.uuid}}
    event = {"id": f"flood-{number}", "type": "creator.follow.created", "timestamp": now, "data": data}
    return json.dumps(event).encode()


async def test_a_member_is_told_privately_and_reads_why_and_may_end_it(house: LiveBridge) -> None:
    said = await asks(house, "mine", kind="follower")
    await house.post(follow(house, FLOOD + 1))
    await house.until(lambda: len(private(house, "New follower")) == 1)
    (message,) = private(house, "New follower")
    answer = await house.stage.members["mara"].click(message, "Why did I get this?")
    await answer.done(PATIENCE)
    shown = await asks(house, "show")
    off = await asks(house, "mine", kind="follower", state="usual")

    assert said == "**New followers**: sent privately."
    assert answer.ephemeral
    assert "You chose this for yourself, about every creator here" in answer.text
    assert "Change it with `/settings alerts mine kind:follower`." in answer.text
    assert "sent privately" in shown
    assert off.startswith("**New followers**: this rule is removed.")


async def test_only_a_lead_chooses_what_a_channel_is_told(house: LiveBridge) -> None:
    refused = await asks(house, "creator", kind="tip", state="off")

    assert "Ask the owner; /team explain shows what your role can do." in refused


async def test_a_thousand_in_a_minute_are_no_flood_and_meet_no_limit(house: LiveBridge) -> None:
    before = len(house.alerts("follower"))
    statuses = set[int]()
    for start in range(0, FLOOD, 20):
        events = (house.post(follow(house, number)) for number in range(start, start + 20))
        statuses |= set(await asyncio.gather(*events))
    rows = "SELECT 1 FROM outbox WHERE kind = 'alert' AND state = 'done'"

    async def all_told() -> bool:
        return len(house.rows(rows)) >= FLOOD and not house.rows(OPEN)

    await until(all_told, 4 * PATIENCE)

    many = next(one for one in reversed(house.reports()) if "new followers" in plain(one))
    why = await house.stage.members["mara"].click(many, "Why did I get this?")
    await why.done(PATIENCE)
    told = house.alerts("follower")  # the first of them may have joined one from before
    assert "Default: shown in the alerts channel" in why.text
    assert statuses == {200}
    assert sum(_number(words) for words in told) == FLOOD + before
    assert len(told) <= before + 5
    # However slow the machine: a creator's alerts are posted one after the other, each when the answer to the
    # one before said that it may be, and no window of the stand-in's is longer than it says.
    assert house.stage.discord.ledger.of("rate_limited") == []
