"""A typed message is edited, or taken away, after the bridge has heard of it."""

from bot.features.inbox.checks.pending_replies import PendingReplies
from bot.features.inbox.message_replies import texts
from bot.features.inbox.message_replies.lines import MessageLines, cause_of
from bot.relay.lines import ThreadOwner
from storage.database import Database, Transaction
from storage.engine import commands
from storage.inbox import message_replies, threads
from storage.inbox.message_replies import TypedMessageRecord, TypedMessageState
from storage.records import DiscordId

_NOT_SENT = (TypedMessageState.ASKED, TypedMessageState.STOPPED, TypedMessageState.KEPT)


class MessageChangeService:
    """Messages still asked about are read again before they go; all others stay as they were taken."""

    def __init__(self, *, database: Database, kept: PendingReplies, lines: MessageLines) -> None:
        self._database = database
        self._kept = kept
        self._lines = lines

    async def edited(self, message: DiscordId) -> None:
        """Fanvue has no edit: the thread says so, once."""

        async def work(tx: Transaction) -> None:
            row = await message_replies.get(tx, message)
            if row is None or row.state not in (
                TypedMessageState.KEPT,
                TypedMessageState.HELD,
                TypedMessageState.TAKEN,
            ):
                return
            place = ThreadOwner(row.creator, row.fan)
            await self._lines.about(
                tx, place, message, "edited", lambda ref: texts.changed(ref, row.member, row.seen_at)
            )

        await self._database.write(work)

    async def gone(self, message: DiscordId) -> None:
        """Drop a message deleted before it was sent. One that is on its way stays so."""

        async def work(tx: Transaction) -> None:
            row = await message_replies.get(tx, message)
            if row is None or row.state not in _NOT_SENT:
                return
            if row.state is TypedMessageState.KEPT and not await self._discarded(tx, row):
                return
            await message_replies.became(tx, message, TypedMessageState.INSIDE)
            await self._line_gone(tx, row)

        await self._database.write(work)

    async def _discarded(self, tx: Transaction, row: TypedMessageRecord) -> bool:
        """False: it left meanwhile, or was settled otherwise."""
        command = await commands.get(tx, row.command) if row.command is not None else None
        kept = await self._kept.newest(tx, command) if command is not None else None
        return kept is not None and await self._kept.settle(tx, kept.draft, "discarded", row.member)

    async def _line_gone(self, tx: Transaction, row: TypedMessageRecord) -> None:
        """The line that was about nothing else."""
        thread = await threads.by_discord(tx, row.channel)
        if row.line is None or thread is None:
            return
        others = [one for one in await message_replies.of_line(tx, row.line) if one.state in _NOT_SENT]
        if not others:
            await self._lines.gone(tx, thread, row.message, cause_of(row.message), {"line": row.line})
