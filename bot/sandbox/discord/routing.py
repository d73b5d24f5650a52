"""One API request and the table that says who answers it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.discord.drafts import MultipartUpload
from bot.sandbox.discord.errors import DiscordApiError, wrong
from bot.sandbox.discord.model import StandInApplication, StandInUser


@dataclass(slots=True)
class RestCall:
    """A request, read and signed in; handlers need nothing of HTTP."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any = None
    uploads: list[MultipartUpload] = field(default_factory=list)
    params: dict[str, str] = field(default_factory=dict)
    application: StandInApplication | None = None
    person: StandInUser | None = None

    @property
    def bot(self) -> StandInApplication:
        """The application whose bot token signed the request."""
        if self.application is None:
            raise DiscordApiError(0)
        return self.application

    def id(self, name: str) -> int:
        """A snowflake of the path."""
        value = self.params[name]
        if not value.isdecimal():
            raise wrong(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
        return int(value)

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A number of the query, within bounds."""
        value = self.query.get(name)
        if value is None:
            return default
        if not value.isdecimal() or not low <= int(value) <= high:
            raise wrong(name, "NUMBER_TYPE_MAX", f"int value should be between {low} and {high}.")
        return int(value)


@dataclass(frozen=True, slots=True)
class RestReply:
    """An answer: status and JSON, or no body at all."""

    status: int
    body: Any = None


Handler = Callable[[RestCall], RestReply]


@dataclass(frozen=True, slots=True)
class RestRoute:
    """One operation: `limit` requests in `per` seconds for one major parameter; open ones need no token."""

    method: str
    template: str
    handler: Handler
    limit: int = 30
    per: float = 10.0
    open: bool = False
    no_global_limit: bool = False

    def pattern(self) -> re.Pattern[str]:
        """The template as a regular expression with named parts."""
        return re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template) + "$")


class RestRouter:
    """Finds the route of a request."""

    def __init__(self, routes: list[RestRoute]) -> None:
        """Earlier routes win, so fixed paths stand before those with parts."""
        self._routes = [(route, route.pattern()) for route in routes]

    def find(self, method: str, path: str) -> tuple[RestRoute, dict[str, str]] | None:
        """The route and the parts of the path."""
        for route, pattern in self._routes:
            match = pattern.match(path) if route.method == method else None
            if match:
                return route, match.groupdict()
        return None

    def knows(self, path: str) -> bool:
        """Whether another method would be answered here."""
        return any(pattern.match(path) for _, pattern in self._routes)
