"""Typed messages: each known once; a mode goes with all it had told."""

from dataclasses import replace

from storage.database import Database, Transaction
from storage.inbox import message_replies
from storage.inbox.message_replies import TypedMessageRecord, TypedMessageState, TypingMode, WriterNotice
from storage.people import creator_wipe
from storage.records import CommandId, DiscordId, EffectId
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR

LUNA, MIRA = CREATOR, OTHER_CREATOR
MAYA, NINA = DiscordId(11), DiscordId(12)
FIRST = TypedMessageRecord(
    DiscordId(101),
    LUNA,
    FAN,
    DiscordId(5),
    MAYA,
    TypedMessageState.ASKED,
    7,
    why="first",
    line=EffectId("line"),
)


async def test_a_mode_is_on_since_it_was_switched_on_and_off_without_a_trace(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await message_replies.switch_on(tx, LUNA, TypingMode("//", 5), by=MAYA)
        await message_replies.switch_on(tx, LUNA, TypingMode("%%", 9), by=MAYA)
        await message_replies.switch_on(tx, MIRA, TypingMode("//", 6), by=NINA)
        await message_replies.tell(tx, LUNA, MAYA, WriterNotice.BARRED, now=1)
        await message_replies.tell(tx, LUNA, MAYA, WriterNotice.GOES, now=2)
        await message_replies.tell(tx, MIRA, MAYA, WriterNotice.GOES, now=2)
        on = await message_replies.mode(tx, LUNA), await message_replies.switched_on(tx)
        knew = await message_replies.knows(tx, LUNA, MAYA), await message_replies.knows(tx, LUNA, NINA)
        off = await message_replies.switch_off(tx, LUNA), await message_replies.switch_off(tx, LUNA)

        assert on == (TypingMode("%%", 5), [LUNA, MIRA])
        assert knew == (WriterNotice.GOES, None)
        assert off == (True, False)
        assert await message_replies.mode(tx, LUNA) is None
        assert await message_replies.knows(tx, LUNA, MAYA) is None
        assert await message_replies.knows(tx, MIRA, MAYA) is WriterNotice.GOES

    await database.write(work)


async def test_a_message_is_one_row_and_a_line_names_its_messages_in_order(database: Database) -> None:
    second = replace(FIRST, message=DiscordId(102))

    async def work(tx: Transaction) -> None:
        for row in (second, FIRST):
            await message_replies.put(tx, row)
        asked = await message_replies.asked(tx, DiscordId(5), MAYA)
        taken = replace(FIRST, state=TypedMessageState.TAKEN, why=None, line=None, command=CommandId("c"))
        await message_replies.put(tx, taken)
        await message_replies.became(tx, second.message, TypedMessageState.INSIDE)

        assert asked == [FIRST, second]
        assert await message_replies.get(tx, FIRST.message) == taken
        assert await message_replies.of_line(tx, EffectId("line")) == [
            replace(second, state=TypedMessageState.INSIDE)
        ]
        assert await message_replies.asked(tx, DiscordId(5), MAYA) == []

    await database.write(work)


async def test_whoever_leaves_is_asked_anew_and_what_they_were_asked_stays_inside(database: Database) -> None:
    kept = replace(FIRST, message=DiscordId(103), state=TypedMessageState.KEPT)

    async def work(tx: Transaction) -> None:
        await message_replies.tell(tx, LUNA, MAYA, WriterNotice.GOES, now=1)
        for row in (FIRST, kept):
            await message_replies.put(tx, row)

        ended = await message_replies.forget_member(tx, LUNA, MAYA)

        assert ended == 1
        assert await message_replies.knows(tx, LUNA, MAYA) is None
        assert await message_replies.get(tx, FIRST.message) == replace(FIRST, state=TypedMessageState.INSIDE)
        assert await message_replies.get(tx, kept.message) == kept

    await database.write(work)


async def test_it_goes_with_its_creator(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await message_replies.switch_on(tx, LUNA, TypingMode("//", 5), by=MAYA)
        await message_replies.tell(tx, LUNA, MAYA, WriterNotice.GOES, now=1)
        await message_replies.put(tx, FIRST)

    await database.write(work)
    gone: dict[str, int] = {}
    while not {"typed_modes", "typed_members", "typed_messages"} <= set(gone):
        found, _ = await database.write(lambda tx: creator_wipe.wipe(tx, LUNA, limit=9))
        assert found, gone
        gone |= found

    assert gone == {"typed_modes": 1, "typed_members": 1, "typed_messages": 1}
