"""Reads a creator's lists and who is on them from Fanvue, after all others."""

from contextlib import aclosing

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import FanvueError, ObjectNotFound
from bot.fanvue.outcomes import outcome
from bot.fanvue.patient_api import PatientApi, Pause
from bot.features.inbox.routing_lists.model import MOST, SMART, ReadFanList, RoutableList
from bot.model.acting_account import Identity
from bot.model.errors import TargetGone
from bot.model.language import english
from storage.records import CreatorId, FanId

_LISTS = 1_000  # of a creator's own, that can be chosen from


class FanvueRoutingLists:
    """Raises one of the four errors of `bot.model.errors`."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, pause: Pause) -> None:
        """`identity` says whose account speaks for a creator; `pause` waits while Fanvue's limit is spent."""
        self._fanvue = fanvue
        self._identity = identity
        self._pause = pause

    async def all(self, creator: CreatorId, *, waited_for: bool) -> list[RoutableList]:
        """The creator's own lists, then Fanvue's. `waited_for`: whether somebody waits for the answer."""
        api = await (self._asking(creator) if waited_for else self._patient(creator))
        found: list[RoutableList] = []
        try:
            async with aclosing(api.lists.custom()) as pages:
                async for page in pages:
                    found += [RoutableList(row.uuid, row.name or row.uuid) for row in page.rows]
                    if len(found) >= _LISTS:
                        break
            for row in await api.lists.smart():
                found.append(RoutableList(f"{SMART}{row.uuid}", row.name or row.uuid.replace("_", " ")))
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return found

    async def fans(self, creator: CreatorId, key: str) -> ReadFanList:
        """Who is on one of them. Raises TargetGone where Fanvue does not have it."""
        api = await self._patient(creator)
        smart = key.removeprefix(SMART) if key.startswith(SMART) else None
        found: set[FanId] = set()
        is_whole = True
        try:
            pages = api.lists.on_custom(key) if smart is None else api.lists.on_smart(smart)
            async with aclosing(pages):
                async for page in pages:
                    found |= {row.uuid for row in page.rows}
                    is_whole = is_whole and not page.skipped
                    if len(found) >= MOST and page.next is not None:
                        return ReadFanList(found, is_whole=False)
        except ObjectNotFound as gone:
            raise TargetGone(english("This list is no longer on Fanvue.")) from gone
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return ReadFanList(found, is_whole)

    async def _asking(self, creator: CreatorId) -> IdentityApi:
        return self._fanvue.speaking(await self._identity(creator), lane=RequestLane.REFRESH)

    async def _patient(self, creator: CreatorId) -> IdentityApi:
        return PatientApi(self._fanvue, await self._identity(creator), RequestLane.REPORTS, self._pause)
