"""What is kept of a draft with the reply that a person sent of it."""

from bot.features.inbox.program_drafts.model import DraftChanged
from bot.features.people.audit.service import AuditService
from bot.model.draft_source import DraftChange, DraftMark, DraftSource, DraftUse, mark_of
from bot.model.ports import MessageToFan, Post
from bot.relay.replies import ReplyWish
from storage.database import Transaction
from storage.engine import draft_marks
from storage.inbox import threads
from storage.records import DraftId
from tests.features.inbox.checks.checks_scenario import UNREAD, ref_of
from tests.features.inbox.program_drafts.draft_room import KEY, DraftRoom
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA


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
    await room.turn()
    assert [one for one in await room.whole_lines() if "✓ Sent" in one and "Draft: unchanged" in one]


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
    await room.turn()
    (line,) = [one for one in await room.whole_lines() if "I love birds" in one]
    assert "Draft: edited, 75% of the words kept" in line


async def test_the_line_of_a_scheduled_one_names_its_program(room: DraftRoom) -> None:
    draft = await room.drafts("I love cats")
    opened = await room.opens_draft(draft)
    wish = ReplyWish(await room.wish_of(), "I love cats", window=opened.window, when="in 2 hours")
    await room.replies.accept(await room.replies.stage(wish))
    await room.turn()

    (line,) = [one for one in await room.whole_lines() if "⏰" in one]
    assert "Maya, draft by n8n → Emma" in line


async def test_its_program_is_told_what_fanvue_has_of_it(room: DraftRoom) -> None:
    draft = await room.drafts("I love cats")
    opened = await room.opens_draft(draft)
    before = (await room.writing.told(KEY, "lola", draft.id)).sent
    await room.types("I love dogs", opened.window)
    await room.turn()

    (message,) = [one for one in room.fanvue.chat(CREATOR, EMMA.id) if one.from_creator]
    sent = (await room.writing.told(KEY, "lola", draft.id)).sent
    assert before is None
    assert sent is not None
    assert (sent.message, sent.by, sent.edited_by) == (message.message, str(MAYA), None)
    assert sent.changed == DraftChanged(use=DraftUse.EDITED, words_kept=66, parts=["text"])


async def test_the_audit_says_who_drafted_it_and_how_much_was_changed(room: DraftRoom) -> None:
    draft = await room.drafts("I love cats")
    await room.sends_draft(await room.opens_draft(draft))
    await room.turn()
    audit = AuditService(
        database=room.database,
        pseudonyms=room.effects.trail.pseudonyms,
        clock=room.clock,
        ids=room.ids,
    )
    page = await audit.look(CREATOR, MAYA, kind="replies")

    assert isinstance(page, Post)
    (line,) = page.body
    assert " · Draft by n8n: unchanged · " in line
    assert "I love cats" not in line


async def test_an_engines_draft_is_marked_with_its_name_and_needs_no_key(room: DraftRoom) -> None:
    async def work(tx: Transaction) -> str:
        thread = await threads.current(tx, CREATOR, EMMA.id)
        assert thread is not None
        source = DraftSource.of_engine("local")
        return (await room.records.add(tx, "engine:1", source, thread, MessageToFan("hello you"))).row.id

    draft = await room.database.write(work)
    await room.turn()
    await room.lapsing.look()
    opened = await room.pressing.open(await room.wish_of(), draft)
    await room.types("hello you", opened.window)

    mark = await _mark(room, draft)
    assert mark is not None
    assert (mark.source, mark.change) == (DraftSource.of_engine("local"), DraftChange(100))


async def test_a_reply_of_a_persons_own_has_no_mark(room: DraftRoom) -> None:
    draft = await room.drafts("I love cats")
    await room.pass_time(UNREAD)
    await room.types("my own words", await room.opens())

    assert await _mark(room, draft.id) is None
