"""Typed messages: each known once; a mode goes with all it had told."""

from dataclasses import replace

from storage import typed, wiping
from storage.database import Database, Transaction
from storage.records import CommandId, DiscordId, EffectId
from storage.typed import Knows, Mode, State, Typed
from tests.storage.make import CREATOR, FAN, OTHER_CREATOR

LUNA, MIRA = CREATOR, OTHER_CREATOR
MAYA, NINA = DiscordId(11), DiscordId(12)
FIRST = Typed(
    DiscordId(101), LUNA, FAN, DiscordId(5), MAYA, State.ASKED, 7, why="first", line=EffectId("line")
)


async def test_a_mode_is_on_since_it_was_switched_on_and_off_without_a_trace(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await typed.switch_on(tx, LUNA, Mode("//", 5), by=MAYA)
        await typed.switch_on(tx, LUNA, Mode("%%", 9), by=MAYA)
        await typed.switch_on(tx, MIRA, Mode("//", 6), by=NINA)
        await typed.tell(tx, LUNA, MAYA, Knows.BARRED, now=1)
        await typed.tell(tx, LUNA, MAYA, Knows.GOES, now=2)
        await typed.tell(tx, MIRA, MAYA, Knows.GOES, now=2)
        on = await typed.mode(tx, LUNA), await typed.switched_on(tx)
        knew = await typed.knows(tx, LUNA, MAYA), await typed.knows(tx, LUNA, NINA)
        off = await typed.switch_off(tx, LUNA), await typed.switch_off(tx, LUNA)

        assert on == (Mode("%%", 5), [LUNA, MIRA])
        assert knew == (Knows.GOES, None)
        assert off == (True, False)
        assert await typed.mode(tx, LUNA) is None
        assert await typed.knows(tx, LUNA, MAYA) is None
        assert await typed.knows(tx, MIRA, MAYA) is Knows.GOES

    await database.write(work)


async def test_a_message_is_one_row_and_a_line_names_its_messages_in_order(database: Database) -> None:
    second = replace(FIRST, message=DiscordId(102))

    async def work(tx: Transaction) -> None:
        for row in (second, FIRST):
            await typed.put(tx, row)
        asked = await typed.asked(tx, DiscordId(5), MAYA)
        taken = replace(FIRST, state=State.TAKEN, why=None, line=None, command=CommandId("c"))
        await typed.put(tx, taken)
        await typed.became(tx, second.message, State.INSIDE)

        assert asked == [FIRST, second]
        assert await typed.get(tx, FIRST.message) == taken
        assert await typed.of_line(tx, EffectId("line")) == [replace(second, state=State.INSIDE)]
        assert await typed.asked(tx, DiscordId(5), MAYA) == []

    await database.write(work)


async def test_whoever_leaves_is_asked_anew_and_what_they_were_asked_stays_inside(database: Database) -> None:
    kept = replace(FIRST, message=DiscordId(103), state=State.KEPT)

    async def work(tx: Transaction) -> None:
        await typed.tell(tx, LUNA, MAYA, Knows.GOES, now=1)
        for row in (FIRST, kept):
            await typed.put(tx, row)

        ended = await typed.forget_member(tx, LUNA, MAYA)

        assert ended == 1
        assert await typed.knows(tx, LUNA, MAYA) is None
        assert await typed.get(tx, FIRST.message) == replace(FIRST, state=State.INSIDE)
        assert await typed.get(tx, kept.message) == kept

    await database.write(work)


async def test_it_goes_with_its_creator(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await typed.switch_on(tx, LUNA, Mode("//", 5), by=MAYA)
        await typed.tell(tx, LUNA, MAYA, Knows.GOES, now=1)
        await typed.put(tx, FIRST)

    await database.write(work)
    gone: dict[str, int] = {}
    while not {"typed_modes", "typed_members", "typed_messages"} <= set(gone):
        found, _ = await database.write(lambda tx: wiping.wipe(tx, LUNA, limit=9))
        assert found, gone
        gone |= found

    assert gone == {"typed_modes": 1, "typed_members": 1, "typed_messages": 1}
