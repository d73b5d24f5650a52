"""The paging styles of lists: numbered pages, and opaque cursors."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, refuse
from bot.sandbox.fanvue.shapes import RequestField, Shape

PAGE: Shape = {"page": RequestField("integer", low=1), "size": RequestField("integer", low=1, high=50)}
CURSOR: Shape = {"cursor": RequestField(), "size": RequestField("integer", low=1, high=50)}
CURSOR_LIMIT: Shape = {"cursor": RequestField(), "limit": RequestField("integer", low=1, high=50)}

_PAGE_SIZE = 15
_CURSOR_SIZE = 20

# A row with the key that it is ordered by; keys are unique and descending.
Row = tuple[tuple[str | int, ...], Any]
View = Callable[[Any], Any]


def paged(call: ApiCall, rows: Iterable[Row], view: View, *, total: bool = False) -> ApiAnswer:
    """One page of these rows in the style of the operation; `total` only where v1 has it."""
    ordered = sorted(rows, key=lambda row: row[0], reverse=True)
    if "cursor" in call.accepts:
        return _cursor_page(call, ordered, view, total=total and call.v1)
    return _numbered_page(call, ordered, view)


def filters(call: ApiCall) -> Mapping[str, Any]:
    """The query of this page: the values a cursor remembers, then those given now."""
    if "cursor" not in call.query:
        return call.query
    _, remembered = _read(call.query["cursor"])
    return remembered | dict(call.query)


def _numbered_page(call: ApiCall, ordered: list[Row], view: View) -> ApiAnswer:
    page, size = call.query.get("page", 1), call.query.get("size", _PAGE_SIZE)
    start = (page - 1) * size
    shown = ordered[start : start + size]
    pagination = {"page": page, "size": len(shown), "hasMore": len(ordered) > start + size}
    return ApiAnswer(200, {"data": [view(row) for _, row in shown], "pagination": pagination})


def _cursor_page(call: ApiCall, ordered: list[Row], view: View, *, total: bool) -> ApiAnswer:
    query = filters(call)
    size = query.get("size", query.get("limit", _CURSOR_SIZE))
    rest = ordered
    if "cursor" in call.query:
        after, _ = _read(call.query["cursor"])
        rest = [row for row in ordered if row[0] < after]
    shown = rest[:size]
    more = len(rest) > size
    kept = {name: value for name, value in query.items() if name != "cursor"}
    body = {
        "data": [view(row) for _, row in shown],
        "nextCursor": _write(shown[-1][0], kept) if more else None,
    }
    return ApiAnswer(200, body | ({"total": len(ordered)} if total else {}))


def _write(key: tuple[str | int, ...], query: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps([key, query]).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[tuple[str | int, ...], dict[str, Any]]:
    try:
        key, query = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(key), dict(query)
    except (binascii.Error, ValueError, TypeError):
        refuse(400, "Invalid cursor")
