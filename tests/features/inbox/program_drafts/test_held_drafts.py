"""A lead decides about a reply that a program drafted, and knows it."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.access.policy import Action
from bot.engine.retry import RetryWaits
from bot.features.inbox.checks.model import ReplyDraftReader
from bot.features.inbox.checks.pending_replies import ReplyStart
from bot.features.inbox.program_drafts.model import ProgramDraftEnd
from bot.features.inbox.program_drafts.records import ProgramDraftRecords
from bot.model.draft_source import DraftSource, mark_of
from bot.model.ports import MessageToFan
from storage.database import Transaction
from storage.engine import draft_marks
from storage.engine.connect import open_database
from storage.inbox import threads
from storage.records import DraftId
from tests.database_place import database_in
from tests.features.inbox.approvals.approvals_scenario import OLA, TIA, ApprovalsScenario
from tests.features.people.reviews.reviews_scenario import ReviewsScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, whole


class DraftOffice(ApprovalsScenario):
    """A trainee presses under a program's draft."""

    def draft_readers(self) -> Sequence[ReplyDraftReader]:
        self.records = ProgramDraftRecords(self.ground(), ended=self._ended)
        return (self.records.draft_of,)

    async def _ended(self, _tx: Transaction, _ended: ProgramDraftEnd) -> None:
        """Nobody asks."""

    async def opens_draft(self, text: str) -> tuple[DraftId, DraftId]:
        """A program's draft, and the trainee's window with it."""

        async def work(tx: Transaction) -> tuple[DraftId, DraftId]:
            thread = await threads.current(tx, CREATOR, EMMA.id)
            assert thread is not None
            assert thread.thread is not None
            source = DraftSource.of_key("k1", "n8n")
            draft = (await self.records.add(tx, "program:1", source, thread, MessageToFan(text))).row.id
            begun = ReplyStart(TIA, GUILD, thread.thread, CREATOR, 1_000)
            return draft, await self.answering.kept.open_window(tx, begun, draft)

        return await self.database.write(work)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[DraftOffice]:
    """A fan who has written, and a team."""
    database = await open_database(database_in(tmp_path), now=0)
    made = DraftOffice(database, RetryWaits(), SettableClock())
    await made.link()
    await made.set_up()
    await made.start()
    await made.staff()
    await made.greeted()
    yield made
    await made.crash()
    await database.close()


async def test_a_lead_reads_who_drafted_it_and_how_much_was_changed_so_far(office: DraftOffice) -> None:
    _, window = await office.opens_draft("one two three four")
    await office.drafts("one two three five", window=window)

    card = whole((await office.list()).post)

    assert "Draft by n8n: edited, 75% of the words kept" in card


async def test_what_a_lead_changes_counts_too_and_both_are_named(office: DraftOffice) -> None:
    draft, window = await office.opens_draft("one two three four")
    await office.drafts("one two three five", window=window)
    await office.writes_instead(await office.list(), "one two six seven")

    async def work(tx: Transaction) -> str | None:
        send = await draft_marks.newest_of_draft(tx, draft)
        return None if send is None else await draft_marks.of_effect(tx, send)

    mark = mark_of(await office.database.read(work))
    assert mark is not None
    assert mark.change is not None
    assert (mark.change.kept, mark.by, mark.editor) == (50, TIA, OLA)


async def test_looking_back_a_lead_reads_it_in_the_list_and_in_the_file(office: DraftOffice) -> None:
    _, window = await office.opens_draft("one two three four")
    await office.drafts("one two three four", window=window)
    await office.writes_instead(await office.list(), "one two three five")
    room = ReviewsScenario(office)

    page = whole((await room.looks()).post)
    file = (await room.looks(as_file=True)).file

    assert f"Draft by n8n: edited, 75% of the words kept · edited by <@{OLA}>" in page
    assert file is not None
    assert file.decode("utf-8-sig").splitlines()[1].endswith(f",n8n,edited,75,text,'{OLA}")
    assert await room.permits(OLA, Action.REVIEW_SENT)
