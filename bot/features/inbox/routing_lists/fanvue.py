"""Reads a creator's lists and who is on them from Fanvue, after all others."""

from contextlib import aclosing

from bot.fanvue.budget import RequestLane
from bot.fanvue.creator_calls import PatientCreatorCalls
from bot.fanvue.outcomes import as_outcomes
from bot.fanvue.paging import as_one_page
from bot.features.inbox.routing_lists.model import MOST, SMART, ReadFanList, RoutableList
from bot.model.errors import TargetGone
from bot.model.language import english
from storage.records import CreatorId, FanId

_LISTS = 1_000  # of a creator's own, that can be chosen from


class FanvueRoutingLists(PatientCreatorCalls):
    """Raises one of the four errors of `bot.model.errors`."""

    async def all(self, creator: CreatorId, *, waited_for: bool) -> list[RoutableList]:
        """The creator's own lists, then Fanvue's. `waited_for`: whether somebody waits for the answer."""
        api = await (
            self._api(creator, RequestLane.REFRESH)
            if waited_for
            else self._patient(creator, RequestLane.REPORTS)
        )
        with as_outcomes(reading=True):
            custom = (await as_one_page(api.lists.custom(), most_rows=_LISTS)).rows
            smart = await api.lists.smart()
        return [
            *(RoutableList(row.uuid, row.name or row.uuid) for row in custom),
            *(RoutableList(f"{SMART}{row.uuid}", row.name or row.uuid.replace("_", " ")) for row in smart),
        ]

    async def fans(self, creator: CreatorId, key: str) -> ReadFanList:
        """Who is on one of them. Raises TargetGone where Fanvue does not have it."""
        api = await self._patient(creator, RequestLane.REPORTS)
        smart = key.removeprefix(SMART) if key.startswith(SMART) else None
        found: set[FanId] = set()
        is_whole = True
        with as_outcomes(reading=True, gone=TargetGone(english("This list is no longer on Fanvue."))):
            pages = api.lists.on_custom(key) if smart is None else api.lists.on_smart(smart)
            async with aclosing(pages):
                async for page in pages:
                    found |= {row.uuid for row in page.rows}
                    is_whole = is_whole and not page.skipped
                    if len(found) >= MOST and page.next is not None:
                        return ReadFanList(found, is_whole=False)
        return ReadFanList(found, is_whole)
