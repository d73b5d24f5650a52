"""Which of a program's own drafts a sent message was, looked up as it is told."""

from typing import Any, Final

from bot.features.inbox.program_drafts.model import changed_of
from bot.features.operations.program_webhooks.model import ProgramEventType, ProgramWebhook
from bot.model.draft_source import DraftMark, mark_of
from bot.model.errors import TryLater
from bot.model.language import english
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import draft_marks
from storage.inbox import messages
from storage.records import Effect, FanvueMessageId, Millis

_SOON: Final = 1.0  # seconds between two looks
_PATIENCE: Final[Millis] = 60_000  # then the event is told without it: nothing waits for an unclear send
_UNDER_WAY: Final = "A reply to this fan is under way."
Event = dict[str, Any]


class SentDraftLookup:
    """Fanvue may tell of a message before our own request for it has ended: then its event waits."""

    def __init__(self, ctx: Context) -> None:
        """`divisor` shortens the waits."""
        self._ctx = ctx
        self._divisor = ctx.divisor

    async def completed(self, webhook: ProgramWebhook, effect: Effect, event: Event) -> Event:
        """The event, with the draft's id and what was changed where this key wrote it. Raises TryLater."""
        if event.get("type") != ProgramEventType.MESSAGE_SENT:
            return event
        message = FanvueMessageId(event["data"]["message"]["id"])
        mark, waits = await self._ctx.database.read(lambda tx: self._look(tx, webhook, effect, message))
        if waits and self._ctx.clock.now() - effect.created_at < _PATIENCE / self._divisor:
            raise TryLater(english(_UNDER_WAY), after=_SOON / self._divisor)
        if mark is None:
            return event
        changed = changed_of(mark.change)
        told = None if changed is None else changed.model_dump(mode="json")
        return {**event, "data": {**event["data"], "draft": mark.draft, "changed": told}}

    async def _look(
        self, tx: Transaction, webhook: ProgramWebhook, effect: Effect, message: FanvueMessageId
    ) -> tuple[DraftMark | None, bool]:
        """The mark of this key's draft, and whether there may be one soon."""
        known = await messages.get(tx, webhook.creator, message)
        if known is not None:
            packed = await draft_marks.of_effect(tx, known.effect) if known.effect is not None else None
            mark = mark_of(packed)
            return (mark if mark is not None and mark.source.key == webhook.key else None), False
        if effect.fan is None:
            return None, False
        marks = map(mark_of, await draft_marks.under_way(tx, webhook.creator, effect.fan))
        return None, any(mark is not None and mark.source.key == webhook.key for mark in marks)
