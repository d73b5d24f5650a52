"""Knows whom each connected account manages on Fanvue, and asks again in time."""

import logging
from collections.abc import Awaitable, Callable

from bot.fanvue.errors import FanvueError
from bot.fanvue.models import CreatorRow
from bot.fanvue.paging import Pages, as_one_page
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryFailed
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import acting_accounts, creators, managed_creators
from storage.people.managed_creators import ManagedCreator
from storage.records import CreatorId, Link, LinkId, Millis

log = logging.getLogger(__name__)

SCOPE = "read:creator"
_DAY: Millis = 86_400_000
_DOUBT: Millis = 60_000  # of what was denied Fanvue is asked again, but not at every denial
_KEPT: Millis = 30 * _DAY
_FAILED = (FanvueError, DeliveryFailed)


class ManagedCreatorReader:
    """Reads `GET /creators`: for a new link, at start, daily, and when Fanvue denied something."""

    def __init__(
        self,
        ctx: Context,
        *,
        managed: Callable[[LinkId], Pages[CreatorRow]],
        stand_down: Callable[[LinkId, CreatorId], Awaitable[None]],
    ) -> None:
        """`stand_down` ends what somebody does for a creator whom their account manages no more."""
        self._ctx = ctx
        self._managed = managed
        self._stand_down = stand_down
        self._looked: dict[LinkId, Millis] = {}
        self._doubted: set[LinkId] = set()

    def doubt(self, voice: CallAccount) -> None:
        """Fanvue denied something about a creator: its list is read again soon."""
        self._doubted.add(voice.link)

    async def connected(self, link: Link) -> None:
        """A link was just made: find out whom its account manages."""
        await self.look(link)

    async def look(self, link: Link) -> bool:
        """Read whom a link's account manages now; False when Fanvue did not say, and what is known stays."""
        if SCOPE not in link.scopes.split() or link.via is not None:
            return False
        self._looked[link.id] = self._ctx.clock.now()
        self._doubted.discard(link.id)
        try:
            found = await self._read(link)
        except _FAILED as error:
            log.info("whom an account manages could not be read: %s", error)
            return False
        lost = await self._ctx.database.write(lambda tx: self._keep(tx, link, found))
        for creator in lost:
            await self._stand_down(link.id, creator)
        return True

    async def tidy(self) -> None:
        """To be called every few seconds: ask about every account whose answer has become old or doubtful."""
        now = self._ctx.clock.now()
        for link in await self._ctx.database.read(creators.signed_in):
            age = now - self._looked.get(link.id, 0)
            if age >= _DAY or (link.id in self._doubted and age >= _DOUBT):
                await self.look(link)
        await self._ctx.database.write(lambda tx: acting_accounts.forget_before(tx, now - _KEPT))

    async def _read(self, link: Link) -> list[ManagedCreator]:
        found = await as_one_page(self._managed(link.id))
        return [
            ManagedCreator(link.id, CreatorId(row.uuid), row.handle or "", row.display_name or "", row.role)
            for row in found.rows
            if CreatorId(row.uuid) != link.creator
        ]

    async def _keep(self, tx: Transaction, link: Link, found: list[ManagedCreator]) -> list[CreatorId]:
        known = await creators.link(tx, link.id)
        if known is None or known.state != "active":
            return []  # it ended while Fanvue was asked
        return await managed_creators.put(tx, link.id, found, now=self._ctx.clock.now())
