"""Notes on fans: each stays where it was written, and goes with its fan."""

from dataclasses import replace

from storage.database import Database, Transaction
from storage.inbox import notes
from storage.inbox.notes import FanNote
from storage.people import fan_erasure
from storage.records import CreatorId, DiscordId, FanId
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN

ANNA, BEN = DiscordId(30), DiscordId(31)
FIRST = FanNote("n1", CREATOR, FAN, ANNA, written=10, body=b"\x01one")
SECOND = replace(FIRST, id="n2", author=BEN, written=20, body=b"\x01two")


async def keep(database: Database, *made: FanNote) -> None:
    async def work(tx: Transaction) -> None:
        for note in made:
            await notes.add(tx, note)

    await database.write(work)


async def of(database: Database, creator: CreatorId = CREATOR, fan: FanId = FAN) -> list[FanNote]:
    return await database.read(lambda tx: notes.of_fan(tx, creator, fan))


async def test_notes_of_a_fan_come_oldest_first_and_of_nobody_else(known: Database) -> None:
    await keep(known, SECOND, FIRST, replace(FIRST, id="n3", fan=OTHER_FAN))
    await keep(known, replace(FIRST, id="n4", creator=OTHER_CREATOR))

    assert await of(known) == [FIRST, SECOND]
    assert await known.read(lambda tx: notes.get(tx, CREATOR, OTHER_FAN, "n1")) is None
    assert await known.read(lambda tx: notes.get(tx, OTHER_CREATOR, FAN, "n1")) is None


async def test_a_changed_note_keeps_its_author_and_its_place(known: Database) -> None:
    await keep(known, FIRST, SECOND)
    await known.write(lambda tx: notes.change(tx, "n1", body=b"\x01new", by=BEN, at=30))

    assert await of(known) == [replace(FIRST, body=b"\x01new", edited_by=BEN, edited=30), SECOND]


async def test_a_removed_note_is_gone_alone(known: Database) -> None:
    await keep(known, FIRST, SECOND)
    await known.write(lambda tx: notes.remove(tx, "n1"))

    assert await of(known) == [SECOND]


async def test_a_forgotten_fan_takes_their_notes_along(known: Database) -> None:
    await keep(known, FIRST, SECOND, replace(FIRST, id="n3", fan=OTHER_FAN))
    await known.write(lambda tx: fan_erasure.take_out(tx, CREATOR, FAN))

    assert await of(known) == []
    assert len(await of(known, fan=OTHER_FAN)) == 1
