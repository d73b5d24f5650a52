"""Reads the lists that routing rules name, one after the other, in the background."""

from dataclasses import replace

from bot.engine.lasting_pseudonyms import forgotten_among
from bot.engine.pseudonyms import Pseudonyms
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.inbox.routing_lists.fanvue import FanvueRoutingLists
from bot.features.inbox.routing_lists.model import COUNTS_FOR, PAGE, ReadFanList
from bot.features.inbox.routing_lists.service import list_place
from bot.model.errors import DeliveryFailed, DeliveryRefused, TargetGone
from bot.relay.context import Context
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.inbox import fans, routing_lists
from storage.inbox.routing_lists import RoutingList, RoutingListProblem
from storage.people import creators
from storage.records import CreatorId, FanId, Millis

_SECONDS = 60.0
_AGAIN: Millis = 900_000  # after which a list is read again
_A_REQUEST: Millis = 20_000  # and for each request that reading it took, so much at least


class RoutingListTask:
    """It makes at most three requests a minute for one list, and only those that nobody else needs.

    A list costs one request for 50 fans. Reading in the lane of reports waits for whoever answers fans.
    """

    def __init__(
        self, ctx: Context, *, there: FanvueRoutingLists, pseudonyms: Pseudonyms, divisor: float
    ) -> None:
        """`divisor` shortens all pauses."""
        self._ctx = ctx
        self._there = there
        self._pseudonyms = pseudonyms
        self._divisor = divisor

    async def look(self) -> None:
        """Read what is due of every connected creator; forget who was on a list too long ago to count."""
        old = self._ctx.clock.now() - COUNTS_FOR
        if await self._ctx.database.read(lambda tx: routing_lists.has_old(tx, before=old)):
            await self._ctx.database.write(lambda tx: routing_lists.forget_old(tx, before=old))
        for link in await self._ctx.database.read(creators.active_links):
            await self._of_creator(link.creator)

    def task(self) -> BackgroundTask:
        """The background task; how long a list takes is up to Fanvue's limits."""
        run = periodic(_SECONDS / self._divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("routing lists", run, None)

    async def _of_creator(self, creator: CreatorId) -> None:
        now = self._ctx.clock.now()
        due = await self._ctx.database.read(lambda tx: routing_lists.due(tx, creator, now=now))
        if not due:
            return
        names = await self._names(creator)
        for one in due:
            await self._read(one, names.get(one.key))

    async def _names(self, creator: CreatorId) -> dict[str, str]:
        """What the lists are called now; empty where Fanvue does not say."""
        try:
            return {one.key: one.name for one in await self._there.all(creator, waited_for=False)}
        except DeliveryFailed:
            return {}

    async def _read(self, one: RoutingList, name: str | None) -> None:
        begun, read, problem = self._ctx.clock.now(), None, None
        try:
            read = await self._there.fans(one.creator, one.key)
        except TargetGone:
            problem, read = RoutingListProblem.GONE, ReadFanList((), is_whole=True)
        except DeliveryRefused:
            problem = RoutingListProblem.REFUSED
        except DeliveryFailed:
            problem = RoutingListProblem.LATER
        await self._ctx.database.write(lambda tx: self._keep(tx, one, name, read, problem, begun))

    async def _keep(
        self,
        tx: Transaction,
        seen: RoutingList,
        name: str | None,
        read: ReadFanList | None,
        problem: RoutingListProblem | None,
        begun: Millis,
    ) -> None:
        """What was read counts as of when reading began. A list that no rule names by now is left alone."""
        known = await routing_lists.get(tx, seen.creator, seen.key)
        if known is None:
            return
        if name is not None:
            place = list_place(known.key, known.creator)
            known = replace(known, name=self._ctx.sealer.seal(place, name.encode()))
        wait = _AGAIN
        if read is not None:
            wait = max(wait, (len(read.fans) // PAGE + 1) * _A_REQUEST)
            await self._replace(tx, known, read)
            if problem is None:
                known = replace(known, read=begun, is_whole=read.is_whole)
        due = self._ctx.clock.now() + int(wait / self._divisor)
        await routing_lists.put(tx, replace(known, problem=problem, due=due))

    async def _replace(self, tx: Transaction, known: RoutingList, read: ReadFanList) -> None:
        """Without those who were forgotten here, unless they wrote again since."""
        forgotten = await forgotten_among(tx, self._pseudonyms, known.creator, read.fans)
        back = {fan for fan in forgotten if await fans.get(tx, known.creator, fan) is not None}
        whom: set[FanId] = set(read.fans) - (forgotten - back)
        await routing_lists.replace_fans(tx, known.creator, known.key, whom)
