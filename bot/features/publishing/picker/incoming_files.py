"""Files that were added to a message: those in the vault by now become its items."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.features.publishing.picker.model import MOST, IncomingFiles, PickedMessage
from bot.model.language import msgid, tr, tr_stored
from storage.database import Transaction
from storage.engine import commands
from storage.publishing import uploads
from storage.publishing.uploads import OVER, UploadRecord, UploadState
from storage.records import CommandId, CommandState

FAILED = msgid("A file did not get into the vault: {why}")
LOST = msgid("Files you added did not come in. Look for them here, newest first, or add them again.")
TOO_MANY = msgid("{count} of your files stay in the vault alone: {most} items are the most of one message.")


async def with_arrived(tx: Transaction, now: PickedMessage) -> PickedMessage:
    """With what has come into the vault since, each item once, and what its author should know.

    Its message shows it now, and not how far the files are.
    """
    found: dict[CommandId, Sequence[UploadRecord] | None] = {}
    for command in now.files.commands:
        rows, known = await uploads.of_command(tx, command), await commands.get(tx, command)
        staged = known is not None and known.state is CommandState.STAGED
        found[command] = None if staged else rows
        if known is not None and not commands.left(known):
            await commands.leave(tx, command)
    return settled(now, found) if found else now


def settled(now: PickedMessage, found: Mapping[CommandId, Sequence[UploadRecord] | None]) -> PickedMessage:
    """The same, of the uploads that were found (pure). None: a command is just being taken."""
    media, taken, waits, notes = list(now.message.media), list(now.files.taken), 0, []
    left: list[CommandId] = []
    for command, rows in found.items():
        under_way = 1 if rows is None else sum(row.state not in OVER for row in rows)
        waits += under_way
        if under_way:
            left.append(command)
        if rows is not None and not rows:
            notes.append(tr(LOST))
        new = [row for row in rows or () if row.state in OVER and row.id not in taken]
        taken += [row.id for row in new]
        media += [row.media for row in new if row.state is UploadState.DONE and row.media is not None]
        notes += [tr(FAILED, why=tr_stored(row.why or "")) for row in new if row.state is UploadState.FAILED]
    every = tuple(dict.fromkeys(media))
    if len(every) > MOST:
        notes.append(tr(TOO_MANY, count=len(every) - MOST, most=MOST))
    return replace(
        now,
        message=replace(now.message, media=every[:MOST]),
        files=IncomingFiles(tuple(left), tuple(taken) if left else ()),
        waits=waits,
        note=" ".join(filter(None, (now.note, *notes))),
        fresh=now.fresh or every != now.message.media,
    )
