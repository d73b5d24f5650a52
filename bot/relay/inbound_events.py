"""Decides: an event on Fanvue → the posts, and their places.

Start reading here: a fact comes in, effects go out, and both are in one commit.
"""

from dataclasses import replace
from typing import TypeVar

from bot.engine.conversation_port import UNHEARD, ConversationPort
from bot.engine.outbox import EffectRequest
from bot.engine.retry import RetryWaits
from bot.engine.streams import reading_stream
from bot.model.events import (
    TIP,
    TO_MANY,
    CameOnline,
    ChatRead,
    CreatorWrote,
    Event,
    FanWrote,
    Followed,
    Installment,
    MessageDeleted,
    MoneyBack,
    NotUnderstood,
    Paid,
    PaidOut,
    Person,
    Reacted,
    Subscribed,
)
from bot.model.language import msgid, tr
from bot.model.read_purposes import ReadPurpose
from bot.relay import impostors
from bot.relay.alerts import AlertRouter, Announce, ChannelAlertRouter
from bot.relay.context import Context
from bot.relay.deleted_messages import DeletedMessages
from bot.relay.fan_names import is_renamed, learn
from bot.relay.lines import ECHO, MASS, ThreadOwner, add_gap_note, add_lines, add_post, paired, part_of, wants
from bot.relay.media_lookup import MediaLookup
from bot.relay.threads import ThreadOpener
from bot.text import render
from bot.text.safe_text import one_line
from storage.database import Transaction
from storage.engine import outbox, sent_message_ids
from storage.inbox import fans, messages, threads
from storage.records import CreatorId, Fan, FanId, FanThread, FanvueMessageId, Forum, MessagePair, Millis

CANNOT_SHOW = msgid("There is something here that we can't show yet. Please open it in Fanvue.")
_MISSED = 10  # times as late as what says so: it may be among what nobody could hear
_EMOJI = 16  # characters; a family of four with skin tones has 11

Timed = TypeVar("Timed", FanWrote, CreatorWrote)


class InboundDecider:
    """Turns one event into effects."""

    def __init__(
        self,
        ctx: Context,
        *,
        opener: ThreadOpener,
        announce: Announce,
        late: Millis = RetryWaits.late,
        gather: Millis = RetryWaits.gather,
        talks: ConversationPort = UNHEARD,
        telling: AlertRouter | None = None,
    ) -> None:
        """A message that is decided `late` after it was sent says so. `gather`: between two looks for media.

        `telling`: who is told of what `announce` makes an alert of; None: the alerts channel.
        """
        self._late = late
        self._looks = MediaLookup(ctx, gather)
        self._ctx = ctx
        self._threads = opener
        self._telling = telling or ChannelAlertRouter(effects=ctx.effects, announce=announce)
        self._talks = talks
        self._striking = DeletedMessages(ctx)

    async def decide(self, tx: Transaction, event: Event, *, cause: str, forum: Forum) -> None:
        """Add what follows from `event`; `cause` is the fact it came from."""
        person = getattr(event, "fan", None)
        if isinstance(person, Person):
            await self._renamed(tx, event, person, cause)
        match event:
            case FanWrote():
                await self._fan_wrote(tx, event, cause, forum)
            case CreatorWrote():
                await self._creator_wrote(tx, event, cause, forum)
            case ChatRead():
                if await messages.unseen_out(tx, event.creator, event.fan.id):
                    await self._look(tx, event.creator, event.fan.id, cause)
            case MessageDeleted():
                await self._striking.deleted(tx, event, cause)
                await self._talks.deleted(tx, event)
            case Reacted():
                await self._reacted(tx, event, cause)
            case Paid() | Installment() | MoneyBack() | PaidOut() | Subscribed() | Followed() | CameOnline():
                await self._telling.tell(tx, event, cause)
                if isinstance(event, Paid) and event.message is not None:
                    await self._bought(tx, event.creator, event.message, cause, at=event.at)
            case _:
                return

    async def cannot_show(
        self, tx: Transaction, odd: NotUnderstood, *, cause: str, forum: Forum, at: Millis
    ) -> None:
        """Tell the thread of the fan, if it names one, that something came in which no rule covers (A6)."""
        if odd.fan is None:
            return
        await self._learn(tx, odd.creator, odd.fan)
        await self._threads.ensure(tx, odd.creator, odd.fan.id, forum, at=at)
        await add_post(
            tx,
            self._ctx.effects,
            ThreadOwner(odd.creator, odd.fan.id),
            cause=cause,
            part="odd",
            make=lambda ref: render.note(tr(CANNOT_SHOW), ref=ref, at=at),
            since=at,
        )

    async def _fan_wrote(self, tx: Transaction, event: FanWrote, cause: str, forum: Forum) -> None:
        if not await messages.pair(tx, paired(event)):
            return  # known from another source
        await self._talks.wrote(tx, event)
        await self._threads.ensure(tx, event.creator, event.fan.id, forum, at=event.at)
        event = self._timed(event)
        await add_gap_note(tx, self._ctx.effects, event)
        if event.complete:
            await add_lines(tx, self._ctx.effects, event, cause)
            if not (event.whole or event.media or event.kind == TIP):
                # No event tells of media: whether there are some is asked behind the post.
                await self._looks.want(tx, event, cause)
            return
        part = part_of(0)  # it becomes the first line
        await self._ctx.effects.add(tx, wants(event, "fan.fetch", network="discord", cause=cause, part=part))

    async def _creator_wrote(self, tx: Transaction, event: CreatorWrote, cause: str, forum: Forum) -> None:
        if (event.kind or "").upper() in TO_MANY:
            return  # a mass message would open, or push up, a thread for each of its recipients
        reply = await sent_message_ids.owner(tx, event.creator, event.message)
        if reply is not None:  # our own send, coming back: Fanvue's clock says best when it was
            await self._talks.sent(tx, event.creator, event.fan.id, reply, at=event.at)
            return
        await self._threads.ensure(tx, event.creator, event.fan.id, forum, at=event.at)
        event = self._timed(event)
        await self._ctx.effects.add(tx, wants(event, "echo.check", network="fanvue", cause=cause, part=ECHO))

    def _timed(self, event: Timed) -> Timed:
        since = self._ctx.clock.now() - event.at
        return replace(event, late=since >= self._late, missed=since >= _MISSED * self._late)

    async def _renamed(self, tx: Transaction, event: Event, person: Person, cause: str) -> None:
        """Keep what a fan is called now; their thread is told once that it has come to resemble somebody."""
        before = await fans.get(tx, event.creator, person.id)
        if before is None and isinstance(event, ChatRead | MessageDeleted | CameOnline):
            return  # nothing here is about them, as when they were forgotten: no reason to know their name
        if before is not None and not is_renamed(before, person):
            return
        fan = await self._learn(tx, event.creator, person)
        if before is None:
            return  # a new thread's card says it
        now = self._ctx.clock.now()
        found = await impostors.warning(tx, fan)
        known = await threads.current(tx, event.creator, fan.id)
        if found is None or found == await impostors.warning(tx, before) or known is None:
            return
        label = await impostors.label_of(tx, fan)
        text = f"{tr('This fan is now called {name}.', name=label)}\n{found}"
        await add_post(
            tx,
            self._ctx.effects,
            ThreadOwner(event.creator, fan.id),
            cause=cause,
            part="renamed",
            make=lambda ref: render.note(text, ref=ref, at=now),
        )

    async def _learn(self, tx: Transaction, creator: CreatorId, person: Person) -> Fan:
        return await learn(tx, creator, person, now=self._ctx.clock.now())

    async def _bought(
        self, tx: Transaction, creator: CreatorId, message: FanvueMessageId, cause: str, *, at: Millis
    ) -> None:
        known = await messages.get(tx, creator, message)
        if known is None or known.direction == "in" or known.bought_at is not None:
            return
        if known.direction == MASS:  # no chat lists it, so nobody can look
            await messages.bought(tx, creator, message, at)
            return
        await self._look(tx, creator, known.fan, cause, message=message)

    async def _look(
        self,
        tx: Transaction,
        creator: CreatorId,
        fan: FanId,
        cause: str,
        *,
        message: FanvueMessageId | None = None,
    ) -> None:
        stream = reading_stream(creator, fan, ReadPurpose.CARD)
        if message is None and await outbox.awaits(tx, stream, "chat.look"):
            return  # that one will see it, too
        await self._ctx.effects.add(
            tx,
            EffectRequest(
                network="fanvue",
                kind="chat.look",
                stream=stream,
                creator=creator,
                fan=fan,
                cause=cause,
                part="look",
                body={"message": message},
            ),
        )

    async def _reacted(self, tx: Transaction, event: Reacted, cause: str) -> None:
        known = await messages.get(tx, event.creator, event.message)
        if known is None:
            return  # nobody on Discord has seen that message
        thread = await threads.current(tx, known.creator, known.fan)
        to = _reacted_to(known, thread)
        emoji = render.safe(one_line(event.emoji, _EMOJI))
        text = tr("Reacted with {emoji} to {message}", emoji=emoji, message=to)
        outline = tr("Reacted to {message}", message=to)
        await add_post(
            tx,
            self._ctx.effects,
            ThreadOwner(known.creator, known.fan),
            cause=cause,
            part="note",
            make=lambda ref: render.note(text, ref=ref, at=event.at, outline=outline),
            since=event.at,
        )


def _reacted_to(known: MessagePair, thread: FanThread | None) -> str:
    """The side of the message, with the way to its line where there is one."""
    # Translators: what the fan reacted to: a message of their own, or one of the creator's side.
    whose = tr("their message") if known.direction == "in" else tr("your message")
    if thread is None or known.discord_message is None or known.channel != thread.thread:
        # Translators: "your message" of this date.
        return tr("{message} of <t:{at}:f>", message=whose, at=known.sent_at // 1000)
    return f"{whose}: https://discord.com/channels/{thread.guild}/{known.channel}/{known.discord_message}"
