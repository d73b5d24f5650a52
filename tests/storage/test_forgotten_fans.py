"""The sweeps know a forgotten fan by another name, as long as repeats are known."""

from functools import partial

from storage.database import Database
from storage.inbox import watermarks
from storage.inbox.watermarks import ChatMark
from storage.money import subscribers
from storage.money.subscribers import KnownSubscriber
from storage.people import fan_erasure, forgotten_fans, pruning
from storage.records import FanId, FanvueMessageId
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR

NAME = FanId("0123456789abcdef")
DAY = 86_400_000
MARK = ChatMark(FanvueMessageId("m-1"), 7)
KNOWN = KnownSubscriber(FAN, active=True, told_by="sweep", changed_at=5, noticed_at=6)


async def forgotten(database: Database, now: int = 10) -> None:
    """A subscriber whose chat was read is forgotten."""
    await database.write(partial(subscribers.put, creator=CREATOR, now_known=KNOWN))
    await database.write(partial(watermarks.chat_read, creator=CREATOR, fan=FAN, mark=MARK))
    await database.write(partial(forgotten_fans.add, creator=CREATOR, fan=FAN, name=NAME, now=now))
    await database.write(partial(fan_erasure.take_out, creator=CREATOR, fan=FAN))


async def pruned(database: Database, before: int) -> int:
    """All rows that are over by then; how many there were."""
    gone = 0
    while now := await database.write(partial(pruning.records, creator=CREATOR, before=before, limit=5)):
        gone += now
    return gone


async def test_what_is_known_of_them_is_kept_under_the_name_alone(database: Database) -> None:
    await forgotten(database)

    was = await database.read(lambda tx: subscribers.get(tx, CREATOR, FAN))
    now = await database.read(lambda tx: subscribers.get(tx, CREATOR, NAME))
    marks = await database.read(lambda tx: watermarks.chat_marks(tx, CREATOR, [FAN, NAME]))
    assert (was, marks) == (None, {NAME: MARK})
    assert now is not None
    assert (now.active, now.told_by, now.changed_at, now.noticed_at) == (True, "sweep", 5, 6)
    assert await database.read(lambda tx: forgotten_fans.at(tx, CREATOR, NAME)) == 10
    assert await database.read(lambda tx: forgotten_fans.at(tx, OTHER_CREATOR, NAME)) is None


async def test_what_is_newest_under_the_name_is_not_overwritten(database: Database) -> None:
    await forgotten(database)

    await database.write(lambda tx: watermarks.chat_read(tx, CREATOR, FAN, ChatMark(None, 1)))
    await database.write(lambda tx: forgotten_fans.add(tx, CREATOR, FAN, NAME, now=20))

    assert (await database.read(lambda tx: watermarks.chat_marks(tx, CREATOR, [NAME])))[NAME] == MARK
    assert await database.read(lambda tx: forgotten_fans.at(tx, CREATOR, NAME)) == 20


async def test_it_ends_a_day_after_the_keys_of_repeats(database: Database) -> None:
    await forgotten(database)

    early = await pruned(database, DAY + 5)
    await database.write(lambda tx: watermarks.chat_read(tx, CREATOR, NAME, ChatMark(None, 3 * DAY)))
    partly = await pruned(database, DAY + 11)
    known = await database.read(lambda tx: forgotten_fans.at(tx, CREATOR, NAME))
    at_last = await pruned(database, 4 * DAY + 1)

    assert (early, partly, known, at_last) == (0, 1, 10, 2)


async def test_who_was_not_forgotten_is_not_pruned(database: Database) -> None:
    await database.write(partial(subscribers.put, creator=CREATOR, now_known=KNOWN))
    await database.write(partial(watermarks.chat_read, creator=CREATOR, fan=FAN, mark=MARK))

    assert await pruned(database, 9 * DAY) == 0
