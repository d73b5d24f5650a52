"""A mass message has arrived in a chat, or was taken back: one line in the thread."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.inbox.purchases.mass_contents import MassMessageContents
from bot.model.events import TO_MANY, MessageDeleted
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.deleted_messages import DeletedMessages
from bot.relay.lines import MASS, ThreadOwner, add_post, copy_cause
from bot.relay.sweep_ports import ChatHead
from bot.text import render
from bot.text.graphemes import letter_end
from storage.database import Transaction
from storage.engine import outbox, sent_message_ids
from storage.inbox import conversations, messages, offers, threads
from storage.inbox.mass_offers import MassOffer
from storage.records import CreatorId, DiscordId, MessagePair, Millis

_LIVELY: Millis = 86_400_000  # a line for everybody on a list would wake every thread that sleeps
_LATELY: Millis = 7 * 86_400_000
_ROOM = 300  # letters of it that are shown


class MassMessageArrivalService:
    """Told of chats as a list of them shows them. What was shown once is known by its effect."""

    def __init__(self, ctx: Context, *, masses: MassMessageContents) -> None:
        self._ctx = ctx
        self._masses = masses
        self._striking = DeletedMessages(ctx)

    async def look(self, creator: CreatorId, heads: Sequence[ChatHead]) -> None:
        """Remember what is in those that are ours, and show them where the fan is in conversation."""
        since = self._ctx.clock.now() - _LATELY
        ended = [
            head
            for head in heads
            if (head.kind or "").upper() in TO_MANY and head.last is not None and (head.last_at or 0) > since
        ]
        if not ended:
            return
        new = await self._ctx.database.read(lambda tx: self._new(tx, creator, ended))
        if new:
            await self._ctx.database.write(lambda tx: self._keep(tx, creator, new))

    async def _new(self, tx: Transaction, creator: CreatorId, heads: Sequence[ChatHead]) -> list[ChatHead]:
        found = []
        for head in heads:
            talk = await conversations.known(tx, creator, head.fan.id)
            lively = max(talk.last_in or 0, talk.last_out or 0) >= self._ctx.clock.now() - _LIVELY
            thread = await threads.current(tx, creator, head.fan.id) if lively else None
            if thread is None or thread.state != "open":
                continue
            if await outbox.by_cause(tx, _cause(creator, head), MASS) is None:
                found.append(head)
        return found

    async def _keep(self, tx: Transaction, creator: CreatorId, heads: Sequence[ChatHead]) -> None:
        for head in heads:
            await self._arrived(tx, creator, head)

    async def _arrived(self, tx: Transaction, creator: CreatorId, head: ChatHead) -> None:
        at = head.last_at or 0
        ours = await self._masses.like(tx, creator, head.text, since=at - _LIVELY)
        if ours is not None and ours.ended is not None:
            return  # the list was read before it was taken back
        if ours is not None and head.last is not None:
            read = offers.MessageWithItems(head.last, ours.media, ours.price, at, None)
            await offers.were_read(tx, creator, head.fan.id, [read])
            await messages.pair(tx, _copy(creator, head, ours))
        await add_post(
            tx,
            self._ctx.effects,
            ThreadOwner(creator, head.fan.id),
            cause=_cause(creator, head),
            part=MASS,
            make=lambda ref: _line(head, ours, ref),
            since=at,
        )

    async def ended(
        self, tx: Transaction, creator: CreatorId, message: str, by: DiscordId | None, at: Millis
    ) -> None:
        """It was cancelled or taken back: nobody has it but those who bought it, and its lines say so.

        `by`: who in the team did it; None: somebody on Fanvue itself.
        """
        await self._masses.ended(tx, creator, message, at=at)
        mass = await sent_message_ids.owner(tx, creator, message)
        for copy in await messages.kept_copies(tx, mass) if mass is not None else ():
            event = MessageDeleted(creator, None, copy.message, at, by=by)
            await self._striking.deleted(tx, event, copy_cause(creator, copy.fan, copy.message))
            await self._ctx.talks.deleted(tx, event)


def _copy(creator: CreatorId, head: ChatHead, ours: MassOffer) -> MessagePair:
    assert head.last is not None, "it was seen before"
    return MessagePair(
        creator=creator,
        fan=head.fan.id,
        message=head.last,
        direction=MASS,
        sent_at=head.last_at or 0,
        effect=ours.effect,
        price=ours.price,
    )


def _line(head: ChatHead, ours: MassOffer | None, ref: str) -> Post:
    text = head.text or ""
    short = text if len(text) <= _ROOM else f"{text[: letter_end(text, _ROOM)]} …"
    post = render.from_elsewhere(
        short,
        at=head.last_at or 0,
        media=len(ours.media) if ours is not None else 0,
        price=ours.price if ours is not None else None,
        automated=False,
        refs=iter([ref]),
    )[0]
    return replace(post, title=tr("A mass message reached this chat"))


def _cause(creator: CreatorId, head: ChatHead) -> str:
    assert head.last is not None, "a chat without a message ends with none"
    return copy_cause(creator, head.fan.id, head.last)
