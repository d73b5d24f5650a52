"""What becomes of files added to a message, and what its author is told."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.publishing.picker.incoming_files import LOST, settled
from bot.features.publishing.picker.model import MOST, IncomingFiles, PickedMessage, files_of
from bot.model.ports import MessageToFan
from storage.publishing.uploads import UploadRecord, UploadState
from storage.records import CommandId, CreatorId, DraftId, MediaId

FIRST, SECOND = CommandId("first"), CommandId("second")
THERE = MediaId("there")
WAITS = UploadRecord("waits", CreatorId("c"), None, 1, 1, b"")


def done(name: str) -> UploadRecord:
    return replace(WAITS, id=name, state=UploadState.DONE, media=MediaId(name))


def failed(name: str, why: str) -> UploadRecord:
    return replace(WAITS, id=name, state=UploadState.FAILED, why=why)


def waiting(*commands: CommandId, taken: Sequence[str] = (), media: Sequence[str] = ()) -> PickedMessage:
    files = IncomingFiles(commands, tuple(taken))
    return PickedMessage(DraftId("d"), MessageToFan("hi", tuple(map(MediaId, media))), files=files)


def test_what_is_in_the_vault_becomes_an_item_once_while_the_others_wait() -> None:
    rows = [done("a"), WAITS]

    first = settled(waiting(FIRST, media=["there"]), {FIRST: rows})
    again = settled(first, {FIRST: rows})
    end = settled(again, {FIRST: [done("a"), done("waits")]})

    assert (first.message.media, first.waits, first.files) == (
        *((THERE, MediaId("a")), 1),
        IncomingFiles((FIRST,), ("a",)),
    )
    assert again.message == first.message
    assert end.message.media == (THERE, MediaId("a"), MediaId("waits"))
    assert (end.waits, bool(end.files), end.files) == (0, False, IncomingFiles())


def test_an_item_that_its_author_took_out_again_does_not_come_back() -> None:
    first = settled(waiting(FIRST), {FIRST: [done("a"), WAITS]})
    without = replace(first, message=replace(first.message, media=()))

    assert settled(without, {FIRST: [done("a"), WAITS]}).message.media == ()


def test_each_file_that_failed_is_told_once_with_its_reason() -> None:
    rows = [failed("a", "It is damaged."), WAITS]

    first = settled(waiting(FIRST), {FIRST: rows})
    again = settled(replace(first, note=""), {FIRST: rows})

    assert first.note == "A file did not get into the vault: It is damaged."
    assert (again.note, again.waits) == ("", 1)


def test_files_of_a_command_that_a_stop_cancelled_are_said_to_be_lost_and_one_in_hand_waits() -> None:
    lost = settled(waiting(FIRST, SECOND), {FIRST: [], SECOND: None})

    assert (lost.note, lost.waits, lost.files.commands) == (LOST, 1, (SECOND,))


def test_what_a_message_does_not_hold_stays_in_the_vault_and_is_said() -> None:
    full = waiting(FIRST, media=[f"item {number}" for number in range(MOST - 1)])

    after = settled(full, {FIRST: [done("a"), done("b"), done("c")]})

    assert (len(after.message.media), after.message.media[-1]) == (MOST, MediaId("a"))
    assert after.note == "2 of your files stay in the vault alone: 25 items are the most of one message."


def test_files_are_kept_as_json_keeps_them() -> None:
    assert files_of({"commands": ["first"], "taken": ["a"]}) == IncomingFiles((FIRST,), ("a",))
    assert files_of(None) == IncomingFiles()
