"""Audiences of one creator: lists, subscribers, followers, mass messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.fanvue.calls import ApiCaller, flat, given
from bot.fanvue.figures import SubscriberRow
from bot.fanvue.models import (
    AddedToList,
    CustomListRow,
    ListMember,
    MassMessageRow,
    MassMessageSent,
    SmartList,
    UserRow,
)
from bot.fanvue.operations import ApiSurface, OperationRoute
from bot.fanvue.paging import Pages, Query, page_of, rows_of
from bot.fanvue.rows import answer
from bot.fanvue.values import iso_of
from storage.records import Cents, FanId, MediaId, Millis


@dataclass(frozen=True)
class ListSelection:
    """Lists of fans: smart ones by their fixed names, custom ones by id."""

    smart: tuple[str, ...] = ()
    custom: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewMassMessage:
    """A message to everybody on some lists. There is no way to name single recipients."""

    to: ListSelection
    text: str | None = None
    media: tuple[MediaId, ...] = ()
    price: Cents | None = None
    preview: MediaId | None = None  # v1 only
    scheduled_at: Millis | None = None
    excluding: ListSelection | None = None


FREE: Cents = 0  # a change that takes the price away


@dataclass(frozen=True)
class MassMessageChange:
    """Changes to a scheduled mass message; None: it stays as it is."""

    text: str | None = None
    media: tuple[MediaId, ...] | None = None
    price: Cents | None = None
    scheduled_at: Millis | None = None


class ListsApi:
    """Methods on lists of people and on what goes to whole lists."""

    def __init__(self, caller: ApiCaller) -> None:
        self._caller = caller

    async def smart(self) -> Sequence[SmartList]:
        """Fanvue's own lists with their sizes."""
        rows = rows_of(await self._caller.call(self._caller.road("smart_lists")))
        # v1's shape was not seen: its rows may say `id` where the unversioned ones say `uuid`.
        named = [{"uuid": row.get("id"), **row} for row in rows if isinstance(row, dict)]
        return page_of(SmartList, named).rows

    def custom(self, *, search: str | None = None) -> Pages[CustomListRow]:
        """The creator's own lists. v1 has no search: it is left out there."""
        v1 = self._caller.road("custom_lists").surface is ApiSurface.V1
        return self._caller.pages("custom_lists", CustomListRow, filters=flat(search=None if v1 else search))

    def on_smart(self, which: str, begin: Query | None = None) -> Pages[ListMember]:
        """List one of Fanvue's own lists, or behind an earlier page whose `next` is `begin`."""
        return self._caller.pages("smart_list", ListMember, parts={"uuid": which}, begin=begin)

    def on_custom(self, which: str, begin: Query | None = None) -> Pages[ListMember]:
        """List one of the creator's own lists, likewise."""
        return self._caller.pages("custom_list", ListMember, parts={"uuid": which}, begin=begin)

    async def create(self, name: str) -> CustomListRow:
        """Make a list. Names are unique: Conflict. After Unclear a look at the lists says what happened."""
        return answer(
            CustomListRow, await self._caller.call(self._caller.road("create_list"), body={"name": name})
        )

    async def rename(self, which: str, name: str) -> None:
        """Call a list otherwise. The same twice is the same once."""
        await self._caller.call(self._caller.road("rename_list"), parts={"uuid": which}, body={"name": name})

    async def delete(self, which: str) -> None:
        """Delete a list; nobody on it is told."""
        await self._caller.call(self._caller.road("delete_list"), parts={"uuid": which})

    async def put_on(self, which: str, fans: Sequence[FanId]) -> AddedToList:
        """Put people on a list; who is on it already stays on it once."""
        said = await self._caller.call(
            self._caller.road("add_to_list"), parts={"uuid": which}, body={"userUuids": list(fans)}
        )
        return answer(AddedToList, said)

    async def take_off(self, which: str, fan: FanId) -> None:
        """Take somebody off a list."""
        await self._caller.call(self._caller.road("take_off_list"), parts={"uuid": which, "userUuid": fan})

    def subscribers(self) -> Pages[SubscriberRow]:
        return self._caller.pages("subscribers", SubscriberRow)

    def followers(self) -> Pages[UserRow]:
        """Followers who are not subscribers."""
        return self._caller.pages("followers", UserRow)

    async def send_mass(self, mass: NewMassMessage, *, key: str) -> MassMessageSent:
        """Send or schedule one mass message. After Unclear only a look at the list says what happened."""
        way = self._caller.road("send_mass")
        v1 = way.surface is ApiSurface.V1
        body = given(
            text=mass.text,
            mediaUuids=list(mass.media) or None,
            mediaPreviewUuid=mass.preview if v1 else None,
            price=mass.price,
            scheduledAt=None if mass.scheduled_at is None else iso_of(mass.scheduled_at),
            includedLists=_lists(mass.to, way),
            excludedLists=None if mass.excluding is None else _lists(mass.excluding, way),
        )
        said = await self._caller.call(way, body=body, key=key)
        # v1 was seen to call it `uuid`.
        return answer(MassMessageSent, {"id": said.get("uuid"), **said} if isinstance(said, dict) else said)

    def mass_messages(self) -> Pages[MassMessageRow]:
        """Mass messages with their counters, unsent and scheduled ones too."""
        return self._caller.pages("mass_messages", MassMessageRow)

    async def change_mass(self, message: str, change: MassMessageChange) -> None:
        """Change a scheduled mass message in what is named. After Unclear only the list says what holds."""
        body: dict[str, Any] = given(
            text=change.text,
            mediaUuids=None if change.media is None else list(change.media),
            price=change.price or None,
            scheduledAt=None if change.scheduled_at is None else iso_of(change.scheduled_at),
        )
        if change.price == FREE:
            body["price"] = None
        await self._caller.call(self._caller.road("change_mass"), parts={"messageUuid": message}, body=body)

    async def delete_mass(self, message: str) -> None:
        """Unsend a mass message; buyers keep it."""
        await self._caller.call(self._caller.road("delete_mass"), parts={"messageUuid": message})


def _lists(selection: ListSelection, way: OperationRoute) -> dict[str, list[str]]:
    smart = "smartListIds" if way.surface is ApiSurface.V1 else "smartListUuids"
    return given(**{smart: list(selection.smart) or None, way.list_field: list(selection.custom) or None})
