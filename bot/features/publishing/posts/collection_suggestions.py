"""The collections of a creator, offered while somebody types."""

from collections.abc import Sequence

from bot.features.publishing.posts import collection_rules
from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.features.publishing.posts.plan_rules import Collection
from bot.model.errors import DeliveryFailed
from bot.model.ports import Clock
from storage.records import CreatorId, Link, Millis

_FRESH: Millis = 60_000  # they are offered at every letter that is typed; previews always read anew
_MOST = 50  # creators whose collections are remembered


class CollectionSuggestions:
    """Remembers them for a minute."""

    def __init__(self, fanvue: FanvuePosts, clock: Clock) -> None:
        self._fanvue = fanvue
        self._clock = clock
        self._known: dict[CreatorId, tuple[Millis, Sequence[Collection]]] = {}

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        """The choices for the typed text; none when Fanvue does not tell."""
        try:
            return collection_rules.like(await self._all(link.creator), typed)
        except DeliveryFailed:
            return ()

    async def _all(self, creator: CreatorId) -> Sequence[Collection]:
        now = self._clock.now()
        read_at, known = self._known.get(creator, (0, ()))
        if now - read_at > _FRESH:
            if len(self._known) >= _MOST:
                self._known.clear()
            known = await self._fanvue.collections(creator)
            self._known[creator] = now, known
        return known
