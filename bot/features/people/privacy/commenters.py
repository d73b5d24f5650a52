"""Fans of whom only comments are kept: found by what the lines of these say."""

import json
from collections.abc import Iterator, Sequence

from bot.engine.outbox import ERASED, body_place
from bot.model.ports import Sealer
from storage.database import Transaction
from storage.people import fan_erasure
from storage.people.fan_erasure import ErasableComment
from storage.records import CreatorId, Fan, FanId

_LOOKED_AT = 500  # comments, newest first, while a name is typed
_ALL = 100_000


class Commenters:
    """Their names stand nowhere but in sealed lines, and go with these."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    async def like(self, tx: Transaction, creator: CreatorId, prefix: str, limit: int) -> list[Fan]:
        """Those whose name or handle begins so, the newest comments first."""
        begins = prefix.casefold()
        return [
            one
            for one in self._fans(creator, await fan_erasure.commented(tx, creator, limit=_LOOKED_AT))
            if any(word.casefold().startswith(begins) for word in (one.display_name, one.handle) if word)
        ][:limit]

    async def named(self, tx: Transaction, creator: CreatorId, named: str) -> list[Fan]:
        """Those with this id, handle, or whole name."""
        wanted = named.casefold()
        return [
            one
            for one in self._fans(creator, await fan_erasure.commented(tx, creator, limit=_ALL))
            if wanted in {word.casefold() for word in (one.id, one.handle, one.display_name) if word}
        ]

    def _fans(self, creator: CreatorId, rows: Sequence[ErasableComment]) -> Iterator[Fan]:
        """Each once, as their newest comment that can be read names them."""
        found: dict[FanId, Fan] = {}
        for row in rows:
            known = found.get(row.fan)
            if known is not None and (known.display_name or known.handle):
                continue
            name, handle = self._named(creator, row)
            found[row.fan] = Fan(creator, row.fan, handle, name, None, row.at)
        yield from found.values()

    def _named(self, creator: CreatorId, row: ErasableComment) -> tuple[str | None, str | None]:
        plain = self._sealer.open(body_place(row.line, creator), row.body) if row.body is not None else ERASED
        if plain == ERASED:
            return None, None
        said = json.loads(plain)
        name, handle = said.get("name"), said.get("handle")
        return None if name == handle else name, handle
