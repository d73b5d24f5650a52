"""Reads what the bridge itself knows of a fan, in one look at its tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.inbox.notes.feature import NotesFeature as Notebook
from bot.features.inbox.notes.service import OpenedNote
from bot.model.language import tr
from bot.relay import impostors
from bot.relay.context import Context
from bot.relay.replies import NOT_HERE
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.inbox import conversations, fans, held_replies, received, threads
from storage.inbox.conversations import Conversation
from storage.inbox.received import FanOffers
from storage.money import spending, subscribers
from storage.money.spending import FanPayment, FanSpending
from storage.money.subscribers import KnownSubscriber
from storage.people import unsent_messages
from storage.records import CreatorId, DiscordId, EffectState, Fan, FanId, FanThread, Millis, Pseudonym

NEWEST = 8  # payments that are shown one by one
_REPLY = "chat.send"
_LEAVING = {EffectState.PENDING, EffectState.SENDING}


@dataclass(frozen=True)
class OpenReplies:
    """Replies to a fan that are not at their end."""

    leaving: int = 0
    unsettled: int = 0  # in doubt, or refused: somebody has to decide
    held: int = 0  # for a lead

    @property
    def any(self) -> bool:
        return bool(self.leaving or self.unsettled or self.held)


@dataclass(frozen=True)
class ProfileFacts:
    """One fan of one creator."""

    fan: Fan
    thread: FanThread
    talk: Conversation
    now: Millis
    subscriber: KnownSubscriber | None
    spent: Sequence[FanSpending]
    offered: FanOffers
    open: OpenReplies
    tags: Sequence[str]
    notes: Sequence[OpenedNote]  # oldest first
    bought: Sequence[FanPayment] = ()  # the last payments, newest first
    label: str | None = None  # how the fan is named here; None: with digits of the id


class ProfileLoader:
    """Asked when somebody wants to know."""

    def __init__(self, ctx: Context, *, notebook: Notebook) -> None:
        self._ctx = ctx
        self._pseudonyms = ctx.trail.pseudonyms
        self._notebook = notebook

    async def of(self, tx: Transaction, channel: DiscordId) -> ProfileFacts:
        """The fan whose thread this is. Raises ReplyRefused where it is nobody's."""
        thread = await threads.by_discord(tx, channel)
        fan = await fans.get(tx, thread.creator, thread.fan) if thread is not None else None
        if thread is None or fan is None:
            raise ReplyRefused(tr(NOT_HERE))
        creator, them = fan.creator, fan.id
        now = self._ctx.clock.now()
        name = await self._pseudonyms.known(tx, creator, them)
        spent, bought = await self._paid(tx, fan, name, now)
        return ProfileFacts(
            fan=fan,
            thread=thread,
            talk=await conversations.known(tx, creator, them),
            now=now,
            subscriber=await subscribers.get(tx, creator, them),
            spent=spent,
            bought=bought,
            label=await impostors.label_of(tx, fan),
            offered=await received.priced(tx, creator, them, name),
            open=await self._open(tx, creator, them),
            tags=await self._notebook.tags.tags_of(tx, creator, them),
            notes=await self._notebook.notes.notes_of(tx, creator, them),
        )

    async def _paid(
        self, tx: Transaction, fan: Fan, name: Pseudonym | None, now: Millis
    ) -> tuple[Sequence[FanSpending], Sequence[FanPayment]]:
        """By source, and the newest one by one; of somebody who was forgotten: nothing."""
        if name is None:
            return (), ()
        spent = await spending.by_source(tx, fan.creator, name, now=now)
        return spent, await spending.newest(tx, fan.creator, name, now=now, limit=NEWEST)

    async def _open(self, tx: Transaction, creator: CreatorId, fan: FanId) -> OpenReplies:
        states = [
            one.state
            for one in await unsent_messages.of(tx, creator)
            if one.kind == _REPLY and one.fan == fan
        ]
        held = [one for one in await held_replies.still_open(tx, creator) if one.fan == fan]
        leaving = sum(state in _LEAVING for state in states)
        return OpenReplies(leaving=leaving, unsettled=len(states) - leaving, held=len(held))
