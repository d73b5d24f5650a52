"""Which of Fanvue's two generations is asked, and what was found there."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from bot.fanvue.errors import FanvueError, OperationNotOffered, RequestNotSent
from bot.fanvue.operations import OPERATIONS, ApiSurface, OperationRoute, road
from bot.fanvue.surfaces import Asks, after_not_found
from storage.records import Millis

NAME: Final = "fanvue-addresses.json"  # in the state folder


@dataclass
class FanvueAddresses:
    """What a client knows. `prefix`: "/v1", or "" for the unversioned paths only.

    `older`: whether the unversioned paths are there; `guessed`: by operation, whether the path that was
    tried under /v1 without anybody having seen it is there; `changed` is told of every news.
    """

    prefix: str
    older: bool = True
    list_fields: Mapping[ApiSurface, str] = field(default_factory=dict)  # as a live check has proven
    guessed: dict[str, bool] = field(default_factory=dict)
    changed: Callable[[], None] = lambda: None

    def road(self, name: str, *, twin: bool) -> OperationRoute:
        """The road to an operation. Raises OperationNotOffered."""
        way = road(name, prefix=self.prefix, twin=twin, older=self.older)
        proven = self.list_fields.get(way.surface)
        return way if proven is None else replace(way, list_field=proven)

    def answered(self, way: OperationRoute) -> None:
        """An operation was carried out there."""
        if way.guessed:
            self._found(way.name, there=True)

    async def meant(self, asks: Asks, way: OperationRoute, path: str, error: FanvueError) -> FanvueError:
        """What a 404 means; where an address has moved, the others are used from now on."""
        found = await after_not_found(asks, way, path, error)
        before = self.prefix, self.older
        self.prefix = self.prefix if found.prefix is None else found.prefix
        self.older = self.older if found.older is None else found.older
        if way.guessed and not isinstance(found.error, RequestNotSent):
            self._found(way.name, there=not isinstance(found.error, OperationNotOffered))
        if before != (self.prefix, self.older):
            self.changed()
        return found.error

    def _found(self, name: str, *, there: bool) -> None:
        if self.guessed.get(name) is not there:
            self.guessed[name] = there
            self.changed()


@dataclass(frozen=True)
class KeptAddresses:
    """What a bridge found out, and when; by operation whether a guessed path is there, and since when.

    That /v1 was away is not kept: nothing but the next start would ask whether it is back.
    """

    at: Millis
    older: bool
    guessed: Mapping[str, tuple[bool, Millis]]


def read_addresses(folder: Path) -> KeptAddresses | None:
    """What was found out before; None where nothing was, or the file cannot be read."""
    try:
        told = json.loads((folder / NAME).read_text("utf-8"))
        guessed = {
            name: (bool(there), int(at))
            for name, (there, at) in told["guessed"].items()
            if name in OPERATIONS
        }
        return KeptAddresses(int(told["at"]), bool(told["older"]), guessed)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
