"""A fan's pseudonym: theirs alone, and nobody's once its key is destroyed."""

import asyncio
import os
from functools import partial
from pathlib import Path

from bot.engine.pseudonyms import Pseudonyms
from bot.features.people.accounts.keyring import Keyring, MasterKey
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.engine.pseudonyms import forget_fan, key
from storage.records import CreatorId, FanId, Pseudonym
from tests.database_place import with_schema
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN, a_creator, a_fan

RING = Keyring([MasterKey("one", b"1" * 32)])
PSEUDONYMS = Pseudonyms(sealer=RING, random=os.urandom)


async def of(database: Database, creator: CreatorId, fan: FanId) -> Pseudonym:
    return await database.write(lambda tx: PSEUDONYMS.of(tx, creator, fan))


async def all_of(tx: Transaction, fans: list[FanId]) -> list[Pseudonym]:
    return [await PSEUDONYMS.of(tx, CREATOR, fan) for fan in fans]


def holding(folder: Path, what: bytes) -> list[str]:
    """The files in which these bytes are."""
    return [file.name for file in folder.iterdir() if what in file.read_bytes()]


async def test_a_fan_keeps_one_pseudonym_and_has_another_with_each_creator(known: Database) -> None:
    first = await of(known, CREATOR, FAN)

    assert await of(known, CREATOR, FAN) == first
    others = {await of(known, OTHER_CREATOR, FAN), await of(known, CREATOR, OTHER_FAN)}
    assert len(others | {first}) == 3
    assert len(first) == 32


async def test_two_who_ask_at_the_same_time_get_the_same_one(known: Database) -> None:
    asked = (known.write(partial(PSEUDONYMS.of, creator=CREATOR, fan=FAN)) for _ in range(5))

    assert len(set(await asyncio.gather(*asked))) == 1


async def test_looking_makes_no_key(known: Database) -> None:
    assert await known.read(lambda tx: PSEUDONYMS.known(tx, CREATOR, FAN)) is None

    made = await of(known, CREATOR, FAN)

    assert await known.read(lambda tx: PSEUDONYMS.known(tx, CREATOR, FAN)) == made


async def test_those_who_are_not_forgotten_are_found_among_many(known: Database) -> None:
    many = [FanId(f"fan-{number:04}") for number in range(1100)]
    names = await known.write(lambda tx: all_of(tx, many))
    await known.write(lambda tx: forget_fan(tx, CREATOR, many[700]))

    found = await known.read(lambda tx: PSEUDONYMS.whose(tx, CREATOR, [names[3], names[700], names[1099]]))

    assert found == {names[3]: many[3], names[1099]: many[1099]}
    assert await known.read(lambda tx: PSEUDONYMS.whose(tx, OTHER_CREATOR, [names[3]])) == {}


async def test_a_forgotten_fan_who_comes_again_is_somebody_else(known: Database) -> None:
    before = await of(known, CREATOR, FAN)

    assert await known.write(lambda tx: forget_fan(tx, CREATOR, FAN))
    assert not await known.write(lambda tx: forget_fan(tx, CREATOR, FAN))
    assert await known.read(lambda tx: PSEUDONYMS.known(tx, CREATOR, FAN)) is None
    after = await of(known, CREATOR, FAN)
    assert after != before
    assert await known.read(lambda tx: PSEUDONYMS.whose(tx, CREATOR, [before])) == {}


async def test_a_change_of_keys_changes_no_pseudonym(known: Database) -> None:
    before = await of(known, CREATOR, FAN)
    rotated = Pseudonyms(
        sealer=Keyring([MasterKey("two", b"2" * 32), MasterKey("one", b"1" * 32)]), random=os.urandom
    )

    assert await known.write(lambda tx: rotated.of(tx, CREATOR, FAN)) == before


async def test_the_destroyed_key_is_nowhere_in_the_files(tmp_path: Path) -> None:
    database = await open_database(with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3"), now=0)
    await a_creator(database, CREATOR)
    await a_fan(database, CREATOR, FAN)
    await of(database, CREATOR, FAN)
    sealed = await database.read(lambda tx: key(tx, CREATOR, FAN))
    assert sealed is not None
    await database.write(lambda tx: forget_fan(tx, CREATOR, FAN))
    await database.close()

    assert holding(tmp_path, sealed) == []
    assert holding(tmp_path, CREATOR.encode())  # so it looked into the right files
