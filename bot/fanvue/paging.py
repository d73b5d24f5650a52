"""Walks the ways in which Fanvue's lists go on, as async iterators of pages."""

import hashlib
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from bot.fanvue.errors import RequestUnclear
from bot.fanvue.operations import PagingStyle
from bot.fanvue.rows import FanvueRow, FanvueRowError, read
from bot.fanvue.values import millis_of
from storage.records import Millis

R = TypeVar("R", bound=FanvueRow)
Query = Sequence[tuple[str, str]]
Fetch = Callable[[Query], Awaitable[Any]]

LARGEST_PAGE = 50
_TIMES = ("createdAt", "sentAt", "publishedAt")  # what is not older than these is not older than the row


@dataclass(frozen=True)
class SkippedRow:
    """A row that could not be read: its id as far as it has one, and why."""

    id: str | None
    reason: str
    mark: str = field(default="", compare=False)  # the same whenever the same row is met
    at: Millis | None = field(default=None, compare=False)  # when it came about, if that can be read


@dataclass(frozen=True)
class ApiPage(Generic[R]):
    """One answer of a list. A row that cannot be read costs that row and nothing else (B4)."""

    rows: tuple[R, ...]
    skipped: tuple[SkippedRow, ...] = ()
    total: int | None = None
    next: Query | None = None  # how the list goes on behind this page; None at its end

    @property
    def whole(self) -> bool:
        """Whether nothing follows it, and every row of it could be read."""
        return self.next is None and not self.skipped


Pages = AsyncGenerator[ApiPage[R], None]
"""Close it when you stop early: `async with aclosing(pages)`; or take `first_of`, `as_one_page`."""


async def walk(
    fetch: Fetch,
    paging: PagingStyle,
    model: type[R],
    *,
    filters: Query = (),
    size: int = LARGEST_PAGE,
    once: bool,
    begin: Query | None = None,
) -> Pages[R]:
    """Every page, in Fanvue's order; `once` sends the filters with the first page only.

    It ends when Fanvue says so, and with Unclear when Fanvue sends it in a circle. With `begin`, the
    `next` of an earlier page under the same filters, it goes on behind that page.
    """
    seen: set[str] = set()
    step: Query | None = _first(paging, size) if begin is None else begin
    kept: Query = () if once and begin is not None else filters
    while step is not None:
        body = await fetch([*kept, *step])
        following = _next(paging, body, size)
        if following is not None:
            mark = repr(following)
            if mark in seen:
                raise RequestUnclear("Fanvue's list leads in a circle")
            seen.add(mark)
        if once and following is not None:
            kept, following = (), [item for item in following if item[0] == "cursor"]
        yield page_of(model, rows_of(body), total=_total(body), following=following)
        step = following


async def first_of(pages: Pages[R]) -> ApiPage[R]:
    """The first page, with one request."""
    async with aclosing(pages):
        async for page in pages:
            return page
    return ApiPage(())


async def as_one_page(
    pages: Pages[R], *, most_pages: int | None = None, most_rows: int | None = None
) -> ApiPage[R]:
    """The pages of a list as one: all of them, or as many as make so many pages or rows.

    Its `next` says how the list goes on behind them.
    """
    rows: list[R] = []
    skipped: list[SkippedRow] = []
    read, following = 0, None
    async with aclosing(pages):
        async for page in pages:
            rows += page.rows
            skipped += page.skipped
            read, following = read + 1, page.next
            if read == most_pages or (most_rows is not None and len(rows) >= most_rows):
                break
    return ApiPage(tuple(rows), tuple(skipped), next=following)


def page_of(
    model: type[R], rows: Sequence[Any], *, total: int | None = None, following: Query | None = None
) -> ApiPage[R]:
    """Those rows that can be read, and the reasons for the others."""
    good: list[R] = []
    skipped: list[SkippedRow] = []
    for row in rows:
        try:
            good.append(read(model, row))
        except FanvueRowError as error:
            skipped.append(SkippedRow(_id_of(row), str(error), _mark_of(row), _at_of(row)))
    return ApiPage(tuple(good), tuple(skipped), total, following)


def may_be_from(skipped: Iterable[SkippedRow], since: Millis) -> list[SkippedRow]:
    """Return the rows that are not surely older: the wanted one may be among them."""
    return [one for one in skipped if one.at is None or one.at >= since]


def rows_of(body: Any) -> Sequence[Any]:
    """The rows of an answer: under `data`, or a bare array. Raises Unclear for anything else."""
    rows = body.get("data") if isinstance(body, dict) else body
    if not isinstance(rows, list):
        raise RequestUnclear("Fanvue's list was not readable")
    return rows


def _first(paging: PagingStyle, size: int) -> Query:
    match paging:
        case PagingStyle.PAGE:
            return [("page", "1"), ("size", str(size))]
        case PagingStyle.CURSOR | PagingStyle.AS_TOLD:
            return [("size", str(size))]
        case PagingStyle.WINDOW | PagingStyle.LIMIT:
            return [("limit", str(size))]
        case _:
            return []


def _next(paging: PagingStyle, body: Any, size: int) -> Query | None:
    if not isinstance(body, dict):
        return None
    match paging:
        case PagingStyle.PAGE:
            return _next_page(body, size)
        case PagingStyle.AS_TOLD:
            return _next(PagingStyle.CURSOR, body, size) or _next_page(body, size)
        case PagingStyle.CURSOR | PagingStyle.LIMIT:
            cursor, name = body.get("nextCursor"), "size" if paging is PagingStyle.CURSOR else "limit"
            return [(name, str(size)), ("cursor", str(cursor))] if cursor else None
        case PagingStyle.WINDOW:
            return _next_window(body, size)
        case _:
            return None


def _next_page(body: dict[str, Any], size: int) -> Query | None:
    pagination = body.get("pagination")
    # `size` in the answer is the number of rows, not what was asked for; behind an empty page is nothing.
    if not isinstance(pagination, dict) or not pagination.get("hasMore") or not rows_of(body):
        return None
    number = pagination.get("page")
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise RequestUnclear("Fanvue's list does not say which page it is")
    return [("page", str(int(number) + 1)), ("size", str(size))]


def _next_window(body: dict[str, Any], size: int) -> Query | None:
    window = body.get("dateFilter")
    if not isinstance(window, dict):
        return None
    bounds = [(name, str(window[name])) for name in ("sentBefore", "receivedBefore") if window.get(name)]
    return [("limit", str(size)), *bounds] if bounds else None


def _total(body: Any) -> int | None:
    total = body.get("total") if isinstance(body, dict) else None
    return total if isinstance(total, int) and not isinstance(total, bool) else None


def _id_of(row: Any) -> str | None:
    found = row.get("uuid") or row.get("id") if isinstance(row, dict) else None
    return found[:64] if isinstance(found, str) else None


def _at_of(row: Any) -> Millis | None:
    for name in _TIMES if isinstance(row, dict) else ():
        with suppress(ValueError):
            if (at := millis_of(row.get(name))) is not None:
                return at
    return None


def _mark_of(row: Any) -> str:
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
