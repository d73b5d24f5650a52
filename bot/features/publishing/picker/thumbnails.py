"""Small pictures of a vault's page, held for minutes while somebody chooses.

They lie in memory only, so that each press shows the page again without fetching it from Fanvue.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.fanvue.figures import MediaRow
from bot.fanvue.read_cache import ReadCache
from bot.features.publishing.media.fanvue import FanvueVault, VaultUnavailable
from bot.features.publishing.media.item_service import FORMS, MediaItemService
from bot.features.publishing.media.texts import kind_name
from bot.model.ports import Clock
from storage.records import Link, LinkId, MediaId, Millis

_HELD: Millis = 10 * 60_000
_MOST = 300  # of about 25 KB each


@dataclass(frozen=True)
class ItemTile:
    """One item's picture with its number, and how long it plays."""

    content: bytes
    length: Millis | None = None


class VaultThumbnails:
    """One item that has no picture costs that picture: it is a tile with words."""

    def __init__(self, vault: FanvueVault, looking: MediaItemService, clock: Clock) -> None:
        self._vault = vault
        self._looking = looking
        self._known = ReadCache[tuple[LinkId, MediaId, int], ItemTile](clock, most=_MOST, lasts=_HELD)

    async def of(self, link: Link, rows: Sequence[MediaRow]) -> Mapping[MediaId, ItemTile]:
        """The tiles of a page, numbered in its order."""
        numbered = {(link.id, row.uuid, number): row for number, row in enumerate(rows, start=1)}
        lacking = {key: row for key, row in numbered.items() if self._known.get(key) is None}
        if lacking:
            fresh = await self._fresh(link, [row.uuid for row in lacking.values()])
            made = await asyncio.gather(
                *(self._made(link, row, fresh.get(row.uuid), key[2]) for key, row in lacking.items())
            )
            for key, tile in zip(lacking, made, strict=True):
                self._known.put(key, tile)
        held = {key[1]: self._known.get(key) for key in numbered}
        return {media: tile for media, tile in held.items() if tile is not None}

    async def _fresh(self, link: Link, media: Sequence[MediaId]) -> Mapping[MediaId, MediaRow]:
        try:
            return await self._vault.items(link, media, FORMS)
        except VaultUnavailable:
            return {}

    async def _made(self, link: Link, row: MediaRow, fresh: MediaRow | None, number: int) -> ItemTile:
        from bot.features.publishing.picker.tiles import SIDE, numbered  # noqa: PLC0415 - Pillow takes 50 ms to import, and few starts look

        first = [fresh] if fresh is not None else []

        async def read() -> MediaRow:
            return first.pop() if first else await self._vault.item(link, row.uuid, FORMS, None)

        seen = await self._looking.look(row, read, side=SIDE)
        content = seen.preview.content if seen.preview is not None else None
        made = await asyncio.to_thread(numbered, content, number, kind_name(row))
        return ItemTile(made, length_of(seen.row))


def length_of(row: MediaRow) -> Millis | None:
    """How long it plays, where Fanvue was asked for its forms."""
    return next((Millis(one.length_ms) for one in row.variants or () if one.length_ms), None)
