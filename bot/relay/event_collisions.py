"""An event that comes under another one's id is put aside, not taken for a repeat."""

import hashlib
import logging
from contextlib import suppress
from dataclasses import asdict

from bot.engine.derived_ids import DerivedIds
from bot.model.errors import SealDamaged, TextErased
from bot.model.events import NotUnderstood
from bot.model.language import msgid
from bot.model.ports import Sealer
from bot.relay.fact_bodies import Meaning, Read, body_place, whose
from bot.relay.lines import MESSAGE
from storage.database import Transaction
from storage.engine import inbox
from storage.records import Fact, FactId, FactState, Millis

log = logging.getLogger(__name__)

OTHER_CONTENTS = msgid("Fanvue sent this under the id of another event, with other contents.")
_WEBHOOK = "webhook"


class EventCollisions:
    """Compares what came with what is kept under its id. Part of the caller's transaction."""

    def __init__(self, *, sealer: Sealer, ids: DerivedIds, read: Read) -> None:
        self._sealer = sealer
        self._ids = ids
        self._read = read

    async def look(self, tx: Transaction, fact: FactId, meaning: Meaning, raw: bytes, *, now: Millis) -> None:
        """Put it in quarantine where it says something else; a repeat, however late, says the same.

        A message's key is its own id, for every source and wording.
        """
        known = await inbox.get(tx, fact)
        if known is None or known.source != _WEBHOOK or meaning.kind == MESSAGE:
            return
        with suppress(SealDamaged, TextErased):  # its time is over: what it said is not known any more
            before = self._read(self._sealer.open(body_place(fact, known.creator), known.body))
            if _says(before) != _says(meaning):
                await self._put_aside(tx, known, meaning, raw, now=now)

    async def _put_aside(
        self, tx: Transaction, known: Fact, meaning: Meaning, raw: bytes, *, now: Millis
    ) -> None:
        key = f"{meaning.key}#{hashlib.sha256(raw).hexdigest()[:16]}"
        fact = self._ids.fact(known.creator, meaning.kind, key)
        new = inbox.NewFact(
            id=fact,
            creator=known.creator,
            kind=meaning.kind,
            key=key,
            source=_WEBHOOK,
            source_at=whose(meaning)[1] or now,
            received_at=now,
            state=FactState.QUARANTINED,
            reason=OTHER_CONTENTS,
            body=self._sealer.seal(body_place(fact, known.creator), raw),
        )
        if await inbox.keep(tx, new):
            log.warning("an event came under the id of another one; it is put aside")


def _says(meaning: Meaning) -> object:
    """The content of an event, without its time."""
    if isinstance(meaning, NotUnderstood):
        return meaning.reason, meaning.kind, meaning.fan
    return {name: value for name, value in asdict(meaning.event).items() if name != "at"}
