"""Keeps what the sweep found under the keys that webhooks have for it.

What was found is kept in our own words, sealed like a webhook's body.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from bot.engine.streams import facts_stream
from bot.model.events import NotUnderstood, Paid, Person, Understood
from bot.relay import payment_dedup
from bot.relay.context import Context
from bot.relay.fact_bodies import Meaning, body_place, whose
from storage.database import Transaction
from storage.engine import inbox
from storage.money.payments import PaymentReport
from storage.records import CreatorId, FactId, FactState

Store = Callable[[Understood], bytes]
Recall = Callable[[bytes], Understood]

_ODD = "odd"


class SweepFindings:
    """Keeps facts inside the caller's transaction."""

    def __init__(self, ctx: Context, *, store: Store) -> None:
        """`store` writes an event down; a `recaller` of its counterpart reads it back."""
        self._ctx = ctx
        self._ids = ctx.effects.ids
        self._pseudonyms = ctx.trail.pseudonyms
        self._store = store

    async def unknown(self, tx: Transaction, creator: CreatorId, found: Sequence[Meaning]) -> list[Meaning]:
        """Those that nobody has told yet, in the order in which they were found."""
        known = {
            kind: await inbox.have(tx, creator, kind, [one.key for one in found if one.kind == kind])
            for kind in {one.kind for one in found}
        }
        return [one for one in found if one.key not in known[one.kind]]

    async def keep(self, tx: Transaction, creator: CreatorId, found: Sequence[Meaning]) -> int:
        """Keep what is new of this and have it decided; how much that was.

        A payment that a webhook has told under another key is kept, and not told again.
        """
        paid: list[PaymentReport] = []
        kept = 0
        for meaning in await self.unknown(tx, creator, found):
            fact = self._ids.fact(creator, meaning.kind, meaning.key)
            if await inbox.keep(tx, self._new(fact, creator, meaning)):
                kept += 1
                if isinstance(meaning, Understood) and isinstance(meaning.event, Paid):
                    names = self._pseudonyms
                    paid.append(
                        await payment_dedup.payment_of(tx, names, fact, meaning.event, payment_dedup.SWEEP)
                    )
        for fact in await payment_dedup.match(tx, paid):
            await inbox.settle(tx, fact, FactState.DONE, reason=payment_dedup.TOLD)
        if kept:
            self._ctx.dispatch.wake(tx, facts_stream(creator))
        return kept

    def _new(self, fact: FactId, creator: CreatorId, meaning: Meaning) -> inbox.NewFact:
        now = self._ctx.clock.now()
        _, at = whose(meaning)
        plain = self._store(meaning) if isinstance(meaning, Understood) else _odd(meaning)
        return inbox.NewFact(
            id=fact,
            creator=creator,
            kind=meaning.kind,
            key=meaning.key,
            source=payment_dedup.SWEEP,
            source_at=now if at is None else at,
            received_at=now,
            state=FactState.NEW,
            reason=None,
            body=self._ctx.sealer.seal(body_place(fact, creator), plain),
        )


def recaller(recall: Recall) -> Callable[[bytes], Meaning]:
    """Reads back what `SweepFindings` has kept."""

    def read(plain: bytes) -> Meaning:
        body = json.loads(plain)
        if not isinstance(body, dict) or _ODD not in body:
            return recall(plain)
        fields = body[_ODD]
        fan = fields["fan"]
        return NotUnderstood(**{**fields, "fan": Person(**fan) if fan else None})

    return read


def _odd(meaning: NotUnderstood) -> bytes:
    return json.dumps({_ODD: asdict(meaning)}, separators=(",", ":")).encode()
