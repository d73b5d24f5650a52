"""The section of what the team knows of a fan, from the database alone."""

from dataclasses import dataclass

from bot.access.policy import Action
from bot.access.roles import MoneyView, TeamStanding
from bot.engine.pseudonyms import Pseudonyms
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.promises.content import opened
from bot.features.operations.creator_context.amounts import amount
from bot.features.operations.creator_context.model_parts import Amount, moment, moment_or_none
from bot.features.operations.creator_context.request_rules import may_do
from bot.features.operations.fan_context.model import (
    CardSection,
    ContextNote,
    ContextPromise,
    FanSubscription,
    PricedMessages,
)
from bot.model.ports import Clock, Sealer
from bot.text.safe_text import plain
from storage.database import Transaction
from storage.inbox import conversations, fan_status, promises, received, threads
from storage.money import spending, subscribers
from storage.money.subscribers import KnownSubscriber
from storage.records import Fan, FanThread, Pseudonym

_CURRENCY = "USD"  # of what Fanvue sums up


@dataclass(frozen=True)
class CardSectionReader:
    """Reads one fan for somebody with this role."""

    clock: Clock
    sealer: Sealer
    pseudonyms: Pseudonyms
    notebook: NotesFeature

    async def read(self, tx: Transaction, fan: Fan, standing: TeamStanding) -> CardSection:
        """Whether this role may look at a fan at all was asked before."""
        whose, now = (fan.creator, fan.id), self.clock.now()
        name = await self.pseudonyms.known(tx, *whose)
        talk, offered = await conversations.known(tx, *whose), await received.priced(tx, *whose, name)
        status, told = await fan_status.of_fan(tx, *whose), await subscribers.get(tx, *whose)
        holder = talk.holder(now)
        return CardSection(
            status=status.word if status is not None else None,
            subscription=_subscription(told),
            waiting_since=moment_or_none(talk.waiting_since),
            claimed_by=None if holder is None else str(holder),
            snoozed_until=moment_or_none(talk.snoozed_until if talk.snoozed(now) else None),
            last_answer_at=moment_or_none(talk.last_out),
            spent=await self._spent(tx, fan, standing, name),
            priced_messages=PricedMessages(sent=offered.sent, bought=offered.bought),
            tags=[plain(tag) for tag in await self.notebook.tags.tags_of(tx, *whose)],
            notes=await self._notes(tx, fan, standing),
            promises=await self._promises(tx, fan, standing),
            thread_url=_address(await threads.current(tx, *whose)),
        )

    async def _spent(
        self, tx: Transaction, fan: Fan, standing: TeamStanding, pseudonym: Pseudonym | None
    ) -> Amount | None:
        if standing.money is MoneyView.HIDDEN or pseudonym is None:
            return None
        cents = await spending.of(tx, fan.creator, pseudonym, now=self.clock.now())
        return amount(cents, _CURRENCY, standing.money)

    async def _notes(self, tx: Transaction, fan: Fan, standing: TeamStanding) -> list[ContextNote]:
        if not may_do(standing, Action.NOTE_READ):
            return []
        found = await self.notebook.notes.notes_of(tx, fan.creator, fan.id)
        return [ContextNote(at=moment(one.edited or one.written), text=plain(one.text)) for one in found]

    async def _promises(self, tx: Transaction, fan: Fan, standing: TeamStanding) -> list[ContextPromise]:
        if not may_do(standing, Action.PROMISES):
            return []
        found = await promises.open_of_fan(tx, fan.creator, fan.id)
        return [
            ContextPromise(due=moment(one.due), text=plain(opened(self.sealer, one).what)) for one in found
        ]


def _subscription(told: KnownSubscriber | None) -> FanSubscription | None:
    if told is None:
        return None
    return FanSubscription(
        active=told.active,
        since=moment_or_none(told.terms.since),
        renews=told.terms.renews,
        renews_or_ends_at=moment_or_none(told.terms.ends_at),
    )


def _address(thread: FanThread | None) -> str | None:
    if thread is None or thread.state != "open" or thread.thread is None:
        return None
    return f"https://discord.com/channels/{thread.guild}/{thread.thread}"
