"""Keeps what happened, once, and has it decided in order.

A webhook's body is kept as it came, sealed; what it means is asked again when it is decided, so a
body that this program did not understand can be understood by the next one.
"""

import logging
from collections.abc import Callable
from functools import partial

from bot.relay.dispatch import Dispatch
from bot.relay.effects import facts_stream
from bot.relay.events import NotUnderstood, Understood
from bot.relay.inbound import Inbound
from bot.relay.ports import Clock, Ids, Sealer
from storage import creators, forums, inbox
from storage.database import Database, Transaction
from storage.errors import StorageError
from storage.records import CreatorId, Fact, FactId, FactState, Millis, Stream

log = logging.getLogger(__name__)

Read = Callable[[bytes], Understood | NotUnderstood]


class Facts:
    """The inbox: facts in, decisions out."""

    def __init__(
        self,
        *,
        database: Database,
        sealer: Sealer,
        dispatch: Dispatch,
        inbound: Inbound,
        read: Read,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._dispatch = dispatch
        self._inbound = inbound
        self._read = read
        self._clock = clock
        self._ids = ids

    async def keep(self, raw: bytes, meaning: Understood | NotUnderstood) -> bool:
        """Keep a webhook's body durably; False when it was known. Raises DatabaseUnreachable.

        A body for a creator that nobody has linked is kept as an orphan, one that no rule covers in
        quarantine; neither is decided.
        """
        creator, at = _whose(meaning)
        fact = FactId(self._ids.new())
        now = self._clock.now()
        sealed = self._sealer.seal(_place(fact, creator), raw)
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
            if fresh and state is FactState.NEW:
                self._dispatch.wake(tx, facts_stream(creator))
            return fresh

        return await self._database.write(work)

    async def streams(self) -> list[Stream]:
        """The streams of every creator with undecided facts."""
        waiting = await self._database.read(inbox.creators_with_new)
        return [facts_stream(creator) for creator in waiting]

    async def drain(self, stream: Stream) -> Millis | None:
        """Decide a creator's facts in order, each in its own transaction.

        One that cannot be decided is put into quarantine with nothing of it done: the others go on (B4).
        """
        creator = CreatorId(stream.split(":", 1)[1])
        while (fact := await self._database.read(partial(inbox.next_new, creator=creator))) is not None:
            try:
                decided = await self._database.write(partial(self._decide, fact=fact))
            except StorageError:
                raise
            except Exception:
                # One of the places that may catch everything: a fault in one fact must not stop a creator.
                log.exception("a fact could not be decided; it is put aside")
                await self._database.write(partial(_put_aside, fact=fact))
                continue
            if not decided:
                break
        return None

    async def _decide(self, tx: Transaction, fact: Fact) -> bool:
        forum = await forums.of_creator(tx, fact.creator)
        if forum is None:
            return False  # without a forum the facts wait: /setup wakes this stream
        meaning = self._read(self._sealer.open(_place(fact.id, fact.creator), fact.body))
        if isinstance(meaning, NotUnderstood):
            await inbox.settle(tx, fact.id, FactState.QUARANTINED, reason=meaning.reason)
            return True
        await self._inbound.decide(tx, meaning.event, cause=fact.id, forum=forum)
        await inbox.settle(tx, fact.id, FactState.DONE)
        return True

    async def _state(
        self, tx: Transaction, creator: CreatorId, meaning: Understood | NotUnderstood
    ) -> tuple[FactState, str | None]:
        if isinstance(meaning, NotUnderstood):
            return FactState.QUARANTINED, meaning.reason
        if await creators.open_link(tx, creator) is None:
            return FactState.ORPHAN, "Nobody has linked this creator."
        return FactState.NEW, None


async def _put_aside(tx: Transaction, fact: Fact) -> None:
    await inbox.settle(tx, fact.id, FactState.QUARANTINED, reason="The bridge failed to decide this.")


def _whose(meaning: Understood | NotUnderstood) -> tuple[CreatorId, Millis | None]:
    if isinstance(meaning, NotUnderstood):
        return meaning.creator, meaning.at
    return meaning.event.creator, meaning.event.at


def _place(fact: FactId, creator: CreatorId) -> str:
    return f"inbox|body|{fact}|{creator}"
