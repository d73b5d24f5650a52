"""Has a board changed that no longer says what is true: at once, or later."""

from dataclasses import replace

from bot.engine.channel_languages import in_channels
from bot.engine.outbox import EffectRequest
from bot.engine.streams import waiting_stream
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.inbox.board import texts
from bot.features.inbox.board.effects import KIND
from bot.features.inbox.board.service import BoardService
from bot.features.inbox.conversations.changes import ConversationChanged
from bot.relay.context import Context
from bot.relay.early_deletions import EarlyDeletions
from storage.database import Transaction
from storage.engine import outbox, stream_heads
from storage.errors import DatabaseUnreachable
from storage.inbox import conversations, forums, waiting_fans
from storage.inbox.conversations import Conversation
from storage.operations.boards import WAITING
from storage.records import CreatorId, DiscordId, EffectState, FanThread, Millis

_WEEK: Millis = 7 * 86_400_000
_SECONDS = 60.0  # what nobody tells of is noticed this late: a snooze that ends, an order that changes
_LIMIT = 120.0


class BoardScheduler:
    """Wants boards shown; one that has not begun is enough."""

    def __init__(self, ctx: Context, *, reading: BoardService) -> None:
        """`pause`: how long a change waits for further ones. `calm`: how long one that is no news does.

        A board changes once in half of that at most: many who write at once share an edit.
        """
        self._ctx = ctx
        self._reading = reading
        self._pause = ctx.waits.board
        self._calm = ctx.waits.board_calm
        self._looked = False
        self._early = EarlyDeletions()

    async def conversation_changed(self, tx: Transaction, change: ConversationChanged) -> None:
        """Note that those who wait may have changed: soon if somebody joins them, else at leisure."""
        now = self._ctx.clock.now()
        stood = change.before is not None and _stands(change.before, now)
        if stood or _stands(change.after, now):
            await self.changed(tx, change.creator, calm=change.calm and stood)

    async def changed(self, tx: Transaction, creator: CreatorId, *, calm: bool = False) -> None:
        """Part of the transaction that changed a talk: everything until the board is shown is one edit.

        `calm`: nobody has to act upon it, so it waits for what somebody has.
        """
        if await forums.of_creator(tx, creator) is None:
            return
        stream, now = waiting_stream(creator), self._ctx.clock.now()
        shown = await stream_heads.last_done(tx, stream)
        due = now + (self._calm if calm else self._pause)
        due = due if shown is None else max(due, shown + self._calm // 2)
        newest = await outbox.newest(tx, stream)
        if newest is None or newest.state is not EffectState.PENDING:
            await self._add(tx, creator, due)
        elif due < newest.not_before:
            await self._ctx.effects.sooner(tx, newest, due)

    async def thread_opened(self, tx: Transaction, thread: FanThread, wanted: Millis) -> None:
        """Have a board that shows, or is about to show, this fan without a way to them changed soon."""
        now = self._ctx.clock.now()
        talk = await conversations.get(tx, thread.creator, thread.fan)
        if talk is None or not _stands(talk, now):
            return
        stream, due = waiting_stream(thread.creator), now + self._pause
        newest = await outbox.newest(tx, stream)
        if newest is not None and newest.state is EffectState.PENDING:
            shown = await stream_heads.last_done(tx, stream)
            if shown is not None and shown >= wanted and due < newest.not_before:
                await self._ctx.effects.sooner(tx, newest, due)
        elif newest is not None and (newest.settled_at is None or newest.settled_at >= wanted):
            await self._add(tx, thread.creator, due)

    async def _add(self, tx: Transaction, creator: CreatorId, due: Millis) -> None:
        known = await WAITING.get(tx, creator)
        wanted = EffectRequest(
            network="discord",
            kind=KIND,
            stream=waiting_stream(creator),
            creator=creator,
            cause=f"waiting:{self._ctx.ids.new()}",
            part="show",
            body={},
            not_before=due,
            # A restored database may have forgotten a board that stands there for days.
            since=None if known else self._ctx.clock.now() - _WEEK,
        )
        await self._ctx.effects.add(tx, wanted)

    async def deleted(self, message: DiscordId) -> None:
        """A message was deleted; if it was a board, it is made again."""
        board = await self._ctx.database.read(lambda tx: WAITING.by_message(tx, message))
        if board is None:
            self._early.add(message)
        else:
            await self._want(board.creator, replaced=message)

    async def look(self) -> None:
        """Have every untrue board changed; after a start each is shown again.

        Somebody may have deleted it meanwhile, and the change asked of Discord tells.
        """
        for creator in await self._ctx.database.read(waiting_fans.creators):
            gone = await self._gone_early(creator)
            if gone is not None:
                await self._want(creator, replaced=gone)
            elif not self._looked or not await self._is_or_will_be_true(creator):
                await self._want(creator, anew=not self._looked)
        self._looked = True

    async def _gone_early(self, creator: CreatorId) -> DiscordId | None:
        """The message of a board that was deleted before it was known."""
        board = await self._ctx.database.read(lambda tx: WAITING.get(tx, creator)) if self._early else None
        return board.message if board is not None and self._early.take(board.message) else None

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that keeps boards true; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("waiting", run, _LIMIT)

    async def _want(
        self, creator: CreatorId, *, replaced: DiscordId | None = None, anew: bool = False
    ) -> None:
        """Have the board shown; `replaced`: the message that is no board any more.

        `anew`: also where it is thought to say so already.
        """

        async def work(tx: Transaction) -> None:
            board = await WAITING.get(tx, creator)
            if replaced is not None and (board is None or board.message != replaced):
                return  # it was made again meanwhile
            if replaced is not None:
                await WAITING.forget(tx, creator)
            elif anew and board is not None:
                await WAITING.keep(tx, replace(board, shows=""))
            await self.changed(tx, creator)

        await self._ctx.database.write(work)

    async def _is_or_will_be_true(self, creator: CreatorId) -> bool:
        async def work(tx: Transaction) -> bool:
            if await outbox.awaited(tx, waiting_stream(creator)):
                return True
            board = await WAITING.get(tx, creator)
            lines = await self._reading.unanswered(tx, creator)
            held = await self._reading.held(tx, creator)
            async with in_channels(tx, creator):  # as it is shown
                post = texts.board(lines, self._ctx.effects.ids.waiting(creator), held)
            return board is not None and board.shows == texts.digest(post)

        return await self._ctx.database.read(work)


def _stands(talk: Conversation, now: Millis) -> bool:
    """Whether the board lists this fan."""
    return talk.waiting_since is not None and not talk.snoozed(now)
