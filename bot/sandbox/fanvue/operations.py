"""The operations of the public API, and which one a request means; all else: 404."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from bot.sandbox.fanvue.catalogue import TABLE

CREATOR_PREFIX = "/creators/{creatorUserUuid}"


@dataclass(frozen=True)
class CatalogueOperation:
    """One line of the table."""

    method: str
    path: str
    scopes: frozenset[str]

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def surface(self) -> str:
        return "v1" if self.path.startswith("/v1/") else "unversioned"

    @property
    def twin_of(self) -> str | None:
        """The self-scoped operation that this one repeats for a managed creator, if any."""
        if not self.path.startswith(CREATOR_PREFIX + "/"):
            return None
        rest = self.path.removeprefix(CREATOR_PREFIX)
        return f"{self.method} {'/users/account' if rest == '/account' else rest}"

    @cached_property
    def segments(self) -> tuple[str, ...]:
        return tuple(self.path.strip("/").split("/"))

    def match(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        """The path parameters when these segments are this path, else None."""
        if len(segments) != len(self.segments):
            return None
        params = {}
        for mine, given in zip(self.segments, segments, strict=True):
            if mine.startswith("{"):
                params[mine.strip("{}")] = given
            elif mine != given:
                return None
        return params


def _parse(table: str) -> tuple[CatalogueOperation, ...]:
    rows = (line.replace("@", CREATOR_PREFIX).split() for line in table.strip().splitlines())
    return tuple(CatalogueOperation(method, path, frozenset(scopes)) for method, path, *scopes in rows)


OPERATIONS = _parse(TABLE)


class OperationDirectory:
    """Finds the operation of a request; a literal segment beats a parameter."""

    def __init__(self, operations: Iterable[CatalogueOperation] = OPERATIONS) -> None:
        self._by_shape: dict[tuple[str, int], list[CatalogueOperation]] = {}
        for operation in operations:
            shape = (operation.method, len(operation.segments))
            self._by_shape.setdefault(shape, []).append(operation)
        for rows in self._by_shape.values():
            rows.sort(key=lambda row: [segment.startswith("{") for segment in row.segments])

    def find_under_v1(self, method: str, raw_path: str) -> tuple[CatalogueOperation, dict[str, str]] | None:
        """The same for a /v1 that has every unversioned path, and a twin of each of its own."""
        _, v1, *rest = raw_path.split("/")
        if rest[:1] == ["creators"] and len(rest) > 2:  # noqa: PLR2004 - the creator, and what is theirs
            own = self.find(method, "/".join(["", v1, *rest[2:]]))
            if own is not None:
                return own[0], {**own[1], "creatorUserUuid": unquote(rest[1])}
        return self.find(method, "/".join(["", *rest]))

    def find(self, method: str, raw_path: str) -> tuple[CatalogueOperation, dict[str, str]] | None:
        segments = tuple(unquote(segment) for segment in raw_path.lstrip("/").split("/"))
        for operation in self._by_shape.get((method, len(segments)), ()):
            params = operation.match(segments)
            if params is not None:
                return operation, params
        return None
