"""Tells one event to one address: at least once, in order, one at a time."""

import json
from collections.abc import Mapping
from typing import Any, Final

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.features.operations.api_keys.service import ApiKeyService
from bot.features.operations.program_webhooks.model import GIVEN_UP, ProgramWebhook
from bot.features.operations.program_webhooks.records import ProgramWebhookRecords
from bot.features.operations.program_webhooks.sender import WebhookAnswer, WebhookOutcome, WebhookSender
from bot.features.operations.program_webhooks.sent_drafts import SentDraftLookup
from bot.model.errors import TryLater
from bot.model.language import english
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import program_webhooks
from storage.records import Effect

MOST_TRIES: Final = 6  # of an event that its receiver has read and refuses
AT_ONCE: Final = 8  # addresses that are spoken to: one that is slow keeps no fan's line waiting
_FIRST, _LONGEST = 2.0, 900.0  # seconds between two tries
_TURN: Final = 1.0  # seconds
_ENDED: Final = "Its address or its key has ended."
_REFUSED: Final = "Its receiver refuses this event: {why}."
_TOO_OLD: Final = "Nobody took it for three days: {why}."
_NOT_NOW: Final = "The program's address takes no events: {why}."
_BUSY: Final = "Other addresses are busy."


class ProgramEventDelivery(EffectHandler):
    """A repeat does no harm: its id is the same, so whoever gets it twice knows that."""

    settling = SettlingMethod.REPEAT
    on_server = False

    def __init__(
        self, ctx: Context, *, records: ProgramWebhookRecords, keys: ApiKeyService, sender: WebhookSender
    ) -> None:
        """`divisor` shortens the waits."""
        self._ctx = ctx
        self._records = records
        self._keys = keys
        self._sender = sender
        self._divisor = ctx.divisor
        self._drafts = SentDraftLookup(ctx)
        self._under_way = 0
        # How often in a row each address did not take its event; a start forgets it, and tries sooner.
        self._failed: dict[str, int] = {}

    async def do(self, effect: Effect, body: Body) -> Outcome:
        webhook = await self._ctx.database.read(lambda tx: self._open(tx, effect))
        if webhook is None:
            return Moot(english(_ENDED))
        if self._under_way >= AT_ONCE:
            raise TryLater(english(_BUSY), after=_TURN / self._divisor)
        event = await self._drafts.completed(webhook, effect, dict(body["event"]))
        self._under_way += 1
        try:
            outcome = await self._sender.send(
                webhook, body.get("id", effect.id), _written(event), now=self._ctx.clock.now()
            )
        finally:
            self._under_way -= 1
        return await self._ended(effect, webhook, outcome)

    async def _open(self, tx: Transaction, effect: Effect) -> ProgramWebhook | None:
        found = await self._records.get(tx, effect.stream.rpartition(":")[2])
        if found is None or found.ended_at is not None or found.creator != effect.creator:
            return None
        return found if await self._keys.opens(tx, found.key) else None

    async def _ended(self, effect: Effect, webhook: ProgramWebhook, outcome: WebhookOutcome) -> Outcome:
        if outcome.answer is WebhookAnswer.TAKEN:
            self._failed.pop(webhook.id, None)
            return Done()
        if outcome.answer is WebhookAnswer.GONE:
            await self._ctx.database.write(lambda tx: self._gone(tx, webhook))
            return Moot(english(_ENDED))
        failed = self._failed.get(webhook.id, 0) + 1
        self._failed[webhook.id] = failed
        refused = outcome.answer is WebhookAnswer.NOT_THIS
        if refused and failed >= MOST_TRIES:
            self._failed.pop(webhook.id, None)
            return Moot(english(_REFUSED, why=outcome.why))
        if self._ctx.clock.now() - effect.created_at >= GIVEN_UP / self._divisor:
            return Moot(english(_TOO_OLD, why=outcome.why))
        wait = min(_FIRST * 2 ** min(failed - 1, 12), _LONGEST)
        asked = min(outcome.after or 0.0, _LONGEST * 4)
        raise TryLater(english(_NOT_NOW, why=outcome.why), after=max(wait, asked) / self._divisor)

    async def _gone(self, tx: Transaction, webhook: ProgramWebhook) -> None:
        """Its receiver said so, and said it to nobody else."""
        if await program_webhooks.end(tx, webhook.id, now=self._ctx.clock.now(), reason="gone"):
            await self._ctx.trail.write(
                tx, "webhook.ended", "gone", target=webhook.id, creator=webhook.creator
            )


def _written(event: Mapping[str, Any]) -> str:
    """The same letters for the same event. Half a character, which a stranger's text may have, is escaped."""
    return json.dumps(event, separators=(",", ":"))
