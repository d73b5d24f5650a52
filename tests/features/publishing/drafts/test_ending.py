"""A draft ends by itself: after a week without a step, and when its member leaves."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.access.permits import Actor
from bot.engine.input_windows import InputWindowHolder
from bot.features.people.accounts.keyring import Keyring, MasterKey
from bot.features.people.offboarding.parts import TeamDeparture
from bot.features.publishing.drafts.model import DraftContent
from bot.features.publishing.drafts.store import KEPT, DraftStore, StoredDraft
from bot.features.publishing.drafts.tasks import DraftDepartureService, DraftExpiryTask
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.records import CreatorId, DiscordId
from tests.database_place import database_in
from tests.relay.clock_fixtures import SeededIds, SettableClock

LUNA, GUILD, NINA, OTTO = CreatorId("luna"), DiscordId(1), DiscordId(2), DiscordId(3)


@dataclass
class DraftEndingScenario:
    """Where drafts are kept."""

    database: Database
    clock: SettableClock
    keeping: DraftStore

    async def begin(self, member: DiscordId, text: str) -> StoredDraft:
        """A member begins."""
        holder = InputWindowHolder(member, LUNA, GUILD)
        return await self.database.write(lambda tx: self.keeping.begin(tx, holder, DraftContent(text=text)))

    async def text_of(self, member: DiscordId) -> str | None:
        """What a member has, if anything."""

        async def work(tx: Transaction) -> str | None:
            held = await self.keeping.current(tx, InputWindowHolder(member, LUNA, GUILD))
            return held.content.text if held is not None else None

        return await self.database.write(work)

    async def rows(self) -> int:
        """How many there are."""
        found = await self.database.read(lambda tx: tx.all("SELECT id FROM compositions"))
        return len(found)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DraftEndingScenario]:
    """Nothing is begun."""
    database, clock = await open_database(database_in(tmp_path), now=0), SettableClock()
    keeping = DraftStore(sealer=Keyring([MasterKey("test", b"k" * 32)]), clock=clock, ids=SeededIds())
    yield DraftEndingScenario(database, clock, keeping)
    await database.close()


async def test_a_week_after_the_last_step_it_is_gone_and_not_before(desk: DraftEndingScenario) -> None:
    first = await desk.begin(NINA, "hers")
    await desk.begin(OTTO, "his")
    desk.clock.at += KEPT // 2
    later = replace(first.content, text="hers, later")
    await desk.database.write(lambda tx: desk.keeping.change(tx, first, later))
    forgetting = DraftExpiryTask(database=desk.database, clock=desk.clock)

    desk.clock.at += KEPT // 2
    await forgetting.look()
    at_the_week = await desk.text_of(OTTO), await desk.rows()
    desk.clock.at += 1
    await forgetting.look()

    assert at_the_week == ("his", 2)
    assert (await desk.text_of(NINA), await desk.rows()) == ("hers, later", 1)


async def test_a_step_on_what_was_changed_meanwhile_is_refused_by_the_database(
    desk: DraftEndingScenario,
) -> None:
    held = await desk.begin(NINA, "one")
    await desk.database.write(lambda tx: desk.keeping.change(tx, held, DraftContent(text="two")))

    with pytest.raises(AssertionError, match="it was read in this transaction"):
        await desk.database.write(lambda tx: desk.keeping.change(tx, held, DraftContent(text="three")))

    assert await desk.text_of(NINA) == "two"


async def test_whoever_leaves_leaves_no_draft_and_the_others_keep_theirs(desk: DraftEndingScenario) -> None:
    await desk.begin(NINA, "hers")
    await desk.begin(OTTO, "his")
    nina = Actor(user=NINA, guild=GUILD, roles=frozenset(), manages=False)
    parting = TeamDeparture(nina, LUNA, GUILD, OTTO, "word")

    lines = await desk.database.write(lambda tx: DraftDepartureService().end(tx, parting))
    again = await desk.database.write(lambda tx: DraftDepartureService().end(tx, parting))

    assert (await desk.text_of(NINA), await desk.text_of(OTTO)) == (None, "his")
    assert (len(lines), len(again)) == (1, 0)
