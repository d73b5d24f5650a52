"""Keys end by themselves, are few, and a row that was changed by hand is none."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.access.admission import owner_says_yes
from bot.engine.retry import RetryWaits
from bot.features.operations.api_keys.key_pace import AT_ONCE, KeyPace, KeyTooFast
from bot.features.operations.api_keys.key_rules import ApiKeyNotUnderstood, wished
from bot.features.operations.api_keys.service import MOST, ApiKeyService
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.people import creators
from storage.records import DiscordId, LinkId
from tests.audit_log_fixtures import begun
from tests.database_place import database_in
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, MAYA, RelayScenario

DAY = 86_400_000


class DashedIds:
    """Ids as one of 64 begins."""

    def new(self) -> str:
        return "-" * 22


@dataclass
class KeyedScenario:
    """A creator, and the service beside them."""

    room: RelayScenario
    service: ApiKeyService

    async def made(self, **words: str) -> str:
        return (await self.service.make("lola", wished({"name": "n8n", **words})))[1]


@pytest.fixture
async def keyed(tmp_path: Path) -> AsyncIterator[KeyedScenario]:
    database = await open_database(database_in(tmp_path), now=0)
    room = RelayScenario(database, RetryWaits(), SettableClock())
    await begun(database)
    await room.link()
    dice = random.Random(3)  # noqa: S311 - repeatable on purpose
    service = ApiKeyService(
        database=room.database,
        trail=room.effects.trail,
        clock=room.clock,
        ids=room.ids,
        random=dice.randbytes,
    )
    yield KeyedScenario(room, service)
    await database.close()


async def test_a_key_ends_with_its_last_day(keyed: KeyedScenario) -> None:
    text = await keyed.made(days="7")
    keyed.room.clock.at += 7 * DAY - 1
    last = await keyed.service.known(text)
    keyed.room.clock.at += 1

    assert last is not None
    assert await keyed.service.known(text) is None


async def test_a_keys_id_is_never_taken_for_an_option_of_the_shell(keyed: KeyedScenario) -> None:
    service = ApiKeyService(
        database=keyed.room.database,
        trail=keyed.room.effects.trail,
        clock=keyed.room.clock,
        ids=DashedIds(),
        random=random.Random(4).randbytes,  # noqa: S311 - repeatable on purpose
    )
    key, text = await service.make("lola", wished({"name": "n8n"}))

    assert not key.id.startswith("-")
    assert await service.known(text) is not None


async def test_a_key_opens_nothing_while_nobody_is_connected(keyed: KeyedScenario) -> None:
    text, link = await keyed.made(), LinkId(f"link-{CREATOR}")
    before = await keyed.service.known(text)

    await keyed.room.database.write(lambda tx: creators.close(tx, link, now=keyed.room.clock.at))

    assert before is not None
    assert await keyed.service.known(text) is None


async def test_another_owner_takes_no_key_over(keyed: KeyedScenario) -> None:
    text, database = await keyed.made(), keyed.room.database

    async def says_yes(tx: Transaction, user: DiscordId) -> None:
        link = await creators.open_link(tx, CREATOR)
        assert link is not None
        now = keyed.room.clock.at
        await owner_says_yes(tx, replace(link, discord_user=user), team=None, grant_id="g", now=now)

    await database.write(lambda tx: says_yes(tx, MAYA))
    same = await keyed.service.known(text)
    await database.write(lambda tx: says_yes(tx, DiscordId(MAYA + 1)))

    assert same is not None
    assert await keyed.service.known(text) is None


async def test_its_last_use_is_known_to_the_minute(keyed: KeyedScenario) -> None:
    text, begun = await keyed.made(), keyed.room.clock.at
    for later in (0, 59_999, 60_000, 60_001):
        keyed.room.clock.at = begun + later
        await keyed.service.known(text)

    (key,) = await keyed.service.listed("@lola")

    assert key.used_at == begun + 60_000


async def test_there_are_so_many_valid_ones_at_most(keyed: KeyedScenario) -> None:
    for _ in range(MOST):
        await keyed.made(days="1")
    with pytest.raises(ApiKeyNotUnderstood, match="Revoke one first"):
        await keyed.made()
    (key, *_) = await keyed.service.listed(CREATOR)

    await keyed.service.end(CREATOR, key.id)

    assert await keyed.made()


@pytest.mark.parametrize("change", ["role = 'owner'", "creator_uuid = 'x'", "expires_at = expires_at + 1"])
async def test_a_row_without_its_signature_opens_nothing(keyed: KeyedScenario, change: str) -> None:
    """Without a signer none fits that has one: whoever can write the database can make no key."""
    text = await keyed.made()

    async def by_hand(tx: Transaction) -> None:
        await tx.execute(f"UPDATE api_keys SET {change}, mac = 'x:test'")  # noqa: S608 - the parameters above

    await keyed.room.database.write(by_hand)

    assert await keyed.service.known(text) is None


async def test_one_key_asks_for_few_things_at_once() -> None:
    clock = SettableClock()
    pace = KeyPace(clock)
    turns = [pace.turn("a") for _ in range(AT_ONCE)]
    for turn in turns:
        turn.__enter__()

    with pytest.raises(KeyTooFast), pace.turn("a"):
        pass
    with pace.turn("b"):
        pass
    turns[0].__exit__(None, None, None)
    with pace.turn("a"):
        pass
