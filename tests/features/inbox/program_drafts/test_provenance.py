"""What is kept of a draft with the reply that a person sent of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.retry import RetryWaits
from bot.model.draft_source import DraftMark, DraftSource, DraftUse, mark_of
from storage.database import Transaction
from storage.engine import draft_marks
from storage.engine.connect import open_database
from storage.records import DraftId
from tests.database_place import database_in
from tests.features.inbox.checks.checks_scenario import UNREAD, ref_of
from tests.features.inbox.program_drafts.draft_room import KEY, DraftRoom
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import MAYA


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[DraftRoom]:
    """A fan who has written, and a program with a key."""
    database = await open_database(database_in(tmp_path), now=0)
    made = DraftRoom(database, RetryWaits(), SettableClock())
    await made.link()
    await made.set_up()
    await made.start()
    await made.greeted()
    await made.has_key()
    yield made
    await made.crash()
    await database.close()


async def _mark(room: DraftRoom, draft: str) -> DraftMark | None:
    async def work(tx: Transaction) -> str | None:
        send = await draft_marks.newest_of_draft(tx, DraftId(draft))
        return None if send is None else await draft_marks.of_effect(tx, send)

    return mark_of(await room.database.read(work))


async def test_what_is_sent_as_it_was_drafted_is_unchanged(room: DraftRoom) -> None:
    draft = await room.drafts("I love cats, {fan_name}")
    await room.sends_draft(await room.opens_draft(draft))

    mark = await _mark(room, draft.id)
    assert mark is not None
    assert (mark.source, mark.by, mark.editor) == (DraftSource.of_key(KEY.id, "n8n"), MAYA, None)
    assert mark.change is not None
    assert (mark.change.use, mark.change.kept) == (DraftUse.UNCHANGED, 100)


async def test_what_was_changed_twice_is_measured_from_the_draft_to_what_is_sent(room: DraftRoom) -> None:
    draft = await room.drafts("I love cats, {fan_name}")
    opened = await room.opens_draft(draft)
    await room.fan_writes("and dogs?")
    asked = await room.sends_draft(opened)
    await room.pass_time(UNREAD)
    edited = await room.answering.pressing.edit(await room.wish_of(), ref_of(asked, "Edit"))
    await room.fan_writes("or birds?")
    asked = await room.types("I love dogs, Emma", edited.window)
    await room.pass_time(UNREAD)
    edited = await room.answering.pressing.edit(await room.wish_of(), ref_of(asked, "Edit"))
    await room.types("I love birds, Emma", edited.window)

    mark = await _mark(room, draft.id)
    assert mark is not None
    assert mark.change is not None
    assert (mark.change.use, mark.change.kept) == (DraftUse.EDITED, 75)


async def test_a_reply_of_a_persons_own_has_no_mark(room: DraftRoom) -> None:
    draft = await room.drafts("I love cats")
    await room.pass_time(UNREAD)
    await room.types("my own words", await room.opens())

    assert await _mark(room, draft.id) is None
