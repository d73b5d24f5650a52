"""Hands on a gallery: what it shows, and presses that wait for what came of them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import walk
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.fanvue.records import MediaRecord
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@asynccontextmanager
async def gallery_house(folder: Path, *names: str) -> AsyncIterator[LiveBridge]:
    """A house of its own, whose vault begins with what the tests choose."""
    async with housed(folder) as made:
        for name in names:
            add(made, name)
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


async def asked(house: LiveBridge, command: str, **options: Any) -> InteractionAnswer:
    """The owner runs a command in the lobby."""
    stage = house.stage
    return await (await stage.owner.slash(stage.guild, stage.lobby, command, **options)).done(PATIENCE)


async def tap(house: LiveBridge, answer: InteractionAnswer, *labels: str) -> None:
    """The owner presses these buttons, one after the other."""
    for label in labels:
        await press(house, answer, label, by=house.stage.owner)


def item(house: LiveBridge, name: str) -> MediaRecord:
    """The item of the vault with this name."""
    return next(one for one in house.stage.fanvue.world.media.values() if one.name == name)


def posts(house: LiveBridge) -> list[Any]:
    """What was published, as Fanvue's ledger has it."""
    return [entry.facts for entry in house.stage.fanvue.ledger.of("post")]


async def press(
    house: LiveBridge, answer: InteractionAnswer, label: str, *, by: DiscordPerson | None = None
) -> None:
    """Mara, or another, presses a button of a private answer, which shows what came of it."""
    before = look(answer)
    await (by or house.stage.members["mara"]).click(answer.message, label)
    await answer.until(lambda now: look(now) != before, PATIENCE)


async def choose(
    house: LiveBridge,
    answer: InteractionAnswer,
    action: str,
    *values: str,
    by: DiscordPerson | None = None,
) -> None:
    """The same in one of its lists."""
    before, custom_id = look(answer), parts(answer)[action]["custom_id"]
    await (by or house.stage.members["mara"]).choose(answer.message, custom_id, *values)
    await answer.until(lambda now: look(now) != before, PATIENCE)


def look(answer: InteractionAnswer) -> str:
    return str(answer.message.components) if answer.message is not None else ""


def parts(answer: InteractionAnswer) -> dict[str, dict[str, Any]]:
    """What can be pressed or chosen, by its action."""
    assert answer.message is not None
    found = [part for part in walk(answer.message.components) if part.get("custom_id")]
    return {part["custom_id"].split(":")[1]: part for part in found}


def labels(answer: InteractionAnswer) -> list[str]:
    return [part["label"] for part in parts(answer).values() if part.get("label")]


def shown(answer: InteractionAnswer) -> str:
    """What is read, with the marks of times left out."""
    return re.sub(r"<t:\d+:D>", "DAY", answer.text.replace("\\", ""))


def number(answer: InteractionAnswer, name: str) -> str:
    """The label of the item with this name: items that came in at the same moment have any order."""
    found = re.search(rf"\*\*(\d+)\*\* (✓ )?\w+ · {name}\b", shown(answer))
    assert found is not None, shown(answer)
    return f"{found[2] or ''}{found[1]}"


def add(house: LiveBridge, name: str, status: str = "ready", kind: str = "image") -> MediaRecord:
    return house.stage.fanvue.world.add_media(house.stage.creator, kind, status, name)


async def write(answer: InteractionAnswer, label: str, *, by: DiscordPerson, **fields: Any) -> None:
    """Press a button that opens a window, and send it."""
    opened = await by.click(answer.message, label)
    await opened.opened(PATIENCE)
    before = look(answer)
    await by.submit(opened, fields)
    await answer.until(lambda now: look(now) != before, PATIENCE)
