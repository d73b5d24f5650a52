"""Hears of facts and drafts, and has the programs told that may know of them."""

from bot.features.inbox.program_drafts.model import ProgramDraftEnd
from bot.features.operations.api_keys.key_rules import STANDINGS, role_of
from bot.features.operations.api_keys.service import is_valid
from bot.features.operations.program_webhooks.event_rules import ProgramEvent, contents, draft_event, event_of
from bot.features.operations.program_webhooks.model import heard
from bot.features.operations.program_webhooks.records import ProgramWebhookRecords
from bot.model.events import Event
from bot.model.ports import Clock
from storage.database import Transaction
from storage.people import api_keys, program_webhooks


class ProgramEventRecorder:
    """Part of the transaction that decided: an event is there exactly if what it tells of is."""

    def __init__(self, records: ProgramWebhookRecords, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    async def happened(self, tx: Transaction, fact: Event) -> None:
        """A fact was decided."""
        event = event_of(fact)
        if event is not None:
            await self._tell(tx, event)

    async def draft_ended(self, tx: Transaction, ended: ProgramDraftEnd) -> None:
        """A program's draft waits no longer: that program alone is told."""
        await self._tell(tx, draft_event(ended), only=ended.key)

    async def _tell(self, tx: Transaction, event: ProgramEvent, only: str | None = None) -> None:
        for one in await self._records.open_of(tx, event.creator):
            if event.type not in one.events or only not in (None, one.key):
                continue
            key = await api_keys.get(tx, one.key)
            if key is None or not is_valid(key, self._clock.now()):
                await program_webhooks.end(tx, one.id, now=self._clock.now(), reason="key")
                continue
            standing = STANDINGS[role_of(key.role)]
            if event.type in heard(key, standing):
                await self._records.tell(tx, one, event, dict(contents(event, key, standing)))
