"""A creator's lists on Fanvue: one attempt each, ending in the relay's words."""

from collections.abc import Collection, Sequence
from contextlib import aclosing
from typing import TypeVar

from bot.fanvue.budget import RequestLane
from bot.fanvue.creator_calls import PatientCreatorCalls
from bot.fanvue.errors import NameConflict, NotContactable, RequestInvalid
from bot.fanvue.models import ListMember, UserRow
from bot.fanvue.outcomes import as_outcomes
from bot.fanvue.paging import Pages, as_one_page
from bot.features.publishing.lists.model import (
    NO_LIST,
    ListMembersRefused,
    ListNameTaken,
    OwnList,
    OwnListMember,
)
from bot.model.errors import TargetGone
from bot.model.language import english
from storage.engine.confusables import folded
from storage.records import CreatorId, FanId

P = TypeVar("P", bound=UserRow)

_PAGES = 100  # of a list, 50 people each: longer ones are not read to their end
_LISTS = 20  # pages of a creator's lists
_PEOPLE = 40  # pages of subscribers, and of followers, in which handles are looked for
_EXPIRED = "expired_subscribers"


class FanvueFanLists(PatientCreatorCalls):
    """Raises one of the four errors of `bot.model.errors`."""

    async def all(self, creator: CreatorId) -> list[OwnList]:
        """The creator's lists, with their sizes as they are now."""
        api = await self._api(creator, RequestLane.REFRESH)
        with as_outcomes(reading=True):
            found = await as_one_page(api.lists.custom(), most_rows=_LISTS * 50)
        return [
            OwnList(row.uuid, row.name or row.uuid, row.members_count, row.created_at) for row in found.rows
        ]

    async def create(self, creator: CreatorId, name: str) -> str:
        """Make a list; its id. Raises Taken."""
        api = await self._api(creator, RequestLane.REFRESH)
        with as_outcomes(reading=False):
            try:
                return (await api.lists.create(name)).uuid
            except NameConflict as taken:
                raise ListNameTaken from taken

    async def rename(self, creator: CreatorId, which: str, name: str) -> None:
        """Call it otherwise. The same twice is the same once. Raises Taken, Gone."""
        api = await self._api(creator, RequestLane.REFRESH)
        with as_outcomes(reading=False, gone=TargetGone(NO_LIST)):
            try:
                await api.lists.rename(which, name)
            except NameConflict as taken:
                raise ListNameTaken from taken

    async def delete(self, creator: CreatorId, which: str) -> None:
        """Delete it. Raises Gone where it is not there."""
        api = await self._api(creator, RequestLane.REFRESH)
        with as_outcomes(reading=False, gone=TargetGone(NO_LIST)):
            await api.lists.delete(which)

    async def put_on(self, creator: CreatorId, which: str, fans: Sequence[FanId]) -> bool:
        """Put them on the list, after more urgent calls; whether all of them came onto it now.

        Raises ListMembersRefused, Gone.
        """
        api = await self._api(creator, RequestLane.SWEEP)
        with as_outcomes(reading=False, gone=TargetGone(NO_LIST)):
            try:
                return (await api.lists.put_on(which, fans)).added >= len(fans)
            except (RequestInvalid, NotContactable) as no:
                raise ListMembersRefused(no.reason) from no

    async def take_off(self, creator: CreatorId, which: str, fan: FanId) -> None:
        """Take somebody off it. Raises Gone where they are not on it, or it is not there."""
        api = await self._api(creator, RequestLane.REFRESH)
        with as_outcomes(reading=False, gone=TargetGone(english("This fan is not on that list."))):
            await api.lists.take_off(which, fan)

    async def size(self, creator: CreatorId, which: str) -> int | None:
        """Its member count; None where Fanvue does not say, or it is not there."""
        api = await self._patient(creator, RequestLane.SWEEP)
        number = 0
        with as_outcomes(reading=True):
            async with aclosing(api.lists.custom()) as pages:
                async for page in pages:
                    number += 1
                    for row in page.rows:
                        if row.uuid == which:
                            return row.members_count
                    if number == _LISTS:
                        break
        return None

    async def members(self, creator: CreatorId, which: str, *, most: int) -> tuple[list[OwnListMember], bool]:
        """Its members, and whether these are all. Raises Gone where it is not there."""
        api = await self._patient(creator, RequestLane.SWEEP)
        with as_outcomes(reading=True, gone=TargetGone(NO_LIST)):
            return await _people(api.lists.on_custom(which), most)

    async def expired(self, creator: CreatorId) -> tuple[list[FanId], bool]:
        """Fans whose subscription ended at any time, and whether that is all."""
        api = await self._patient(creator, RequestLane.SWEEP)
        with as_outcomes(reading=True):
            found, all_ = await _people(api.lists.on_smart(_EXPIRED), _PAGES * 50)
        return [one.fan for one in found], all_

    async def with_handles(self, creator: CreatorId, wanted: Collection[str]) -> dict[str, FanId]:
        """Subscribers and followers with these folded handles, as far as they are looked through."""
        api = await self._patient(creator, RequestLane.SWEEP)
        found: dict[str, FanId] = {}
        with as_outcomes(reading=True):
            found |= await _named(api.lists.subscribers(), frozenset(wanted))
            if len(found) < len(set(wanted)):
                found |= await _named(api.lists.followers(), frozenset(wanted))
        return found


async def _people(pages: Pages[ListMember], most: int) -> tuple[list[OwnListMember], bool]:
    found = await as_one_page(pages, most_rows=most)
    people = [OwnListMember(row.uuid, row.handle, row.display_name) for row in found.rows]
    return people, found.whole


async def _named(pages: Pages[P], wanted: frozenset[str]) -> dict[str, FanId]:
    found: dict[str, FanId] = {}
    number = 0
    async with aclosing(pages):
        async for page in pages:
            number += 1
            for row in page.rows:
                handle = folded(row.handle or "")
                if handle in wanted:
                    found[handle] = row.uuid
            if number == _PEOPLE or len(found) == len(wanted):
                break
    return found
