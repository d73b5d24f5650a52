"""The answering generation of Fanvue's API, and the losses without one.

A 404 may mean that an object is missing, that the whole generation of the path is gone, or that Fanvue has a
hiccup. Asking both without a sign-in tells which (401 is there, 404 is not), and costs nobody's limit.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.fanvue.errors import FanvueError, OperationNotOffered, RequestInvalid, RequestNotSent
from bot.fanvue.operations import OPERATIONS, ApiSurface, OperationRoute

log = logging.getLogger(__name__)

V1 = "/v1"
ME = "/users/me"
Asks = Callable[[str], Awaitable[int]]
"""The status of a GET of this path without a sign-in. Raises RequestNotSent or Unclear."""

_NO_SUCH_ADDRESS, _TOO_MANY, _TROUBLE = 404, 429, 500  # HTTP statuses
_STAND_IN_FOR_ID: Final = re.compile(r"\{\w+\}")
_NOBODY: Final = "00000000-0000-4000-8000-000000000000"
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


def lost_names() -> Collection[str]:
    """The operations without a known road on v1."""
    return [name for name, row in OPERATIONS.items() if row.v1 is None]


def lost(there: Collection[str] = ()) -> tuple[str, ...]:
    """List what does not work where only v1 is there, each once; `there`: operations found there."""
    names = [name for name in lost_names() if name not in there]
    return tuple(dict.fromkeys(words for name in names if (words := _LOST[name])))


async def guessed_reads(asks: Asks) -> Mapping[str, bool] | None:
    """Reads without a known road on v1, and whether their path is there; None: nobody can tell."""
    found: dict[str, bool] = {}
    for name in lost_names():
        row = OPERATIONS[name]
        if row.method == "GET":
            gone = await _is_missing(asks, V1 + _STAND_IN_FOR_ID.sub(_NOBODY, row.path))
            if gone is None:
                return None
            found[name] = not gone
    return found


def has_road(name: str, surface: ApiSurface) -> bool:
    """Whether an operation has a road on this surface."""
    row = OPERATIONS[name]
    return (row.v1 if surface is ApiSurface.V1 else row.unversioned) is not None


async def is_gone(asks: Asks, surface: ApiSurface) -> bool | None:
    """Whether this generation is not there; None: Fanvue could not be asked."""
    return await _is_missing(asks, (V1 if surface is ApiSurface.V1 else "") + ME)


async def _is_missing(asks: Asks, path: str) -> bool | None:
    try:
        status = await asks(path)
    except FanvueError:
        return None
    return None if status == _TOO_MANY or status >= _TROUBLE else status == _NO_SUCH_ADDRESS


@dataclass(frozen=True)
class NotFoundMeaning:
    """What a 404 means. None: what was true before stays true."""

    error: FanvueError
    prefix: str | None = None  # to use from now on
    older: bool | None = None  # whether the unversioned paths are there


_UNKNOWN: Final = NotFoundMeaning(RequestNotSent(_NOBODY_CAN_TELL))


async def after_not_found(asks: Asks, way: OperationRoute, path: str, error: FanvueError) -> NotFoundMeaning:
    """Find the meaning of a 404, or of a refusal on a guessed road; `path`: the one that answered it.

    Where nobody can tell it is no answer about the object: a chat would seem to be deleted, and a message
    that is looked for in it to be sent never.
    """
    gone = await is_gone(asks, way.surface)
    if gone is None:
        return _UNKNOWN
    if not gone:
        return await _after_guess(asks, way, path, error) if way.guessed else NotFoundMeaning(error)
    other = ApiSurface.UNVERSIONED if way.surface is ApiSurface.V1 else ApiSurface.V1
    nowhere = other is ApiSurface.UNVERSIONED and not has_road(way.name, other)
    lost_too = True if nowhere else await is_gone(asks, other)
    if lost_too is None:
        return _UNKNOWN
    if lost_too:
        return _given_up(way)
    log.warning("Fanvue has given its %s addresses up; the others are used from now on", way.surface.value)
    moved = RequestNotSent("Fanvue has moved this to another address")
    v1 = other is ApiSurface.V1
    return NotFoundMeaning(moved, V1 if v1 else "", older=not v1)


async def _after_guess(asks: Asks, way: OperationRoute, path: str, error: FanvueError) -> NotFoundMeaning:
    """A path that nobody has seen: it is not there, or what it names is not.

    A read that is refused met another operation's path: `/chats/mass-messages` is a chat on v1.
    """
    if isinstance(error, RequestInvalid):
        missing: bool | None = way.method == "GET"
    else:
        missing = await _is_missing(asks, path)
    if missing is None:
        return _UNKNOWN
    if not missing:
        return NotFoundMeaning(error)
    still_gone = await is_gone(asks, ApiSurface.UNVERSIONED)
    if still_gone is None:
        return _UNKNOWN
    if still_gone:
        return _given_up(way)
    log.warning("Fanvue's unversioned addresses are back, and are used again")
    return NotFoundMeaning(RequestNotSent("Fanvue has moved this to another address"), older=True)


def _given_up(way: OperationRoute) -> NotFoundMeaning:
    managed = "{creatorUserUuid}" in way.path
    return NotFoundMeaning(
        OperationNotOffered(f"Fanvue has given up the address of {way.name}", managed=managed)
    )
