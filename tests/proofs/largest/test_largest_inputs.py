"""The largest input of every command, suggestion, file and window of the bridge."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio

from bot.discord.cog_loading import cog_names, controls_of, load_cogs
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.client_input import FILE, NotPossible
from bot.sandbox.discord.commands import GROUP, INTEGER, NUMBER, STRING, SUBCOMMAND
from bot.sandbox.discord.components import BUTTON, INPUT
from bot.sandbox.discord.interactions import SUBMIT
from bot.sandbox.discord.model import StandInChannel, StandInMessage, walk
from tests.access.permission_specification import CONFIRMING
from tests.architecture.source_tree import TOP
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels
from tests.proofs.largest.measured_bridge import house_in, too_long

pytestmark = pytest.mark.asyncio(loop_scope="module")
BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE = 5, 6, 7, 8, 9
LONGEST = 6000  # letters of an option, where the command names no other number
WINDOW = 4000  # letters of a field
FILES: Final[Mapping[str, tuple[str, bytes]]] = {
    "template import": ("t.csv", b"name,text\r\n" + b"a,b\r\n" * 199_000),
    "mass list import": ("handles.csv", b"\n".join(b"@%08d" % n for n in range(110_000))[:1_000_000]),
}
PICTURE = ("one.jpg", b"\xff\xd8" + bytes(500_000))
TOGETHER = 8  # people at once
NOTHING = "n" * 22  # a reference to nothing
# What is dearest to look at: towers of marks, markdown, mentions, emoji of many parts, and no spaces.
DEAR = "e\u0301\u0302\u0303\u0304\u0305*_`~|[](<@1>)\U0001f468\u200d\U0001f469\u200d\U0001f467{fan_name|x}$"
MOST = 1_000_000  # bytes of a file that is taken in


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """One for a module; what its start computed is not asked about."""
    folder: Path = tmp_path_factory.mktemp("largest")
    async with house_in(folder) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def thread(house: LiveBridge) -> StandInChannel:
    """A fan's."""
    return await house.greeted(house.fan("Maximilian"))


def dear(letters: int) -> str:
    return (DEAR * (letters // len(DEAR) + 1))[:letters]


def commands(offered: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every command by its whole name, with its options."""
    for command in offered:
        options = command.get("options") or []
        below = [one for one in options if one["type"] in {SUBCOMMAND, GROUP}]
        if not below:
            yield command["name"], options
        for name, inner in commands(below):
            yield f"{command['name']} {name}", inner


def largest(house: LiveBridge, command: str, option: dict[str, Any]) -> Any:
    """The largest value of an option."""
    kind, stage = option["type"], house.stage
    if option["name"] == "language":
        return "en"  # what comes back is read here
    if option.get("choices"):
        return option["choices"][-1]["value"]
    if kind == STRING:
        return dear(option.get("max_length", LONGEST))
    if kind in {INTEGER, NUMBER}:
        return option.get("max_value", 2**53 - 1)
    if kind == FILE:
        return FILES.get(command, PICTURE)
    return {
        BOOLEAN: True,
        USER: stage.members["mara"].user.id,
        CHANNEL: stage.lobby.id,
        ROLE: stage.team.id,
        MENTIONABLE: stage.members["mara"].user.id,
    }[kind]


def needs(option: dict[str, Any]) -> bool:
    """Without the creator, who is the only one here: nothing goes past a wrong one."""
    return bool(option.get("required")) or option["name"] != "creator"


def attempts(house: LiveBridge, thread: StandInChannel) -> Iterator[tuple[str, dict[str, Any], str | None]]:
    """Each command with all of its options, and with each of its texts alone; each suggestion."""
    for name, options in commands(house.stage.owner.commands(thread)):
        values = {one["name"]: largest(house, name, one) for one in options if needs(one)}
        needed = {one["name"]: values[one["name"]] for one in options if one.get("required")}
        yield name, values, None
        yield name, needed, None
        for one in options:
            if one["name"] in values and one["type"] == STRING and not one.get("required"):
                yield name, needed | {one["name"]: values[one["name"]]}, None
            if one.get("autocomplete"):
                yield name, needed | {one["name"]: dear(one.get("max_length", LONGEST))}, one["name"]


async def test_the_largest_input_of_every_command_keeps_nobody_waiting(
    house: LiveBridge, thread: StandInChannel
) -> None:
    stage = house.stage
    seen: set[str] = set()
    places = asyncio.Semaphore(TOGETHER)

    async def one(name: str, values: dict[str, Any], focused: str | None) -> None:
        async with places:
            if focused is not None:
                typed = values.pop(focused)
                await stage.owner.autocomplete(stage.guild, thread, name, focused, typed, **values)
                return
            answer = await (await stage.owner.slash(stage.guild, thread, name, **values)).done(60)
            seen.add(name)
            await windows_of(house, answer, answer.message)

    await asyncio.gather(*(one(*attempt) for attempt in attempts(house, thread)))
    # Somebody else may have this fan by now: /fan handover and /fan claim were among the commands.
    unclaimed = await house.greeted(house.fan("Bo"))
    for message in [*house.messages(thread), *house.messages(unclaimed)]:
        await windows_of(house, None, message)

    # Which windows came up is not asked: with all commands at once that is a matter of their order. Each of
    # them is opened in test_windows.py.
    assert seen == {name for name, _ in commands(stage.owner.commands(thread))}
    assert too_long(house.folder) == []


async def windows_of(
    house: LiveBridge, answer: InteractionAnswer | None, shown: StandInMessage | None
) -> None:
    """Fill in the window that an answer is, or those that its buttons open; nothing is confirmed."""
    if answer is not None and answer.modal is not None:
        await filled(house, answer)
        return
    for one in list(walk(shown.components)) if shown is not None else ():
        name = str(one.get("custom_id"))
        if one["type"] == BUTTON and name.startswith("v1:") and name.split(":")[1] not in CONFIRMING:
            with suppress(NotPossible):  # an earlier press has changed what is shown
                pressed = await house.stage.owner.click(shown, name)
                await pressed.done(60)
                if pressed.modal is not None:
                    await filled(house, pressed)


async def filled(house: LiveBridge, opened: InteractionAnswer) -> None:
    """Send a window with all that its fields hold."""
    assert opened.modal is not None
    fields = {
        one["custom_id"]: dear(one.get("max_length", WINDOW))
        for one in walk(opened.modal["components"])
        if one["type"] == INPUT
    }
    await (await house.stage.owner.submit(opened, fields)).done(60)


async def test_every_window_with_all_that_its_fields_hold_keeps_nobody_waiting(
    house: LiveBridge, thread: StandInChannel
) -> None:
    """As Discord sends them, about something that is not there; test_windows.py has each about what is."""
    stage = house.stage
    application = next(iter(stage.discord.world.applications.values()))
    fields = fields_of_windows()
    places = asyncio.Semaphore(TOGETHER)

    async def one(name: str) -> None:
        components = [
            {
                "type": 18,
                "id": number,
                "component": {"type": INPUT, "id": 90, "custom_id": each, "value": dear(WINDOW)},
            }
            for number, each in enumerate(fields, 1)
        ]
        async with places:
            made = stage.discord.interactions.begin(
                SUBMIT,
                application,
                stage.owner.user,
                thread,
                {"custom_id": f"v1:{name}:{NOTHING}", "components": components},
                name=name,
            )
            answer = await InteractionAnswer(stage.discord.world, made).done(60)
            assert answer.state != "failed", name

    await asyncio.gather(*map(one, controls_of(load_cogs(cog_names())).windows))

    assert too_long(house.folder) == []


def fields_of_windows() -> list[str]:
    """The names of all fields that windows have."""
    written = "".join(path.read_text(encoding="utf-8") for path in sorted((TOP / "cogs/inbox").glob("*.py")))
    return sorted(set(re.findall(r'TextInput\(\s*custom_id="(\w+)"', written)))


# ── files ──


async def handed(
    house: LiveBridge, command: str, file: str, content: bytes, **more: object
) -> InteractionAnswer:
    """The owner hands a file over; the question about it, or what is wrong."""
    stage = house.stage
    answer = await stage.owner.slash(stage.guild, stage.lobby, command, file=(file, content), **more)
    return await answer.done(60)


def templates(number: int, letters: int, *, shared: bool = False) -> bytes:
    rows = [
        {"name": f"t{shared}{index}", "text": "é" * letters, "shared": shared, "preview": None}
        for index in range(number)
    ]
    return json.dumps(rows, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rows.json", templates(1_000, 440)),
        ("rows.csv", b"name,text\r\n" + b"".join(b"n%d,%s\r\n" % (n, b"x" * 970) for n in range(1_000))),
        ("empty.json", b"[" + b"{}," * 330_000 + b"{}]"),
        ("names.json", json.dumps([{"name": "e" + "\u0301" * 490_000}], ensure_ascii=False).encode()),
        ("keys.json", json.dumps([{f"k{n}": 1 for n in range(70_000)}]).encode()),
        ("deep.json", b"[" * 999_999),
        ("lines.csv", b"name,text\r\n" + b"\n" * 990_000),
        ("cells.csv", b"name,text\r\n" + b"," * 990_000),
        ("quoted.csv", b'name,text\r\n"' + b'""' * 490_000),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_no_file_of_templates_keeps_others_waiting(
    house: LiveBridge, name: str, content: bytes
) -> None:
    assert len(content) <= MOST

    answer = await handed(house, "template import", name, content)

    assert answer.text
    assert too_long(house.folder) == []


async def test_as_many_templates_as_fit_are_taken_in_and_replaced(house: LiveBridge) -> None:
    for shared in (False, True):
        content = templates(200, 2_000, shared=shared)
        assert len(content) <= MOST
        for press in ("Import 200", "Replace 200"):
            asked = await handed(house, "template import", "t.json", content)
            assert asked.message is not None
            assert press in labels(asked.message), asked.text
            done = await house.stage.owner.click(asked.message, press)
            await done.until(lambda now: now.text.startswith("Imported"), PATIENCE)

    stage = house.stage
    exported = await (await stage.owner.slash(stage.guild, stage.lobby, "template export")).done(PATIENCE)
    listed = await (await stage.owner.slash(stage.guild, stage.lobby, "template list")).done(PATIENCE)

    assert "400 templates" in exported.text
    assert "t" in listed.text
    assert too_long(house.folder) == []


async def test_a_file_of_more_than_a_thousand_rows_is_not_begun(house: LiveBridge) -> None:
    for name, content in (
        ("t.json", templates(1_001, 3)),
        ("t.csv", b"name,text\r\n" + b"a,b\r\n" * 1_001),
    ):
        assert "more than 1,000" in (await handed(house, "template import", name, content)).text
    big = await handed(house, "template import", "t.csv", b"x" * (MOST + 1))
    assert "larger than 1 MB" in big.text


async def test_a_list_of_ten_thousand_handles_is_looked_up(house: LiveBridge) -> None:
    content = "\n".join(f"@somebody.{number:05d}{'x' * 80}" for number in range(10_000)).encode()

    answer = await handed(house, "mass list import", "handles.csv", content, name="Everybody")

    assert answer.text
    assert too_long(house.folder) == []
