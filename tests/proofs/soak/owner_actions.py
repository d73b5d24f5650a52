"""Owners who publish and write to all, and say what became of what is missing."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import walk
from tests.proofs.soak import bridge_ledger
from tests.proofs.soak.bridge_ledger import ConfirmedAction
from tests.proofs.soak.creator_setup import labels
from tests.proofs.soak.soak_scenario import SoakCreator, SoakScenario

PUBLISH = "Publish now"
SEND = "Send to"
_LEDGER: Mapping[str, str] = {
    "proposed.post": "post",
    "proposed.mass": "mass",
    "proposed.postcomment": "comment",
    "proposed.trackcreate": "tracking",
}  # kind of effect → of entry
_REPOST = "proposed.repost"
_PATIENCE = 12.0

Remembered = Sequence[ConfirmedAction]


async def publish(house: SoakCreator, text: str) -> InteractionAnswer | None:
    """She types a post and confirms it; what her message says goes on changing. None: she saw no preview."""
    return await _confirm(house, PUBLISH, "post new", text=text)


async def write_to_all(house: SoakCreator, text: str, button: str = SEND) -> InteractionAnswer | None:
    """She writes to all her subscribers and confirms it; likewise."""
    return await _confirm(house, button, "mass new", to="subscribers", text=text)


async def do_to_a_post(
    house: SoakCreator, verb: str, button: str, post: str, **typed: str
) -> InteractionAnswer | None:
    """She has this done to a post that is there, and confirms it; likewise."""
    return await _confirm(house, button, f"post {verb}", post=post, **typed)


async def do_to_a_link(
    house: SoakCreator, verb: str, button: str, /, **typed: str
) -> InteractionAnswer | None:
    """She makes or deletes a tracking link, and confirms it; likewise."""
    return await _confirm(house, button, f"money links {verb}", **typed)


async def _confirm(
    house: SoakCreator, button: str, command: str, /, **typed: str
) -> InteractionAnswer | None:
    answer = await house.owner.slash(house.guild, house.lobby, command, **typed)
    await answer.done(_PATIENCE)
    offered = next((label for label in labels(answer.message) if label.startswith(button)), None)
    if answer.message is None or offered is None:
        return None
    await house.owner.click(answer.message, offered)
    return answer


async def say_what_is_there(town: SoakScenario) -> None:
    """Owners look at Fanvue, and tell the bridge that asks."""
    remembered = await asyncio.to_thread(bridge_ledger.confirmed, town.database)
    for asking in remembered:
        if asking.state not in bridge_ledger.ASKS:
            continue
        house = next(house for house in town.houses if house.creator.uuid == asking.creator)
        listed = await house.owner.slash(house.guild, house.lobby, "inbox problems")
        await listed.done(_PATIENCE)
        there = _is_there(town, remembered, asking)
        words = {f"v1:{word}:{asking.id}" for word in ("wait.was" if there else "wait.was_not", "wait.drop")}
        parts = walk(listed.message.components if listed.message is not None else [])
        word = next((str(part["custom_id"]) for part in parts if part.get("custom_id") in words), None)
        if word is not None:
            pressed = await house.owner.click(listed.message, word)
            await pressed.done(_PATIENCE)


def confirmed(town: SoakScenario, remembered: Remembered) -> Iterator[tuple[str, str]]:
    """What is wrong: none is on Fanvue twice, none is there that no confirmation stands for."""
    for kind, name in _LEDGER.items():
        ledger = town.fanvue.ledger.of(name)
        often = Counter((entry["creator"], entry["text"]) for entry in ledger)
        yield from (("duplicated", f"a {name}: {one}") for one, times in often.items() if times > 1)
        there = {entry["uuid"] for entry in ledger}
        for one in remembered:
            if one.kind == kind and one.state == "done" and one.made is not None and one.made not in there:
                yield "lost", f"a {name} that counts as done: {one.made}"
        for creator in {entry["creator"] for entry in ledger}:
            mine = _of(remembered, creator, kind)
            said = sum(one.state == "done" and one.made is None for one in mine)
            if len(list(_unclaimed(town, remembered, creator, kind))) > said:
                yield "unexplained", f"a {name} of {creator} that no confirmation stands for"


def _is_there(town: SoakScenario, remembered: Remembered, asking: ConfirmedAction) -> bool:
    if asking.kind != _REPOST:
        # What changes or ends something makes nothing; where it took place, Fanvue's list says so.
        makes = asking.kind in _LEDGER
        return makes and any(_unclaimed(town, remembered, asking.creator, asking.kind))
    said = sum(one.state == "done" for one in _of(remembered, asking.creator, _REPOST))
    return len(town.fanvue.ledger.of("post.reposted", creator=asking.creator)) > said


def reposted(town: SoakScenario, remembered: Remembered) -> Iterator[tuple[str, str]]:
    """What is wrong with reposts: one post went out again twice, or one that counts as done did not."""
    ledger = town.fanvue.ledger.of("post.reposted")
    often = Counter(entry["uuid"] for entry in ledger)
    yield from (("duplicated", f"a repost of {one}") for one, times in often.items() if times > 1)
    done = sum(one.kind == _REPOST and one.state == "done" for one in remembered)
    if done > len(ledger):
        yield "lost", f"{done - len(ledger)} reposts that count as done"


def _unclaimed(town: SoakScenario, remembered: Remembered, creator: str, kind: str) -> Iterator[str]:
    claimed = {one.made for one in _of(remembered, creator, kind) if one.state == "done"}
    for entry in town.fanvue.ledger.of(_LEDGER[kind], creator=creator):
        if entry["client_id"] is not None and entry["uuid"] not in claimed:
            yield entry["uuid"]


def _of(remembered: Remembered, creator: str, kind: str) -> list[ConfirmedAction]:
    return [one for one in remembered if (one.creator, one.kind) == (creator, kind)]
