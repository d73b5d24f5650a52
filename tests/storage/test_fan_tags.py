"""Tags on fans: of one fan in order, of a creator the newest, gone with the fan."""

from dataclasses import replace

from storage.database import Database, Transaction
from storage.inbox import conversations, fan_tags
from storage.inbox.fan_tags import FanTag
from storage.people import fan_erasure
from storage.records import DiscordId, FanvueMessageId
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN

FIRST = FanTag("t1", CREATOR, FAN, DiscordId(30), at=10, body=b"\x01vip")
SECOND = replace(FIRST, id="t2", at=20)
ANOTHER = replace(FIRST, id="t3", fan=OTHER_FAN, at=15)
FOREIGN = replace(FIRST, id="t4", creator=OTHER_CREATOR, at=30)


async def keep(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        for tag in (SECOND, FIRST, ANOTHER, FOREIGN):
            await fan_tags.add(tx, tag)

    await database.write(work)


async def test_of_a_fan_and_of_a_creator(known: Database) -> None:
    await keep(known)

    assert await known.read(lambda tx: fan_tags.of_fan(tx, CREATOR, FAN)) == [FIRST, SECOND]
    assert await known.read(lambda tx: fan_tags.newest(tx, CREATOR, limit=2)) == [SECOND, ANOTHER]


async def test_of_those_who_wait(known: Database) -> None:
    await keep(known)
    message = FanvueMessageId("m1")
    await known.write(lambda tx: conversations.fan_wrote(tx, CREATOR, FAN, message=message, at=5))

    assert await known.read(lambda tx: fan_tags.of_standing(tx, CREATOR, now=50)) == [FIRST, SECOND]
    assert await known.read(lambda tx: fan_tags.of_standing(tx, OTHER_CREATOR, now=50)) == []


async def test_a_removed_one_is_gone_alone(known: Database) -> None:
    await keep(known)
    await known.write(lambda tx: fan_tags.remove(tx, "t1"))

    assert await known.read(lambda tx: fan_tags.newest(tx, CREATOR, limit=9)) == [SECOND, ANOTHER]


async def test_a_forgotten_fan_takes_them_along(known: Database) -> None:
    await keep(known)
    await known.write(lambda tx: fan_erasure.take_out(tx, CREATOR, FAN))

    assert await known.read(lambda tx: fan_tags.newest(tx, CREATOR, limit=9)) == [ANOTHER]
