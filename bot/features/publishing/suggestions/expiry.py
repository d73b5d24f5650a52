"""Lapses suggestions undecided in time: the line says so, the writer is told."""

from collections.abc import Sequence

from bot.engine.expiry import ExpiryTask
from bot.features.publishing.suggestions.notices import SuggestionNotices
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.engine import drafts
from storage.publishing import suggestions
from storage.publishing.suggestions import PostSuggestion
from storage.records import Millis

_HOW = "expired"  # the word of its end
_NEWS: Millis = 7 * 86_400_000  # of what lapsed longer ago only the line says so: it is no news any more


class SuggestionExpiry(ExpiryTask[PostSuggestion]):
    """A press that comes first ends it just so."""

    name = "suggestions"

    def __init__(self, *, database: Database, telling: SuggestionNotices, clock: Clock) -> None:
        super().__init__(database=database, clock=clock)
        self._telling = telling

    async def over(self, tx: Transaction, *, now: Millis, limit: int) -> Sequence[PostSuggestion]:
        """Suggestions that waited out their time, anybody's."""
        return await suggestions.overdue(tx, now=now, limit=limit)

    async def end(self, tx: Transaction, one: PostSuggestion, *, now: Millis) -> None:
        draft = await drafts.get(tx, one.draft)
        assert draft is not None, "it was just found by it"
        await drafts.settle(tx, draft.id, version=draft.version, state=_HOW, by=None, now=now)
        news = now - (draft.expires_at or now) < _NEWS
        await self._telling.became(tx, one, _HOW, notice=news)
