"""Keeps each event once, and has it decided in order.

A webhook's body is kept as it came, sealed; its meaning is read again when it is decided, so a
body that this program did not understand can be understood by the next one.
"""

import logging
from collections.abc import Awaitable, Callable
from functools import partial

from bot.engine.catch_up_hold import CatchUpHold
from bot.engine.derived_ids import DerivedIds
from bot.engine.pseudonyms import Pseudonyms
from bot.engine.server_consent import away
from bot.engine.streams import facts_stream
from bot.engine.tracing import NO_TRACING, REPEAT, StepName, Tracing
from bot.model.events import Event, FanWrote, MoneyBack, NotUnderstood, Paid, Subscribed, Understood
from bot.model.language import msgid, tr
from bot.relay import live_money, payment_dedup
from bot.relay.context import Context
from bot.relay.event_collisions import EventCollisions
from bot.relay.fact_bodies import Meaning, Read, body_place, whose
from bot.relay.inbound_events import InboundDecider
from storage.database import Transaction
from storage.engine import inbox, instance
from storage.errors import StorageError
from storage.inbox import forums, watermarks
from storage.people import creators
from storage.records import CreatorId, Fact, FactId, FactState, Millis, Stream

log = logging.getLogger(__name__)

UNDECIDED = msgid("The bridge failed to decide this.")
_VOCABULARY = "vocabulary"

Shown = Callable[[Transaction, Event], Awaitable[None]]


async def _nowhere(_tx: Transaction, _event: Event, /) -> None:
    pass


class InboxProcessor:
    """The inbox: facts in, decisions out."""

    def __init__(  # noqa: PLR0913 - two sources are wired here, and tests leave the second one out
        self,
        ctx: Context,
        *,
        inbound: InboundDecider,
        read: Read,
        ids: DerivedIds,
        pseudonyms: Pseudonyms,
        catching_up: CatchUpHold | None = None,
        recall: Read | None = None,
        vocabulary: str = "",
        shown: Shown = _nowhere,
        tracing: Tracing = NO_TRACING,
    ) -> None:
        """`recall` reads what the sweep has kept; `catching_up` says which facts wait for it.

        `vocabulary` changes whenever `read` understands more than it did. `shown` hears what was decided.
        """
        self._ctx = ctx
        self._inbound = inbound
        self._read = read
        self._collisions = EventCollisions(sealer=ctx.sealer, ids=ids, read=read)
        self._ids = ids
        self._pseudonyms = pseudonyms
        self._catching_up = catching_up
        self._recall = recall or read
        self._vocabulary = vocabulary
        self._shown = shown
        self._tracing = tracing

    async def keep(self, raw: bytes, meaning: Understood | NotUnderstood) -> bool:
        """Keep a webhook's body durably; False when it was known. Raises DatabaseUnreachable.

        A body for a creator that nobody has linked is kept as an orphan, one that no rule covers in
        quarantine; neither is decided. One that no rule covers and that is about a message is decided all
        the same: those who answer this fan must know that something is there (A6).
        """
        creator, at = whose(meaning)
        fact = self._ids.fact(creator, meaning.kind, meaning.key)
        now = self._ctx.clock.now()
        sealed = self._ctx.sealer.seal(body_place(fact, creator), raw)
        at = now if at is None else at

        async def work(tx: Transaction) -> bool:
            state, reason = await self._state(tx, creator, meaning)
            fresh = await inbox.keep(
                tx,
                inbox.NewFact(
                    id=fact,
                    creator=creator,
                    kind=meaning.kind,
                    key=meaning.key,
                    source="webhook",
                    source_at=at,
                    received_at=now,
                    state=state,
                    reason=reason,
                    body=sealed,
                ),
            )
            await self._heard(tx, creator, meaning, now)
            if not fresh:
                await self._collisions.look(tx, fact, meaning, raw, now=now)
            if fresh and await self._told(tx, fact, meaning, now):
                await inbox.settle(tx, fact, FactState.DONE, reason=payment_dedup.TOLD)
                self._ctx.dispatch.wake(
                    tx, facts_stream(creator)
                )  # another one may have to be told after all
            elif fresh and state is FactState.NEW:
                self._ctx.dispatch.wake(tx, facts_stream(creator))
            return fresh

        with self._tracing.step(StepName.WEBHOOK, fact, kind=_event_kind(meaning), first=True):
            fresh = await self._ctx.database.write(work, urgent=True)  # Fanvue waits for its 200
            self._tracing.ended("kept" if fresh else REPEAT)
        return fresh

    async def streams(self) -> list[Stream]:
        """At start: the streams of every creator with undecided facts.

        What an earlier program put aside because it could not read it is undecided again, when this one
        knows other kinds of bodies (A6).
        """

        async def work(tx: Transaction) -> list[CreatorId]:
            if self._vocabulary != await instance.recall(tx, _VOCABULARY):
                await inbox.take_up(tx)
                await instance.remember(tx, _VOCABULARY, self._vocabulary)
            return await inbox.creators_with_new(tx)

        return [facts_stream(creator) for creator in await self._ctx.database.write(work)]

    async def drain(self, stream: Stream) -> Millis | None:
        """Decide a creator's facts in order, each in its own transaction.

        One that cannot be decided is put into quarantine with nothing of it done: the others go on (B4).
        """
        creator = CreatorId(stream.split(":", 1)[1])
        fact = await self._ctx.database.read(partial(inbox.next_new, creator=creator))
        while fact is not None:
            if self._catching_up and (until := await self._catching_up.held_until(fact)) is not None:
                return until
            try:
                following = await self._decided(fact)
            except StorageError:
                raise
            except Exception:
                # One of the places that may catch everything: a fault in one fact must not stop a creator.
                log.exception("a fact could not be decided; it is put aside")
                following = await self._ctx.database.write(partial(_put_aside, fact=fact))
            fact = following
        return None

    async def _decided(self, fact: Fact) -> Fact | None:
        """The one that is next; None: there is none, or it waits as this one does.

        Of what no webhook told, the decision is the first that a trace shows.
        """

        async def work(tx: Transaction) -> tuple[bool, Fact | None]:
            decided = await self._decide(tx, fact)
            return decided, await inbox.next_new(tx, fact.creator) if decided else None

        with self._tracing.step(StepName.DECIDE, fact.id, first=fact.source == payment_dedup.SWEEP):
            decided, following = await self._ctx.database.write(work)
            self._tracing.ended("decided" if decided else "waits")
        return following

    async def _decide(self, tx: Transaction, fact: Fact) -> bool:
        forum = await forums.of_creator(tx, fact.creator)
        if forum is None or await away(tx, fact.creator):
            return False  # the facts wait: /setup, or the word that was taken back, wakes this stream
        read = self._recall if fact.source == payment_dedup.SWEEP else self._read
        meaning = read(self._ctx.sealer.open(body_place(fact.id, fact.creator), fact.body))
        if isinstance(meaning, NotUnderstood):
            await self._inbound.cannot_show(tx, meaning, cause=fact.id, forum=forum, at=fact.source_at)
            await inbox.settle(tx, fact.id, FactState.QUARANTINED, reason=meaning.reason)
            return True
        if (meaning.kind, meaning.key) != (fact.kind, fact.key) and await inbox.have(
            tx, fact.creator, meaning.kind, [meaning.key]
        ):
            # It was put aside under the only key it had then; somebody else has told it since.
            await inbox.settle(tx, fact.id, FactState.DONE, reason=payment_dedup.TOLD)
            return True
        await self._inbound.decide(tx, meaning.event, cause=fact.id, forum=forum)
        await self._shown(tx, meaning.event)
        await inbox.settle(tx, fact.id, FactState.DONE)
        return True

    async def _heard(self, tx: Transaction, creator: CreatorId, meaning: Meaning, now: Millis) -> None:
        """That live events come, and which, also when it is a repeat."""
        await watermarks.heard(tx, creator, heard_as(meaning), at=now)
        if self._catching_up is not None:
            await self._catching_up.heard(tx, creator)

    async def _told(self, tx: Transaction, fact: FactId, meaning: Meaning, now: Millis) -> bool:
        """Whether the sweep has told this already, under another key."""
        event = meaning.event if isinstance(meaning, Understood) else None
        if isinstance(event, Paid):
            payment = await payment_dedup.payment_of(tx, self._pseudonyms, fact, event, payment_dedup.WEBHOOK)
            await live_money.paid(tx, self._ctx.sealer, payment, event)
            return fact in await payment_dedup.match(tx, [payment])
        if isinstance(event, MoneyBack):
            await live_money.taken_back(tx, self._pseudonyms, fact, event)
        return isinstance(event, Subscribed) and await payment_dedup.changed(
            tx, self._pseudonyms, event, now=now
        )

    async def _state(
        self, tx: Transaction, creator: CreatorId, meaning: Understood | NotUnderstood
    ) -> tuple[FactState, str | None]:
        if isinstance(meaning, NotUnderstood) and meaning.fan is None:
            return FactState.QUARANTINED, meaning.reason
        if await creators.open_link(tx, creator) is None:
            return FactState.ORPHAN, tr("Nobody has linked this creator.")
        return FactState.NEW, None


def heard_as(meaning: Meaning) -> str:
    """The word under which is remembered that this kind of live event comes."""
    if isinstance(meaning, Understood) and meaning.kind == "message":
        return "message.received" if isinstance(meaning.event, FanWrote) else "message.sent"
    return meaning.kind


def _event_kind(meaning: Meaning) -> str:
    """One of our own words: what Fanvue calls it may be anything."""
    return type(meaning.event).__name__ if isinstance(meaning, Understood) else "not understood"


async def _put_aside(tx: Transaction, fact: Fact) -> Fact | None:
    await inbox.settle(tx, fact.id, FactState.QUARANTINED, reason=UNDECIDED)
    return await inbox.next_new(tx, fact.creator)
