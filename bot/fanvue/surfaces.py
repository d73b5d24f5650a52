"""The answering generation of Fanvue's API, and the losses without one.

A 404 may mean that an object is missing, that the whole generation of the path is gone, or that Fanvue has a
hiccup. Asking both without a sign-in tells which (401 is there, 404 is not), and costs nobody's limit.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from bot.fanvue.errors import FanvueError, ObjectNotFound, OperationNotOffered, RequestNotSent
from bot.fanvue.operations import NO_TWIN, OPERATIONS, ApiSurface, OperationRoute

log = logging.getLogger(__name__)

V1 = "/v1"
ME = "/users/me"
Asks = Callable[[str], Awaitable[int]]
"""The status of a GET of this path without a sign-in. Raises RequestNotSent or Unclear."""

_NO_SUCH_ADDRESS, _TOO_MANY, _TROUBLE = 404, 429, 500  # HTTP statuses
_NOBODY_CAN_TELL = "Fanvue answered 404, and could not be asked whether this still is its address"
# What people miss without the unversioned paths; every operation without a road on v1 has its words.
_LOST: Mapping[str, str] = MappingProxyType(
    {
        "creators": "creators that someone manages",
        "delete_message": "taking replies back",
        "messages_batch": "",  # chats are read one by one then
        "custom_list": "who is on a list of your own",
        "create_list": "making and changing lists of fans",
        "rename_list": "making and changing lists of fans",
        "delete_list": "making and changing lists of fans",
        "add_to_list": "making and changing lists of fans",
        "take_off_list": "making and changing lists of fans",
        "mass_messages": "the list of mass messages, and exceptions under /mass",
        "change_mass": "changing and recalling mass messages",
        "delete_mass": "changing and recalling mass messages",
        "change_post": "changing, deleting, pinning and reposting posts",
        "delete_post": "changing, deleting, pinning and reposting posts",
        "pin_post": "changing, deleting, pinning and reposting posts",
        "unpin_post": "changing, deleting, pinning and reposting posts",
        "repost": "changing, deleting, pinning and reposting posts",
        "put_in_folder": "folders of the vault",
        "vault_folders": "folders of the vault",
        "spending": "what each fan spent, as Fanvue lists it",
        "create_link": "making and removing tracking links, and who came by them",
        "delete_link": "making and removing tracking links, and who came by them",
        "link_users": "making and removing tracking links, and who came by them",
    }
)


def lost() -> tuple[str, ...]:
    """List what does not work where only v1 is there, each once."""
    names = [name for name, row in OPERATIONS.items() if row.v1 is None]
    return tuple(dict.fromkeys(words for name in names if (words := _LOST[name])))


def has_road(name: str, surface: ApiSurface) -> bool:
    """Whether an operation has a road on this surface."""
    row = OPERATIONS[name]
    return (row.v1 if surface is ApiSurface.V1 else row.unversioned) is not None


async def is_gone(asks: Asks, surface: ApiSurface) -> bool | None:
    """Whether this generation is not there; None: Fanvue could not be asked."""
    path = (V1 if surface is ApiSurface.V1 else "") + ME
    try:
        status = await asks(path)
    except FanvueError:
        return None
    return None if status == _TOO_MANY or status >= _TROUBLE else status == _NO_SUCH_ADDRESS


async def after_not_found(
    asks: Asks, way: OperationRoute, error: ObjectNotFound
) -> tuple[FanvueError, str | None]:
    """Return a 404's meaning, and the prefix to use from now on; None: the current one.

    Where nobody can tell it is no answer about the object: a chat would seem to be deleted, and a message
    that is looked for in it to be sent never.
    """
    gone = await is_gone(asks, way.surface)
    if gone is None:
        return RequestNotSent(_NOBODY_CAN_TELL), None
    if not gone:
        return error, None
    other = ApiSurface.UNVERSIONED if way.surface is ApiSurface.V1 else ApiSurface.V1
    managed = NO_TWIN != OPERATIONS[way.name].twin == way.path
    lost_too = True if managed or not has_road(way.name, other) else await is_gone(asks, other)
    if lost_too is None:
        return RequestNotSent(_NOBODY_CAN_TELL), None
    if lost_too:
        return OperationNotOffered(f"Fanvue has given up the address of {way.name}", managed=managed), None
    log.warning("Fanvue has given its %s addresses up; the others are used from now on", way.surface.value)
    return RequestNotSent("Fanvue has moved this to another address"), V1 if other is ApiSurface.V1 else ""
