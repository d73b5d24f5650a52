"""Names fans by a pseudonym in what outlives them: the audit, the money lines.

A pseudonym is an HMAC-SHA256 of creator and fan under a random key of this fan alone, cut to 128 bits. The
key lies sealed in a table of its own. Once it is destroyed (`storage.engine.pseudonyms.forget_fan`) nobody
can say whose the pseudonym was, not even by trying all of Fanvue's ids.

Where a repeat must be known even of somebody forgotten, they have a second name (`lasting`), under a key of
their creator's that stays. It stands in no line of the audit or of money.
"""

import hmac
import json
from collections.abc import Callable, Collection

from bot.model.ports import Sealer
from storage.database import Transaction
from storage.engine import pseudonyms
from storage.records import CreatorId, FanId, Pseudonym

_KEY = 32
_BYTES = 16
_BATCH = 500
_EVERYBODY = FanId("")  # under whose id the creator's own key lies


class Pseudonyms:
    """Says which pseudonym a fan has, and whose one is; every method is part of the caller's transaction."""

    def __init__(self, *, sealer: Sealer, random: Callable[[int], bytes]) -> None:
        """`random` must be cryptographic."""
        self._sealer = sealer
        self._random = random

    async def of(self, tx: Transaction, creator: CreatorId, fan: FanId) -> Pseudonym:
        """A fan's pseudonym, made with a key of its own when they have none."""
        sealed = await pseudonyms.key(tx, creator, fan)
        if sealed is None:
            sealed = self._sealer.seal(_place(creator, fan), self._random(_KEY))
            await pseudonyms.keep(tx, creator, fan, sealed)
        return self._made(creator, fan, sealed)

    async def known(self, tx: Transaction, creator: CreatorId, fan: FanId) -> Pseudonym | None:
        """A fan's pseudonym; None when nothing was ever written under one, or they were forgotten."""
        sealed = await pseudonyms.key(tx, creator, fan)
        return None if sealed is None else self._made(creator, fan, sealed)

    async def lasting(self, tx: Transaction, creator: CreatorId, fan: FanId) -> Pseudonym:
        """The name under which a fan who is forgotten can still be recognized by their id."""
        await self.of(tx, creator, _EVERYBODY)
        return (await self.lasting_ones(tx, creator, [fan]))[fan]

    async def lasting_ones(
        self, tx: Transaction, creator: CreatorId, fans: Collection[FanId]
    ) -> dict[FanId, Pseudonym]:
        """The same for several fans; empty when the creator never had anybody forgotten."""
        sealed = await pseudonyms.key(tx, creator, _EVERYBODY)
        if sealed is None:
            return {}
        key = self._sealer.open(_place(creator, _EVERYBODY), sealed)
        return {fan: _name(key, creator, fan) for fan in fans}

    async def whose(
        self, tx: Transaction, creator: CreatorId, wanted: Collection[Pseudonym]
    ) -> dict[Pseudonym, FanId]:
        """Return the fans behind these pseudonyms; forgotten ones are not among them.

        The database cannot be asked, on purpose: every key of the creator is opened and tried.
        """
        found: dict[Pseudonym, FanId] = {}
        last = FanId("")
        while len(found) < len(set(wanted)):
            batch = await pseudonyms.after(tx, creator, last, _BATCH)
            if not batch:
                break
            for fan, sealed in batch:
                if (name := self._made(creator, fan, sealed)) in wanted:
                    found[name] = fan
            last = batch[-1][0]
        return found

    def _made(self, creator: CreatorId, fan: FanId, sealed: bytes) -> Pseudonym:
        return _name(self._sealer.open(_place(creator, fan), sealed), creator, fan)


def _name(key: bytes, creator: CreatorId, fan: FanId) -> Pseudonym:
    return Pseudonym(hmac.digest(key, json.dumps([creator, fan]).encode(), "sha256")[:_BYTES].hex())


def _place(creator: CreatorId, fan: FanId) -> str:
    return f"pseudonyms|key|{creator}|{fan}"
