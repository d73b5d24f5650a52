"""Small pictures of a vault's items for the web page, held for minutes in memory."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from bot.fanvue.figures import MediaRow
from bot.fanvue.read_cache import ReadCache
from bot.features.publishing.media.fanvue import FanvueVault, VaultUnavailable
from bot.features.publishing.media.item_service import FORMS, MediaItemService
from bot.model.errors import DeliveryFailed
from bot.model.ports import Clock
from storage.records import CreatorId, Link, LinkId, MediaId, Millis

_SIDE: Final = 360  # pixels of the longer side: a tile of a dense screen
_HELD: Final[Millis] = 10 * 60_000
_MOST: Final = 300  # of about 20 KB each
_FRESH: Final[Millis] = 2 * 60_000  # an address that is over by then is asked for once more
_MOST_ROWS: Final = 600
_SECONDS: Final = 3.0  # that a page waits to know more of its items than their names
Key = tuple[LinkId, CreatorId, MediaId]


class VaultPictures:
    """Only Fanvue says whose an item is: it is asked as this creator, and has no other's. It never fails."""

    def __init__(self, vault: FanvueVault, looking: MediaItemService, clock: Clock) -> None:
        self._vault = vault
        self._looking = looking
        self._rows = ReadCache[Key, MediaRow](clock, most=_MOST_ROWS, lasts=_FRESH)
        self._pictures = ReadCache[Key, bytes](clock, most=_MOST, lasts=_HELD)

    async def rows(self, link: Link, media: Sequence[MediaId]) -> Mapping[MediaId, MediaRow]:
        """What Fanvue says of these, with their forms; fewer where it does not answer in time."""
        lacking = [item for item in media if self._rows.get(_key(link, item)) is None]
        try:
            async with asyncio.timeout(_SECONDS):
                found = await self._vault.items(link, lacking, FORMS)
        except (VaultUnavailable, DeliveryFailed, TimeoutError):
            found = {}
        for item, row in found.items():
            self._rows.put(_key(link, item), row)
        known = {item: self._rows.get(_key(link, item)) for item in media}
        return {item: row for item, row in known.items() if row is not None}

    async def of(self, link: Link, media: MediaId) -> bytes | None:
        """One as a JPEG drawn here; None: it is not there, has no picture, or can't be fetched now."""
        key = _key(link, media)
        held = self._pictures.get(key)
        if held is not None:
            return held
        known = self._rows.get(key) or (await self.rows(link, [media])).get(media)
        if known is None or known.owner_uuid not in {None, link.creator}:
            return None
        first = [known]

        async def read() -> MediaRow:
            return first.pop() if first else await self._vault.item(link, media, FORMS, None)

        try:
            seen = await self._looking.look(known, read, side=_SIDE)
        except DeliveryFailed:
            return None
        if seen.preview is None:
            return None
        self._pictures.put(key, seen.preview.content)
        return seen.preview.content


def _key(link: Link, media: MediaId) -> Key:
    return link.id, link.creator, media
