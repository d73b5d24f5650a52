"""Notes as members write, read and change them, with the sealed table behind."""

import json

import pytest

from bot.engine.input_windows import LIFE
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.notes.service import LONGEST, MOST, NoteService
from bot.features.people.privacy.exporter import Exporter
from bot.model.ports import Post
from bot.text.rejected_input import RejectedInput
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import audit_log
from storage.inbox.notes import of_fan as kept_of
from storage.records import CreatorId, DiscordId, FanId
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, ClaimsScenario, words_of
from tests.relay.relay_scenario import CREATOR, EMMA, NOAH

WORDS = "Likes *tea*, and <@1> was mentioned"


async def change(
    notes: NoteService, who: DiscordId, thread: DiscordId, note: str, text: str
) -> Post | RejectedInput | None:
    """A member opens a note's window and sends it."""
    opened = await notes.begin(who, thread, note)
    return await notes.edit(who, thread, opened[0], text) if opened is not None else None


@pytest.fixture
def notes(room: ClaimsScenario) -> NoteService:
    return NotesFeature(room.ground()).notes


async def listed(room: ClaimsScenario, notes: NoteService) -> str:
    return words_of(await notes.page(await room.thread(EMMA)))


async def newest(room: ClaimsScenario, notes: NoteService) -> str:
    """The key of the newest note."""
    return (await notes.suggest(await room.thread(EMMA), ""))[0][1]


async def test_a_note_says_who_wrote_it_and_shows_its_text_letter_by_letter(
    room: ClaimsScenario, notes: NoteService
) -> None:
    said = await notes.add(NINA, await room.thread(EMMA), f"  {WORDS}\n")

    (shown,) = (await notes.page(await room.thread(EMMA))).body
    assert words_of(said).startswith("Noted.")
    assert f"<@{NINA}>" in shown
    assert r"Likes \*tea\*" in shown
    assert "<@1>" not in shown


async def test_notes_are_listed_newest_first_page_by_page(room: ClaimsScenario, notes: NoteService) -> None:
    thread = await room.thread(EMMA)
    for number in range(5):
        await notes.add(NINA, thread, f"note number {number} " + "x" * 1400)
        room.clock.at += 1000

    first, last = await notes.page(thread), await notes.page(thread, 99)

    assert "note number 4" in first.body[0]
    assert [button.label for button in first.buttons] == ["Write a note", "Older ▶", "About this fan"]
    assert "note number 0" in last.body[-1]
    assert [button.label for button in last.buttons] == ["Write a note", "◀ Newer", "About this fan"]
    assert first.small == "Page 1 of 3"


async def test_a_changed_note_says_by_whom_and_a_removed_one_is_gone(
    room: ClaimsScenario, notes: NoteService
) -> None:
    thread = await room.thread(EMMA)
    await notes.add(NINA, thread, "likes tea")
    note = await newest(room, notes)

    opened = await notes.begin(OTTO, thread, note)
    assert opened is not None
    await notes.edit(OTTO, thread, opened[0], "likes coffee")
    shown = await listed(room, notes)
    await notes.remove(OTTO, thread, note)

    assert opened[1] == "likes tea"
    assert "likes coffee" in shown
    assert f"changed by <@{OTTO}>" in shown
    assert "No notes on this fan yet" in await listed(room, notes)
    assert await notes.begin(OTTO, thread, note) is None
    assert "We can't find that note" in await notes.remove(OTTO, thread, note)


async def test_a_window_saves_once_for_a_day_and_for_whoever_opened_it(
    room: ClaimsScenario, notes: NoteService
) -> None:
    thread = await room.thread(EMMA)
    await notes.add(NINA, thread, "likes tea")
    note = await newest(room, notes)
    used, late = [await notes.begin(NINA, thread, note) for _ in range(2)]
    assert used is not None
    assert late is not None

    taken = words_of(await notes.edit(OTTO, thread, used[0], "of mine"))
    await notes.edit(NINA, thread, used[0], "likes green tea")
    twice = words_of(await notes.edit(NINA, thread, used[0], "likes black tea"))
    room.clock.at += LIFE
    over = words_of(await notes.edit(NINA, thread, late[0], "likes white tea"))

    assert "no longer in use" in taken
    assert "of mine" in taken
    assert "already saved" in twice
    assert "likes black tea" in twice
    assert "more than a day" in over
    assert "likes white tea" in over
    assert "likes green tea" in await listed(room, notes)


async def test_two_changes_in_one_millisecond_do_not_pass_for_one(
    room: ClaimsScenario, notes: NoteService
) -> None:
    thread = await room.thread(EMMA)
    await notes.add(NINA, thread, "likes tea")
    note = await newest(room, notes)
    stale = await notes.begin(OTTO, thread, note)
    assert stale is not None

    await change(notes, NINA, thread, note, "likes green tea")
    said = await notes.edit(OTTO, thread, stale[0], "likes black tea")

    assert f"<@{NINA}> changed this note" in words_of(said)
    assert "likes green tea" in await listed(room, notes)


async def test_a_long_text_that_is_not_kept_comes_back_whole(
    room: ClaimsScenario, notes: NoteService
) -> None:
    thread = await room.thread(EMMA)
    await notes.add(NINA, thread, "likes tea")
    note, text = await newest(room, notes), "*" * LONGEST
    stale = await notes.begin(OTTO, thread, note)
    assert stale is not None
    await change(notes, NINA, thread, note, "_" * LONGEST)

    said = await notes.edit(OTTO, thread, stale[0], text)

    assert isinstance(said, RejectedInput)
    assert said.whole == text
    assert len(words_of(said)) < 4000


async def test_a_damaged_note_is_told_and_keeps_no_other_from_being_read(
    room: ClaimsScenario, notes: NoteService
) -> None:
    thread = await room.thread(EMMA)
    await notes.add(NINA, thread, "likes tea")
    await room.database.write(lambda tx: tx.execute("UPDATE notes SET body_ct = :body", body=b"\x01no"))
    await notes.add(NINA, thread, "likes jazz")

    shown = await listed(room, notes)

    assert "likes jazz" in shown
    assert "This note is damaged and can't be read" in shown


async def test_a_note_of_another_fan_cannot_be_reached_from_here(
    room: ClaimsScenario, notes: NoteService
) -> None:
    await room.happen(room.wrote("hello from noah", NOAH))
    await notes.add(NINA, await room.thread(EMMA), "about emma")
    note, there = await newest(room, notes), await room.thread(NOAH)

    assert await notes.begin(NINA, there, note) is None
    assert "We can't find that note" in await notes.remove(NINA, there, note)
    assert "about emma" not in words_of(await notes.page(there))


async def test_nothing_and_too_much_are_refused_in_words(room: ClaimsScenario, notes: NoteService) -> None:
    thread = await room.thread(EMMA)

    assert "needs some words" in words_of(await notes.add(NINA, thread, " \n "))
    assert "1,500" in words_of(await notes.add(NINA, thread, "x" * (LONGEST + 1)))
    for number in range(MOST):
        await notes.add(NINA, thread, str(number))
    assert "the most we keep" in words_of(await notes.add(NINA, thread, "one too many"))


async def test_where_there_is_no_fan_there_are_no_notes(room: ClaimsScenario, notes: NoteService) -> None:
    with pytest.raises(ReplyRefused, match="This isn't a fan's thread"):
        await notes.add(NINA, DiscordId(1), "about nobody")


async def test_the_text_lies_in_the_database_sealed_and_not_in_the_audit(
    room: ClaimsScenario, notes: NoteService
) -> None:
    await notes.add(NINA, await room.thread(EMMA), "likes tea")
    await notes.remove(OTTO, await room.thread(EMMA), await newest(room, notes))
    await notes.add(NINA, await room.thread(EMMA), "likes tea")

    (row,) = await room.database.read(lambda tx: tx.all("SELECT * FROM notes"))
    lines = await room.database.read(lambda tx: audit_log.recent(tx, CREATOR, 99))
    written = [line for line in lines if line.action.startswith("note.")]
    assert b"tea" not in bytes(row["body_ct"])
    assert {(line.action, line.actor) for line in written} == {("note.add", NINA), ("note.remove", OTTO)}
    assert "tea" not in str(written)


async def test_an_export_has_the_notes_of_its_fan_opened(room: ClaimsScenario, notes: NoteService) -> None:
    await notes.add(NINA, await room.thread(EMMA), "likes tea")
    pieces: list[str] = []
    exporter = Exporter(sealer=room.sealer, names=room.effects.trail.pseudonyms, write=pieces.append)

    await room.database.read(lambda tx: exporter.export(tx, CREATOR, EMMA.id, now=room.clock.now()))

    (found,) = json.loads("".join(pieces))["notes"]
    assert (found["body"], found["author_id"]) == ("likes tea", NINA)


async def test_whoever_shows_a_fan_hears_of_each_change_in_its_commit(room: ClaimsScenario) -> None:
    heard: list[tuple[CreatorId, FanId, int]] = []

    async def listener(tx: Transaction, creator: CreatorId, fan: FanId) -> None:
        heard.append((creator, fan, len(await kept_of(tx, creator, fan))))

    notes = NotesFeature(room.ground(), [listener]).notes
    thread = await room.thread(EMMA)
    await notes.add(NINA, thread, "likes tea")
    note = await newest(room, notes)
    await change(notes, NINA, thread, note, "likes coffee")
    await notes.remove(NINA, thread, note)

    assert heard == [(CREATOR, EMMA.id, 1), (CREATOR, EMMA.id, 1), (CREATOR, EMMA.id, 0)]
