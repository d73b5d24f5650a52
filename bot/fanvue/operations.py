"""The table of operations: surface, path, scopes, creator twin, paging style.

One row per operation that the product uses. `tests/fanvue/test_operations.py` compares every row
with the contract. A road is one row on one surface: all that a request needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

from bot.fanvue.errors import OperationNotOffered

NO_TWIN = "none"
# How a mass message may name a creator's own lists: as the contract says, and as other fields are called.
LIST_FIELDS = ("customListUuids", "customListIds")


class ApiSurface(Enum):
    """The two generations of Fanvue's API that are served side by side."""

    V1 = "v1"
    UNVERSIONED = "unversioned"


class PagingStyle(Enum):
    """A way of paging a list (contract README, section 6)."""

    NONE = "one answer"
    ARRAY = "one bare array"
    PAGE = "page and size"
    CURSOR = "cursor and size"
    LIMIT = "cursor and limit"
    WINDOW = "limit, sentBefore and receivedBefore"
    AS_TOLD = "size, then as the first answer says"


@dataclass(frozen=True)
class ApiOperation:
    """One row; a surface that is None does not have the operation.

    A twin lives under `/creators/{creatorUserUuid}`, always unversioned, and needs `twin_scopes` as well.
    `bucket` names an operation that Fanvue limits on its own; `filters_once` means that later pages
    carry the cursor alone (v1 posts), and `plain` that the answer is bare text.
    """

    method: str
    path: str
    scopes: frozenset[str]
    v1: PagingStyle | None
    unversioned: PagingStyle | None
    twin: str = NO_TWIN
    twin_scopes: frozenset[str] = frozenset()
    bucket: str = ""
    filters_once: bool = False
    plain: bool = False


@dataclass(frozen=True)
class OperationRoute:
    """One operation on one surface, ready to be called."""

    name: str
    method: str
    path: str
    surface: ApiSurface
    paging: PagingStyle
    scopes: frozenset[str] = field(default_factory=frozenset)
    bucket: str = ""
    filters_once: bool = False
    plain: bool = False
    list_field: str = LIST_FIELDS[0]  # of a mass message, as far as a live check has proven it
    guessed: bool = False  # nobody has seen it: where it is not there, the operation is


_MANAGED = "/creators/{creatorUserUuid}"
_READS = frozenset({"read:creator"})
_WRITES = frozenset({"write:creator"})


def _row(
    line: str,
    scopes: str,
    v1: PagingStyle | None,
    unversioned: PagingStyle | None,
    twin: frozenset[str] | None = None,
    **more: str | bool,
) -> ApiOperation:
    method, path = line.split()
    return ApiOperation(
        method,
        path,
        frozenset(scopes.split()),
        v1,
        unversioned,
        twin=_MANAGED + path.replace("/users/account", "/account") if twin is not None else NO_TWIN,
        twin_scopes=twin or frozenset(),
        bucket=str(more.get("bucket", "")),
        filters_once=bool(more.get("filters_once", False)),
        plain=bool(more.get("plain", False)),
    )


_LIMIT = PagingStyle.LIMIT
_ONE, _ARRAY, _PAGE, _CURSOR, _WINDOW = (
    PagingStyle.NONE,
    PagingStyle.ARRAY,
    PagingStyle.PAGE,
    PagingStyle.CURSOR,
    PagingStyle.WINDOW,
)

OPERATIONS: Mapping[str, ApiOperation] = MappingProxyType(
    {
        # who this is
        "me": _row("GET /users/me", "read:self", _ONE, _ONE),
        "account": _row("GET /users/account", "read:self", _ONE, _ONE, _READS),
        "creators": _row("GET /creators", "read:creator", None, _PAGE),
        # chats and messages
        "chats": _row("GET /chats", "read:chat", _CURSOR, _PAGE, _READS),
        "open_chat": _row("POST /chats", "write:chat", _ONE, _ONE, _READS),
        "chat": _row("GET /chats/{userUuid}", "read:chat", _ONE, None),
        "change_chat": _row("PATCH /chats/{userUuid}", "write:chat", _ONE, _ONE, _READS),
        "messages": _row("GET /chats/{userUuid}/messages", "read:chat", _WINDOW, _PAGE, _READS),
        "message": _row("GET /chats/{userUuid}/messages/{messageUuid}", "read:chat", _ONE, None),
        "message_media": _row(
            "GET /chats/{userUuid}/messages/{messageUuid}/media", "read:chat", _ONE, _ONE, _READS
        ),
        "send": _row("POST /chats/{userUuid}/message", "write:chat", _ONE, _ONE, _READS),
        "delete_message": _row("DELETE /chats/{userUuid}/messages/{messageUuid}", "write:chat", None, _ONE),
        "messages_batch": _row("POST /chats/messages/batch", "read:chat", None, _ONE),
        "statuses": _row("POST /chats/statuses", "read:chat", _ONE, _ONE, bucket="statuses"),
        # audiences
        "smart_lists": _row("GET /chats/lists/smart", "read:chat read:fan", _ARRAY, _ARRAY, _READS),
        "custom_lists": _row("GET /chats/lists/custom", "read:chat read:fan", _CURSOR, _PAGE, _READS),
        "smart_list": _row("GET /chats/lists/smart/{uuid}", "read:chat read:fan", _CURSOR, _PAGE, _READS),
        "custom_list": _row("GET /chats/lists/custom/{uuid}", "read:chat read:fan", None, _PAGE, _READS),
        "create_list": _row("POST /chats/lists/custom", "write:chat", None, _ONE),
        "rename_list": _row("PATCH /chats/lists/custom/{uuid}", "write:chat", None, _ONE),
        "delete_list": _row("DELETE /chats/lists/custom/{uuid}", "write:chat", None, _ONE),
        "add_to_list": _row("POST /chats/lists/custom/{uuid}/members", "write:chat", None, _ONE),
        "take_off_list": _row(
            "DELETE /chats/lists/custom/{uuid}/members/{userUuid}", "write:chat", None, _ONE
        ),
        "send_mass": _row("POST /chats/mass-messages", "write:chat read:fan", _ONE, _ONE, _READS),
        "mass_messages": _row("GET /chats/mass-messages", "read:chat", None, _PAGE, _READS),
        "change_mass": _row("PATCH /chats/mass-messages/{messageUuid}", "write:chat", None, _ONE, _READS),
        "delete_mass": _row("DELETE /chats/mass-messages/{messageUuid}", "write:chat", None, _ONE, _READS),
        "subscribers": _row("GET /subscribers", "read:fan", _CURSOR, _PAGE, _READS),
        "followers": _row("GET /followers", "read:fan", _CURSOR, _PAGE, _READS),
        # posts and media
        "create_post": _row("POST /posts", "write:post", _ONE, _ONE, _WRITES),
        "posts": _row("GET /posts", "read:post", _CURSOR, _PAGE, _READS, filters_once=True),
        "post": _row("GET /posts/{uuid}", "read:post", _ONE, _ONE),
        "change_post": _row("PATCH /posts/{uuid}", "write:post", None, _ONE, _WRITES),
        "delete_post": _row("DELETE /posts/{uuid}", "write:post", None, _ONE, _WRITES),
        "pin_post": _row("POST /posts/{uuid}/pin", "write:post", None, _ONE, _WRITES),
        "unpin_post": _row("DELETE /posts/{uuid}/pin", "write:post", None, _ONE, _WRITES),
        "repost": _row("POST /posts/{uuid}/repost", "write:post", None, _ONE, _WRITES),
        "comments": _row("GET /posts/{uuid}/comments", "read:post", _CURSOR, _PAGE, _READS),
        "comment": _row("POST /posts/{uuid}/comments", "write:post", _ONE, _ONE, _WRITES),
        "collections": _row("GET /collections", "read:post", _CURSOR, _ONE),
        "media": _row("GET /media", "read:media", _CURSOR, _PAGE, _READS),
        "media_item": _row("GET /media/{uuid}", "read:media", _ONE, _ONE, _READS),
        "media_bulk": _row("GET /media/bulk", "read:media", _ONE, _ONE),
        "begin_upload": _row("POST /media/uploads", "write:media", _ONE, _ONE, _WRITES),
        "part_address": _row(
            "GET /media/uploads/{uploadId}/parts/{partNumber}/url",
            "write:media",
            _ONE,
            _ONE,
            _WRITES,
            plain=True,
        ),
        "finish_upload": _row("PATCH /media/uploads/{uploadId}", "write:media", _ONE, _ONE, _WRITES),
        "put_in_folder": _row("POST /vault/folders/{folderName}/media", "write:media", None, _ONE, _WRITES),
        "vault_folders": _row("GET /vault/folders", "read:media", None, _PAGE, _READS),
        # figures
        "fan_insights": _row("GET /insights/fans/{userUuid}", "read:insights read:fan", _ONE, _ONE),
        "fans_insights": _row("GET /insights/fans", "read:insights read:fan", _ONE, _ONE),
        "earnings": _row("GET /insights/earnings", "read:insights", _CURSOR, _CURSOR, _READS),
        "spending": _row("GET /insights/spending", "read:insights", None, _CURSOR),
        "earnings_summary": _row("GET /insights/earnings/summary", "read:insights", _ONE, _ONE, _READS),
        "top_spenders": _row("GET /insights/top-spenders", "read:insights read:fan", _CURSOR, _PAGE, _READS),
        "subscriber_trend": _row("GET /insights/subscribers", "read:insights", _CURSOR, _CURSOR, _READS),
        # tracking links
        "tracking_links": _row("GET /tracking-links", "read:tracking_links", _LIMIT, _LIMIT, _READS),
        "create_link": _row("POST /tracking-links", "write:tracking_links", None, _ONE, _WRITES),
        "delete_link": _row("DELETE /tracking-links/{uuid}", "write:tracking_links", None, _ONE, _WRITES),
        "link_users": _row("GET /tracking-links/{uuid}/users", "read:tracking_links", None, _LIMIT, _READS),
        # webhooks
        "subscriptions": _row("GET /webhooks/subscriptions", "read:self", _ONE, _ONE),
        "subscribe": _row("POST /webhooks/subscriptions", "read:self", _ONE, _ONE),
        "unsubscribe": _row("DELETE /webhooks/subscriptions/{id}", "read:self", _ONE, _ONE),
    }
)


def road(name: str, *, prefix: str, twin: bool = False, older: bool = True) -> OperationRoute:
    """The road to an operation: with a prefix v1 where the table has it, else unversioned.

    Not `older`: Fanvue has given the unversioned paths up, and what has only these is tried under /v1.
    Raises OperationNotOffered where there is none: nothing is sent then.
    """
    row = OPERATIONS[name]
    if not older and prefix and (twin or row.v1 is None):
        return _guessed(name, row, prefix.rstrip("/"), twin=twin)
    if twin:
        if row.twin == NO_TWIN or row.unversioned is None:
            raise OperationNotOffered(f"Fanvue has no {name} for a managed creator", managed=True)
        return _road(name, row, row.twin, ApiSurface.UNVERSIONED, row.unversioned)
    if prefix and row.v1 is not None:
        return _road(name, row, prefix.rstrip("/") + row.path, ApiSurface.V1, row.v1)
    if row.unversioned is not None:
        return _road(name, row, row.path, ApiSurface.UNVERSIONED, row.unversioned)
    raise OperationNotOffered(f"Fanvue has no {name} on the unversioned surface")


def _guessed(name: str, row: ApiOperation, prefix: str, *, twin: bool) -> OperationRoute:
    """The same path under /v1, where /v1 is said to have them all; its lists may go on in either way."""
    if twin and row.twin == NO_TWIN:
        raise OperationNotOffered(f"Fanvue has no {name} for a managed creator", managed=True)
    paging = row.v1 or row.unversioned
    assert paging is not None
    paging = PagingStyle.AS_TOLD if row.v1 is None and paging is PagingStyle.PAGE else paging
    way = _road(name, row, row.twin if twin else row.path, ApiSurface.V1, paging)
    return replace(way, path=prefix + way.path, guessed=True)


def _road(
    name: str, row: ApiOperation, path: str, surface: ApiSurface, paging: PagingStyle
) -> OperationRoute:
    scopes = row.scopes | row.twin_scopes if path == row.twin else row.scopes
    once = row.filters_once and surface is ApiSurface.V1
    return OperationRoute(name, row.method, path, surface, paging, scopes, row.bucket, once, row.plain)
