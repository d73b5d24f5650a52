"""Keeps conversations true: messages of both sides, and the team's actions."""

from bot.features.inbox.conversations.answers import FanAnswer, Heard, unheard
from bot.features.inbox.conversations.changes import ConversationChanges, FanListener, unmoved
from bot.model.draft_source import mark_of
from bot.model.events import NO_SENDER, NO_TYPE, TO_MANY, CreatorWrote, FanWrote, MessageDeleted
from bot.model.ports import Clock
from storage.database import Transaction
from storage.engine import draft_marks
from storage.inbox import conversations, fan_claims, messages, retracted_messages
from storage.inbox.conversations import AnsweredBy
from storage.people import outgoing_messages
from storage.records import CreatorId, DiscordId, EffectId, FanId, Millis


class ConversationService:
    """Hears the relay (`bot.engine.conversation_port`), each method in the caller's transaction."""

    def __init__(
        self,
        *,
        changes: ConversationChanges,
        clock: Clock,
        lasts: Millis,
        heard: Heard = unheard,
        changed: FanListener = unmoved,
    ) -> None:
        """`lasts`: how long a claim holds after a sign of life; `heard`: remembers answers.

        `changed`: told that a fan no longer has what they were sent.
        """
        self._changed = changed
        self._changes = changes
        self._heard = heard
        self._clock = clock
        self._lasts = lasts

    async def wrote(self, tx: Transaction, event: FanWrote | CreatorWrote) -> None:
        """Let a fan wait since their oldest unanswered message.

        Fanvue's own app and automations stop the clock, too; messages to many at once do not. One of an
        unknown writer may be the fan's: they wait.
        """
        creator, fan = event.creator, event.fan.id
        if isinstance(event, CreatorWrote) and event.unclear == NO_TYPE:
            return  # nobody knows what it is: whoever waits goes on waiting
        if isinstance(event, CreatorWrote) and event.unclear != NO_SENDER:
            if (event.kind or "").upper() not in TO_MANY:
                by = AnsweredBy.AUTOMATED if event.automated else AnsweredBy.ELSEWHERE
                await self._answered(tx, creator, fan, at=event.at, by=by)
                if not event.automated:
                    await self._heard(tx, FanAnswer(creator, fan, event.at, message=event.message))
            return

        async def change(tx: Transaction) -> conversations.Conversation:
            return await retracted_messages.fan_wrote(tx, creator, fan, message=event.message, at=event.at)

        await self._changes.make(tx, creator, fan, change, calm=True)

    async def deleted(self, tx: Transaction, event: MessageDeleted) -> None:
        """Let a fan's message taken back need no answer; one taken back from the fan is theirs no longer."""
        known = await messages.get(tx, event.creator, event.message)
        if known is None:
            return
        if known.direction != "in":
            if await messages.deleted(tx, known.creator, known.message, event.at):
                await self._changed(tx, known.creator, known.fan)
            return

        async def change(tx: Transaction) -> conversations.Conversation:
            return await retracted_messages.take_back(tx, known, at=event.at)

        await self._changes.make(tx, known.creator, known.fan, change)

    async def replying(self, tx: Transaction, creator: CreatorId, fan: FanId, member: DiscordId) -> None:
        """Answering claims a fan whom nobody holds, and makes one's own claim last longer."""
        now = self._clock.now()

        async def change(tx: Transaction) -> conversations.Conversation:
            return await fan_claims.claim(tx, creator, fan, member, now=now, until=now + self._lasts)

        await self._changes.make(tx, creator, fan, change, calm=True)

    async def sent(
        self, tx: Transaction, creator: CreatorId, fan: FanId, reply: EffectId, *, at: Millis
    ) -> None:
        """Only what is surely there answers; the fan comes back to its author, if still here."""
        said = await outgoing_messages.of(tx, [reply])
        mark = mark_of(await draft_marks.of_effect(tx, reply))
        alone = mark is not None and mark.rule  # a rule sent it, so nobody sits there for the fan
        here = said and not alone and not await outgoing_messages.author_left(tx, reply)
        member = said[0].actor if here else None
        await self._answered(tx, creator, fan, at=at, by=AnsweredBy.MEMBER, member=member)
        if said:
            await self._heard(tx, FanAnswer(creator, fan, at, reply=reply, member=said[0].actor))

    async def frozen(self, tx: Transaction, creator: CreatorId) -> None:
        """Every claim of the creator's ends; who waits goes on waiting."""
        for before in await fan_claims.held(tx, creator):
            await self._changes.tell(tx, before, await fan_claims.free(tx, before))

    async def left(self, tx: Transaction, creator: CreatorId, member: DiscordId) -> int:
        """A member leaves the creator's team; how many fans were theirs."""
        theirs = await fan_claims.of_member(tx, creator, member)
        for before in theirs:
            await self._changes.tell(tx, before, await fan_claims.let_go(tx, before, member))
        return len(theirs)

    async def _answered(
        self,
        tx: Transaction,
        creator: CreatorId,
        fan: FanId,
        *,
        at: Millis,
        by: AnsweredBy,
        member: DiscordId | None = None,
    ) -> None:
        async def change(tx: Transaction) -> conversations.Conversation:
            return await conversations.answered(tx, creator, fan, at=at, by=by, member=member)

        await self._changes.make(tx, creator, fan, change, calm=True)
