"""How long replies wait, and taking one back, on both databases."""

import asyncio

import pytest

from storage.database import Database
from storage.engine import outbox
from storage.inbox import reply_holds
from storage.people import creator_wipe
from storage.records import DiscordId, EffectState
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR, new_effect

LENA = DiscordId(1)


async def test_the_newest_word_holds_and_none_leaves_no_row(database: Database) -> None:
    await database.write(lambda tx: reply_holds.put(tx, CREATOR, 30, by=LENA, now=1))
    await database.write(lambda tx: reply_holds.put(tx, CREATOR, 10, by=LENA, now=2))
    await database.write(lambda tx: reply_holds.put(tx, OTHER_CREATOR, 5, by=LENA, now=2))

    held = await database.read(lambda tx: reply_holds.seconds(tx, CREATOR))
    gone, _ = await database.write(lambda tx: creator_wipe.wipe(tx, CREATOR, limit=9))
    await database.write(lambda tx: reply_holds.put(tx, OTHER_CREATOR, 0, by=LENA, now=3))

    assert held == 10
    assert gone == {"reply_holds": 1}
    assert await database.read(lambda tx: reply_holds.seconds(tx, CREATOR)) == 0
    assert await database.read(lambda tx: reply_holds.seconds(tx, OTHER_CREATOR)) == 0


@pytest.mark.parametrize("first", ["withdraw", "begin"])
async def test_of_taking_back_and_beginning_exactly_one_is_done(database: Database, first: str) -> None:
    one = new_effect()
    await database.write(lambda tx: outbox.add(tx, one))
    deeds = {
        "withdraw": database.write(lambda tx: outbox.withdraw(tx, one.id, now=5)),
        "begin": database.write(lambda tx: outbox.begin(tx, one.id, 5)),
    }
    order = [first, *(name for name in deeds if name != first)]

    done = dict(zip(order, await asyncio.gather(*(deeds[name] for name in order)), strict=True))

    found = await database.read(lambda tx: outbox.get(tx, one.id))
    assert found is not None
    assert sorted(done.values()) == [False, True]
    assert found.state is (EffectState.CANCELLED if done["withdraw"] else EffectState.SENDING)
