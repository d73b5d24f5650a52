"""Everything goes over to a new key while a bridge reads and writes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.app.maintenance import begin
from bot.features.operations.keys import key_checks, record
from bot.features.operations.keys.rotation import KeyRotation, KeysRefused, NewKeyNotAdopted, RotationReport
from bot.features.people.accounts.keyring import Keyring, SealNotOpened, WrongKey
from storage.database import Database
from storage.engine import instance
from storage.engine.connect import open_database, site_of
from storage.engine.group_commit import GroupedDatabase
from tests.features.operations.keys.keys_scenario import NEW, OLD, BusyBridge, contents, fill, text_of
from tests.features.people.accounts.accounts_fixtures import CountedIds, SetClock

FACTS = 700


@asynccontextmanager
async def bridge(url: str, ring: Keyring, *, watches: bool = False) -> AsyncIterator[GroupedDatabase]:
    """The database as a running bridge has it."""
    database = await open_database(url, now=0)
    try:
        side = site_of(url).side(database)
        await begin(database, ring, side, clock=SetClock(), ids=CountedIds(), watches=watches)
        yield database
    finally:
        await database.close()


def rotate(
    url: str, ring: Keyring, tell: Callable[[RotationReport], None] = lambda _report: None
) -> RotationReport:
    """As the command does it."""
    site = site_of(url)
    with site.guest() as guest:
        rotation = KeyRotation(guest, ring, is_held=site.is_held, tell=tell)
        rotation.fence()
        return rotation.run()


def made_by(url: str, ring: Keyring) -> dict[str, int]:
    return dict(site_of(url).read(lambda tx: key_checks.look(tx, ring)).total())


async def needed(database: Database) -> frozenset[str]:
    return await database.read(record.needed)


async def test_no_read_fails_while_everything_goes_over(url: str) -> None:
    async with bridge(url, Keyring([OLD])) as database:
        await fill(database, Keyring([OLD]), FACTS)
    ring = Keyring([NEW, OLD])

    async with bridge(url, ring) as database:
        busy = BusyBridge(database, ring, FACTS)
        working = asyncio.create_task(busy.run())
        report = await asyncio.to_thread(rotate, url, Keyring([NEW, OLD]))
        before = busy.reads
        working.cancel()
        await working  # raises whatever a read or a write ended with
        left = await needed(database)

    assert report.done.total() >= FACTS + 2
    assert not report.closed
    assert before > 20
    assert busy.written > 5
    assert left == {"222"}
    assert set(made_by(url, Keyring([NEW]))) == {"222"}
    opened = contents(url, Keyring([NEW]))
    assert set(map(text_of, range(FACTS))) <= set(opened["inbox", "body_ct"])
    assert (opened["tokens", "access_ct"], opened["tokens", "refresh_ct"]) == ([b"access"], [b"refresh"])


async def test_stopped_at_any_batch_the_same_command_goes_on(url: str) -> None:
    async with bridge(url, Keyring([OLD])) as database:
        await fill(database, Keyring([OLD]), 450)
    ring = Keyring([NEW, OLD])
    told: list[int] = []

    def stop(report: RotationReport) -> None:
        told.append(report.done.total())
        raise KeyboardInterrupt

    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            rotate(url, ring, stop)
        contents(url, ring)  # every value opens at any time
    report = rotate(url, ring)

    assert all(told)
    # Facts, tokens, the audit and the signature of the link; the fence took the canary over.
    assert sum(told) + report.done.total() == 450 + 4
    assert made_by(url, Keyring([NEW])) == {"222": 455}


async def test_nothing_is_begun_before_the_running_bridge_encrypts_with_the_new_key(url: str) -> None:
    async with bridge(url, Keyring([OLD])) as database:
        await fill(database, Keyring([OLD]), 3)
        with pytest.raises(NewKeyNotAdopted, match="Restart it with 222 first") as refused:
            rotate(url, Keyring([NEW, OLD]))
        assert not refused.value.watches
    assert made_by(url, Keyring([OLD])) == {"111": 8}

    async with bridge(url, Keyring([OLD]), watches=True):
        with pytest.raises(NewKeyNotAdopted, match="file of keys") as refused:
            rotate(url, Keyring([NEW, OLD]))
        assert refused.value.watches
    async with bridge(url, Keyring([NEW, OLD])):
        assert rotate(url, Keyring([NEW, OLD])).done.total() == 7


async def test_once_begun_no_bridge_starts_without_the_new_key(url: str) -> None:
    async with bridge(url, Keyring([OLD])) as database:
        await fill(database, Keyring([OLD]), 3)

    def stop(_report: RotationReport) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(url, Keyring([NEW, OLD]), stop)
    with pytest.raises(WrongKey, match="do not fit"):
        async with bridge(url, Keyring([OLD])):
            pass
    with pytest.raises(WrongKey, match="still needs encryption key 111"):
        async with bridge(url, Keyring([NEW])):
            pass
    async with bridge(url, Keyring([NEW, OLD])) as database:
        assert await needed(database) == {"111", "222"}
    rotate(url, Keyring([NEW, OLD]))
    async with bridge(url, Keyring([NEW])) as database:
        assert await needed(database) == {"222"}


async def test_keys_that_do_not_fit_change_nothing(url: str) -> None:
    async with bridge(url, Keyring([OLD])) as database:
        canary = await database.read(instance.canary)

    with pytest.raises(WrongKey):
        rotate(url, Keyring([NEW]))

    async with bridge(url, Keyring([OLD])) as database:
        assert await database.read(instance.canary) == canary
        assert await needed(database) == {"111"}


async def test_a_value_from_another_row_stays_and_is_told(url: str) -> None:
    async with bridge(url, Keyring([OLD])) as database:
        await fill(database, Keyring([OLD]), 3)
        await database.write(
            lambda tx: tx.execute(
                """UPDATE inbox SET body_ct = (SELECT o.body_ct FROM inbox AS o WHERE o.id = 'fact-0')
                   WHERE id = 'fact-2'"""
            )
        )

    report = rotate(url, Keyring([NEW, OLD]))

    assert dict(report.closed) == {("inbox", "body_ct"): 1}
    assert made_by(url, Keyring([NEW])) == {"111": 1, "222": 7}
    with pytest.raises(SealNotOpened):
        contents(url, Keyring([NEW, OLD]))


async def test_a_database_with_other_columns_is_refused(url: str) -> None:
    async with bridge(url, Keyring([OLD])) as database:
        await database.write(lambda tx: tx.execute("CREATE TABLE later (id TEXT PRIMARY KEY, body BYTEA)"))

    with pytest.raises(KeysRefused, match="other tables"):
        rotate(url, Keyring([NEW, OLD]))


async def test_without_a_bridge_there_is_nothing_to_do(url: str) -> None:
    database = await open_database(url, now=0)
    await database.close()

    with pytest.raises(KeysRefused, match="No bridge was ever started"):
        rotate(url, Keyring([NEW, OLD]))


async def test_a_bridge_without_the_new_key_could_not_read_what_went_over(url: str) -> None:
    """The proof that the reads above can fail, and why nothing is begun before the bridge has the key."""
    async with bridge(url, Keyring([NEW, OLD])) as database:
        await fill(database, Keyring([OLD]), 20)
        await asyncio.to_thread(rotate, url, Keyring([NEW, OLD]))

        with pytest.raises(ExceptionGroup) as failed:
            await BusyBridge(database, Keyring([OLD]), 20).run()
    assert failed.group_contains(SealNotOpened, match="No key of the ring")
