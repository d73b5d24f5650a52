"""A creator's lists on Fanvue: one attempt each, ending in the relay's words."""

from collections.abc import Collection, Sequence
from contextlib import aclosing
from typing import TypeVar

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import FanvueError, NameConflict, NotContactable, ObjectNotFound, RequestInvalid
from bot.fanvue.models import ListMember, UserRow
from bot.fanvue.outcomes import outcome
from bot.fanvue.paging import Pages
from bot.fanvue.patient_api import PatientApi, Pause
from bot.features.publishing.lists.model import (
    NO_LIST,
    ListMembersRefused,
    ListNameTaken,
    OwnList,
    OwnListMember,
)
from bot.model.acting_account import Identity
from bot.model.errors import TargetGone
from bot.model.language import english
from storage.engine.confusables import folded
from storage.records import CreatorId, FanId

P = TypeVar("P", bound=UserRow)

_PAGES = 100  # of a list, 50 people each: longer ones are not read to their end
_LISTS = 20  # pages of a creator's lists
_PEOPLE = 40  # pages of subscribers, and of followers, in which handles are looked for
_EXPIRED = "expired_subscribers"


class FanvueFanLists:
    """Raises one of the four errors of `bot.model.errors`."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, pause: Pause) -> None:
        """`identity` says whose account speaks for a creator; `pause` waits while Fanvue's limit is spent."""
        self._fanvue = fanvue
        self._identity = identity
        self._pause = pause

    async def all(self, creator: CreatorId) -> list[OwnList]:
        """The creator's lists, with their sizes as they are now."""
        api = self._fanvue.speaking(await self._identity(creator), lane=RequestLane.REFRESH)
        found: list[OwnList] = []
        try:
            async with aclosing(api.lists.custom()) as pages:
                async for page in pages:
                    found += [
                        OwnList(row.uuid, row.name or row.uuid, row.members_count, row.created_at)
                        for row in page.rows
                    ]
                    if len(found) >= _LISTS * 50:
                        break
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return found

    async def create(self, creator: CreatorId, name: str) -> str:
        """Make a list; its id. Raises Taken."""
        api = await self._writing(creator)
        try:
            return (await api.lists.create(name)).uuid
        except NameConflict as taken:
            raise ListNameTaken from taken
        except FanvueError as error:
            raise outcome(error, reading=False) from error

    async def rename(self, creator: CreatorId, which: str, name: str) -> None:
        """Call it otherwise. The same twice is the same once. Raises Taken, Gone."""
        api = await self._writing(creator)
        try:
            await api.lists.rename(which, name)
        except NameConflict as taken:
            raise ListNameTaken from taken
        except FanvueError as error:
            raise _of_list(error, reading=False) from error

    async def delete(self, creator: CreatorId, which: str) -> None:
        """Delete it. Raises Gone where it is not there."""
        api = await self._writing(creator)
        try:
            await api.lists.delete(which)
        except FanvueError as error:
            raise _of_list(error, reading=False) from error

    async def put_on(self, creator: CreatorId, which: str, fans: Sequence[FanId]) -> bool:
        """Put them on the list, after more urgent calls; whether all of them came onto it now.

        Raises ListMembersRefused, Gone.
        """
        api = self._fanvue.speaking(await self._identity(creator), lane=RequestLane.SWEEP)
        try:
            return (await api.lists.put_on(which, fans)).added >= len(fans)
        except (RequestInvalid, NotContactable) as no:
            raise ListMembersRefused(no.reason) from no
        except FanvueError as error:
            raise _of_list(error, reading=False) from error

    async def take_off(self, creator: CreatorId, which: str, fan: FanId) -> None:
        """Take somebody off it. Raises Gone where they are not on it, or it is not there."""
        api = await self._writing(creator)
        try:
            await api.lists.take_off(which, fan)
        except ObjectNotFound as gone:
            raise TargetGone(english("This fan is not on that list.")) from gone
        except FanvueError as error:
            raise outcome(error, reading=False) from error

    async def size(self, creator: CreatorId, which: str) -> int | None:
        """Its member count; None where Fanvue does not say, or it is not there."""
        api = await self._reading(creator)
        number = 0
        try:
            async with aclosing(api.lists.custom()) as pages:
                async for page in pages:
                    number += 1
                    for row in page.rows:
                        if row.uuid == which:
                            return row.members_count
                    if number == _LISTS:
                        break
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return None

    async def members(self, creator: CreatorId, which: str, *, most: int) -> tuple[list[OwnListMember], bool]:
        """Its members, and whether these are all. Raises Gone where it is not there."""
        api = await self._reading(creator)
        try:
            return await _people(api.lists.on_custom(which), most)
        except FanvueError as error:
            raise _of_list(error, reading=True) from error

    async def expired(self, creator: CreatorId) -> tuple[list[FanId], bool]:
        """Fans whose subscription ended at any time, and whether that is all."""
        api = await self._reading(creator)
        try:
            found, all_ = await _people(api.lists.on_smart(_EXPIRED), _PAGES * 50)
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return [one.fan for one in found], all_

    async def with_handles(self, creator: CreatorId, wanted: Collection[str]) -> dict[str, FanId]:
        """Subscribers and followers with these folded handles, as far as they are looked through."""
        api = await self._reading(creator)
        found: dict[str, FanId] = {}
        try:
            found |= await _named(api.lists.subscribers(), frozenset(wanted))
            if len(found) < len(set(wanted)):
                found |= await _named(api.lists.followers(), frozenset(wanted))
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return found

    async def _writing(self, creator: CreatorId) -> IdentityApi:
        return self._fanvue.speaking(await self._identity(creator), lane=RequestLane.REFRESH)

    async def _reading(self, creator: CreatorId) -> IdentityApi:
        return PatientApi(self._fanvue, await self._identity(creator), RequestLane.SWEEP, self._pause)


async def _people(pages: Pages[ListMember], most: int) -> tuple[list[OwnListMember], bool]:
    found: list[OwnListMember] = []
    whole = True
    async with aclosing(pages):
        async for page in pages:
            found += [OwnListMember(row.uuid, row.handle, row.display_name) for row in page.rows]
            whole = whole and not page.skipped
            if len(found) >= most and page.next is not None:
                return found, False
    return found, whole


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


def _of_list(error: FanvueError, *, reading: bool) -> Exception:
    return TargetGone(NO_LIST) if isinstance(error, ObjectNotFound) else outcome(error, reading=reading)
