"""Helps a person who presses: translates for them, and drafts what they may send."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.engine.commands import CommandWish
from bot.fanvue.patient_api import Pause
from bot.features.inbox.assistant import texts
from bot.features.inbox.assistant.line_reader import FanLineReader
from bot.features.inbox.assistant.model import (
    AssistantUnavailable,
    AssistantUse,
    ChatTurn,
    Drafter,
    Translator,
)
from bot.features.inbox.assistant.permission import AssistantPermission
from bot.features.inbox.checks.pending_replies import PendingReplies
from bot.features.inbox.purchases.chat_observer import ObservedChats
from bot.model.draft_source import DraftSource, ReplyDraft
from bot.model.errors import DeliveryFailed, TryLater
from bot.model.events import NO_SENDER
from bot.model.language import tr
from bot.model.ports import ChatMessage, MessageToFan, Post
from bot.model.read_purposes import ReadPurpose
from bot.relay.context import Context
from bot.relay.replies import NOT_TAKEN, ReplyService, ReplyWish
from bot.relay.send_effects import outgoing
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.inbox import threads
from storage.records import CreatorId, DiscordId, DraftId, EffectId, FanId

_TURNS, _TURN = 20, 1_000  # messages of a chat that a draft is made from, and characters of each
_TRIES, _PATIENCE = 6, 10.0  # reads of a chat, and seconds that are waited before the next
_LONGEST: Final = 4_000  # of what is handed to the assistant, and of what a window holds


@dataclass(frozen=True)
class AssistantEngine:
    """What helps. `name`: for people."""

    name: str
    translator: Translator
    drafter: Drafter


@dataclass(frozen=True)
class AnswerStanding:
    """What the presser is for the creator at this press; see `ReplyWish`."""

    reads: bool
    role: str
    alone: bool


class AssistantService:
    """Whether somebody may read or answer here was asked before. Raises ReplyRefused, AssistantUnavailable.

    The assistant is asked outside of every transaction; a dead one holds up nobody but its asker.
    """

    def __init__(  # noqa: PLR0913 - the parts of what it does, each by its name
        self,
        ctx: Context,
        *,
        permission: AssistantPermission,
        engine: AssistantEngine | None,
        lines: FanLineReader,
        chats: ObservedChats,
        replies: ReplyService,
        kept: PendingReplies,
        pause: Pause,
    ) -> None:
        """`engine`: None: no assistant is set up. `pause` waits so many seconds."""
        self._ctx = ctx
        self._permission = permission
        self._engine = engine
        self._lines = lines
        self._chats = chats
        self._replies = replies
        self._kept = kept
        self._pause = pause

    async def read(self, channel: DiscordId, line: EffectId, language: str) -> Post:
        """What a fan's line says, in this language."""

        async def work(tx: Transaction) -> str:
            thread, said = await self._lines.read(tx, line, channel)
            await self._asks(tx, AssistantUse.TRANSLATE, thread.creator, thread.fan, line)
            return said

        said = await self._ctx.database.write(work)
        engine = self._present()
        return texts.translation(
            await engine.translator.translate(said[:_LONGEST], language), engine.name, line
        )

    async def read_kept(self, wish: CommandWish, ref: DraftId, language: str) -> Post:
        """What a kept reply of the presser's says, before they send it."""

        async def work(tx: Transaction) -> str:
            kept = await self._kept.get(tx, ref)
            command = await command_rows.get(tx, kept.command) if kept is not None else None
            thread = await threads.by_discord(tx, wish.channel)
            here = kept is not None and kept.channel == wish.channel and kept.draft.state == "open"
            if command is None or thread is None or not here or command.actor != wish.actor:
                raise ReplyRefused(tr(texts.NOTHING_HERE))
            await self._asks(tx, AssistantUse.TRANSLATE, thread.creator, thread.fan, ref)
            return outgoing(self._ctx.commands.body(command)).text or ""

        said = await self._ctx.database.write(work)
        if not said.strip():
            raise ReplyRefused(tr(texts.NO_TEXT))
        engine = self._present()
        return texts.translation(
            await engine.translator.translate(said[:_LONGEST], language), engine.name, None
        )

    async def draft(self, wish: CommandWish, line: EffectId, window: DraftId, as_: AnswerStanding) -> Post:
        """An answer to the chat as it is now, kept for the presser. `window`: opened for this line."""

        async def work(tx: Transaction) -> tuple[CreatorId, FanId]:
            thread = await threads.by_discord(tx, wish.channel)
            if thread is None:
                raise ReplyRefused(tr(texts.NOTHING_HERE))
            await self._must_be_allowed(tx, AssistantUse.DRAFT, thread.creator)
            return thread.creator, thread.fan

        creator, fan = await self._ctx.database.read(work)
        chat = await self._chat(creator, fan)
        # Asked again: while Fanvue was read, the owner may have taken the yes back.
        await self._ctx.database.write(lambda tx: self._asks(tx, AssistantUse.DRAFT, creator, fan, line))
        engine = self._present()
        text = await engine.drafter.draft(chat)
        return await self._keep(wish, window, as_, text, drafted=engine.name)

    async def answer(
        self, wish: CommandWish, line: EffectId, window: DraftId, as_: AnswerStanding, text: str
    ) -> Post:
        """What the presser wrote, in the language of the fan's line, kept for them with their own words."""
        if not text.strip():
            raise ReplyRefused(tr(texts.NO_TEXT))

        async def work(tx: Transaction) -> str:
            thread, said = await self._lines.read(tx, line, wish.channel)
            await self._asks(tx, AssistantUse.TRANSLATE, thread.creator, thread.fan, line)
            return said

        sample = await self._ctx.database.write(work)
        engine = self._present()
        translated = await engine.translator.translate_like(text[:_LONGEST], sample[:_TURN])
        return await self._keep(wish, window, as_, translated, original=text, drafted=engine.name)

    def _present(self) -> AssistantEngine:
        if self._engine is None:
            raise ReplyRefused(tr(texts.NOT_SET_UP))
        return self._engine

    async def _asks(
        self, tx: Transaction, use: AssistantUse, creator: CreatorId, fan: FanId, cause: str
    ) -> None:
        """Raises ReplyRefused where no owner allows it; otherwise it is written down before a text leaves."""
        await self._must_be_allowed(tx, use, creator)
        target = self._present().name
        await self._ctx.trail.looked(
            tx, f"assistant.{use}", creator=creator, fan=fan, target=target, cause=cause
        )

    async def _must_be_allowed(self, tx: Transaction, use: AssistantUse, creator: CreatorId) -> None:
        self._present()
        if use not in await self._permission.given(tx, creator):
            raise ReplyRefused(tr(texts.OFF))

    async def _chat(self, creator: CreatorId, fan: FanId) -> Sequence[ChatTurn]:
        rows = await self._in_turn(lambda: self._chats.recent(creator, fan, ReadPurpose.CARD))
        said = [
            ChatTurn(not row.from_creator, row.text[:_TURN])
            for row in rows
            # Where nobody can say who wrote it, it may be the creator.
            if row.text and row.text.strip() and row.unclear != NO_SENDER
        ]
        chat = said[:_TURNS][::-1]
        if not any(turn.by_fan for turn in chat):
            raise ReplyRefused(tr(texts.NO_WORDS))
        return chat

    async def _in_turn(self, read: Callable[[], Awaitable[Sequence[ChatMessage]]]) -> Sequence[ChatMessage]:
        """A person waits for it: as long as Fanvue's limit asks for a moment, they wait it out."""
        for tries_left in reversed(range(_TRIES)):
            try:
                return await read()
            except TryLater as later:
                if later.after is None or later.after > _PATIENCE or not tries_left:
                    raise AssistantUnavailable(tr(texts.NO_CHAT)) from later
                await self._pause(later.after)
            except DeliveryFailed as failed:
                raise AssistantUnavailable(tr(texts.NO_CHAT)) from failed
        raise AssistantUnavailable(tr(texts.NO_CHAT))

    async def _keep(
        self,
        wish: CommandWish,
        window: DraftId,
        as_: AnswerStanding,
        text: str,
        *,
        drafted: str,
        original: str | None = None,
    ) -> Post:
        if not texts.fits(text):
            raise AssistantUnavailable(tr(texts.TOO_LONG))
        wanted = ReplyWish(
            # Named apart from the press, which is a wish of its own.
            wish=replace(wish, interaction=f"{wish.interaction}.assistant"),
            text=text,
            window=window,
            reads=as_.reads,
            role=as_.role,
            alone=as_.alone,
            unfinished=True,
            literal=True,
            draft=ReplyDraft(
                DraftId(self._ctx.ids.new()), DraftSource.of_engine(drafted), MessageToFan(text), original
            ),
        )

        async def work(tx: Transaction) -> Post:
            command, found = await self._replies.at_once(tx, wanted)
            row = await command_rows.get(tx, command)
            kept = await self._kept.newest(tx, row) if row is not None else None
            if isinstance(found, str) or kept is None or kept.draft.creator is None:
                raise ReplyRefused(tr(NOT_TAKEN))  # what is unfinished is always kept
            reads = AssistantUse.TRANSLATE in await self._permission.given(tx, kept.draft.creator)
            return texts.proposed(found, kept.draft.id, text, drafted, original=original, reads=reads)

        return await self._ctx.database.write(work)
