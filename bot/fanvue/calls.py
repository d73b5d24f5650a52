"""Makes one call for the groups of methods, and writes its parts."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from bot.fanvue.errors import RequestInvalid
from bot.fanvue.operations import OperationRoute
from bot.fanvue.paging import Pages, Query
from bot.fanvue.rows import FanvueRow

R = TypeVar("R", bound=FanvueRow)


class ApiCaller(Protocol):
    """One identity in one lane; `bot.fanvue.client.IdentityApi` is it."""

    def road(self, name: str) -> OperationRoute:
        """Find an operation's route here. Raises NotOffered."""

    def pages(
        self,
        name: str,
        model: type[R],
        *,
        parts: Mapping[str, str] | None = None,
        filters: Query = (),
        begin: Query | None = None,
    ) -> Pages[R]:
        """Every page of a list, or those behind an earlier page whose `next` is `begin`."""

    async def call(
        self,
        way: OperationRoute,
        *,
        parts: Mapping[str, str] | None = None,
        query: Query = (),
        body: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> Any:
        """One request; its answer as JSON, or None where there is no content."""


def path_of(template: str, parts: Mapping[str, str]) -> str:
    """The path with its parts filled in. Raises Invalid for a part that would lead elsewhere."""
    filled: dict[str, str] = {}
    for name, part in parts.items():
        if part.strip(".") == "":
            raise RequestInvalid("an id is empty or a path of its own")
        filled[name] = quote(part, safe="")
    return template.format_map(filled)


def given(**fields: Any) -> dict[str, Any]:
    """The fields that are there: Fanvue is never sent a null that means nothing."""
    return {name: value for name, value in fields.items() if value is not None}


def flat(**filters: str | Sequence[str] | None) -> list[tuple[str, str]]:
    """Build a query: absent values are left out, several values repeat the name."""
    pairs: list[tuple[str, str]] = []
    for name, value in filters.items():
        if value is not None:
            pairs += [(name, value)] if isinstance(value, str) else [(name, item) for item in value]
    return pairs


def joined(items: Sequence[str]) -> str | None:
    """Several values as one parameter, None for none."""
    return ",".join(items) or None
