"""Has a command's private answer show how far its files are, not too often."""

from bot.engine.member_languages import as_asked
from bot.features.publishing.uploads import texts
from bot.features.publishing.uploads.effects import UploadCopyService
from bot.features.publishing.uploads.file_names import name_of
from bot.features.publishing.uploads.target import target_of
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands
from storage.publishing import uploads
from storage.publishing.uploads import OVER, UploadRecord, UploadState
from storage.records import CommandId, Millis

_RESTS: Millis = 3_000  # between two that only say how far it is
# None lasts, unless it waits. Discord takes five changes in five seconds; ten small files are many more.
_STEPS = (UploadState.STARTING, UploadState.SENDING, UploadState.FINISHING)


class UploadProgressNotices:
    """Every method is part of the caller's transaction."""

    def __init__(self, ctx: Context, *, clearing: UploadCopyService) -> None:
        """`divisor` shortens the pauses."""
        self._ctx = ctx
        self._clearing = clearing
        self._rests = int(_RESTS / ctx.divisor)
        self._next: dict[CommandId, Millis] = {}  # when a mere step is told again

    async def changed(self, tx: Transaction, upload: UploadRecord) -> None:
        """One came further, or has to wait."""
        command = upload.command
        if command is None:
            return
        now = self._ctx.clock.now()
        step = upload.state in _STEPS and upload.why is None
        if step and now < self._next.get(command, 0):
            return  # one of the next steps says it, or that it waits
        known = await commands.get(tx, command)
        if known is None or commands.left(known):
            return
        rows = await uploads.of_command(tx, command)
        self._next[command], note = now + self._rests, ""
        body = self._ctx.commands.body(known)
        if all(row.state in OVER for row in rows):
            self._next.pop(command)
            with as_asked(known):
                note = await self._clearing.ended(tx, known, body, rows)
        named = [(row, name_of(self._ctx.sealer, row)) for row in rows]
        with as_asked(known):
            post = texts.shown(command, named, note, target=target_of(body))
        # Each is another answer, so each has a name of its own.
        await self._ctx.commands.answer(tx, known, post, part=f"upload {self._ctx.ids.new()}")
