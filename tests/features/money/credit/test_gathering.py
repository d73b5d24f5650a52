"""Who sent what before anybody remembered it: found once, in steps."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from bot.engine.pseudonyms import Pseudonyms
from bot.features.money.credit import tasks
from bot.features.money.credit.tasks import CreditCollector
from bot.features.people.accounts.keyring import Keyring, MasterKey
from storage.database import Database, Transaction
from storage.inbox import watermarks
from storage.records import DiscordId, Millis
from tests.storage.chat_fixtures import MARA, THEO, StoredChat
from tests.storage.record_fixtures import CREATOR
from tests.storage.statement_log import said

DAY: Millis = 86_400_000
NOW: Millis = 400 * DAY
NAMES = Pseudonyms(sealer=Keyring([MasterKey("test", b"k" * 32)]), random=bytes)


@dataclass
class GatheringClock:
    at: Millis = NOW

    def now(self) -> Millis:
        return self.at


def a_process(database: Database) -> CreditCollector:
    """What a start makes: it remembers nothing but what is stored."""
    return CreditCollector(database=database, names=NAMES, clock=GatheringClock(), posted="proposed.post")


async def replies(database: Database, *sent: tuple[Millis, DiscordId], first: int = 0) -> None:
    """Members replied, and nobody remembered it."""

    async def work(tx: Transaction) -> None:
        chat = StoredChat(tx)
        chat.number = first
        for at, by in sent:
            await chat.replied(at, by=by)

    await database.write(work)


async def remembered(database: Database) -> Sequence[tuple[Millis, DiscordId]]:
    """When, and by whom, oldest first."""
    rows = await database.read(
        lambda tx: tx.all("SELECT at, member FROM credit_sent WHERE kind = 'reply' ORDER BY at, member")
    )
    return [(row["at"], row["member"]) for row in rows]


async def test_all_are_remembered_however_many_left_at_one_moment(
    known: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "_BATCH", 2)
    sent = [(5, MARA), (6, MARA), (6, MARA), (6, THEO), (7, MARA), (NOW, THEO)]
    await known.write(lambda tx: watermarks.begin(tx, CREATOR, now=0))
    await replies(known, *sent)

    await a_process(known).of(CREATOR)

    assert await remembered(known) == sorted(sent)
    assert await known.read(lambda tx: watermarks.credited(tx, CREATOR)) == NOW


async def test_after_a_start_only_the_last_days_are_looked_through_again(known: Database) -> None:
    await known.write(lambda tx: watermarks.begin(tx, CREATOR, now=0))
    await replies(known, (5, MARA), (NOW, MARA))
    await a_process(known).of(CREATOR)
    await known.write(lambda tx: tx.execute("DELETE FROM credit_sent"))
    await replies(known, (NOW - DAY, THEO), (NOW + 1, THEO), first=10)

    await a_process(known).of(CREATOR)

    assert await remembered(known) == [(NOW - DAY, THEO), (NOW, MARA), (NOW + 1, THEO)]


async def test_a_stop_in_the_middle_goes_on_where_it_was(known: Database) -> None:
    await known.write(lambda tx: watermarks.begin(tx, CREATOR, now=0))
    await replies(known, (5, MARA), (NOW, MARA))
    first = a_process(known)
    heard = await said(known, lambda tx: first._replies(tx, CREATOR, -1))
    assert any("UPDATE watermarks" in sql for sql, _ in heard)  # in the commit that remembers them

    await a_process(known).of(CREATOR)

    assert [at for at, _ in await remembered(known)] == [5, NOW]


async def test_of_a_creator_who_was_never_swept_all_are_remembered_all_the_same(known: Database) -> None:
    await replies(known, (5, MARA))

    await a_process(known).of(CREATOR)

    assert await remembered(known) == [(5, MARA)]
