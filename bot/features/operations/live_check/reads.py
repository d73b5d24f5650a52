"""The reads of a live check: one for each GET that the bridge makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from bot.fanvue.figures import (
    CollectionRow,
    CommentRow,
    EarningsSummary,
    FanInsights,
    FanvueEarningRow,
    FolderRow,
    MediaRow,
    PostRow,
    SubscriberRow,
    TopSpender,
    TrendPoint,
    WebhookSubscription,
)
from bot.fanvue.models import (
    AccountRow,
    ChatRow,
    CreatorRow,
    CustomListRow,
    ListMember,
    MassMessageRow,
    MessageRow,
    OwnProfile,
    SmartList,
    UserRow,
)
from bot.fanvue.operations import PagingStyle
from bot.fanvue.rows import FanvueRow
from bot.fanvue.tracking_api import TrackingRow

# A list is looked at by its first row, but for those whose order or ids are a question.
_FEW: Final = 1
_UNREAD: Final = ("markAsRead", "false")


class RowPlace(Enum):
    """Where the rows of an answer are."""

    WHOLE = "the answer is the row"
    LISTED = "under data, or a bare array"
    BY_ID = "under results, by their ids"


@dataclass(frozen=True)
class LiveRead:
    """One read. `path` and `asks` name the thing that stands in for each part of the path or the query.

    `learns`: a thing that its first row names, and the way to it in the row. `relies`: fields that some
    row must have, or the bridge does less.
    """

    name: str  # in OPERATIONS
    model: type[FanvueRow]
    place: RowPlace = RowPlace.LISTED
    path: Mapping[str, str] = field(default_factory=dict)
    asks: Mapping[str, str] = field(default_factory=dict)
    query: Sequence[tuple[str, str]] = ()
    learns: Mapping[str, Sequence[str]] = field(default_factory=dict)  # a list on the way: its first one
    most: int = _FEW
    relies: Sequence[str] = ()

    def needs(self) -> frozenset[str]:
        """The things without which there is nothing to ask about."""
        return frozenset([*self.path.values(), *self.asks.values()])

    def first(self, paging: PagingStyle) -> Sequence[tuple[str, str]]:
        """The query for its first page."""
        match paging:
            case PagingStyle.PAGE:
                return [*self.query, ("page", "1"), ("size", str(self.most))]
            case PagingStyle.CURSOR:
                return [*self.query, ("size", str(self.most))]
            case PagingStyle.LIMIT | PagingStyle.WINDOW:
                return [*self.query, ("limit", str(self.most))]
            case _:
                return self.query


_ONE, _BY_ID = RowPlace.WHOLE, RowPlace.BY_ID
_FAN, _ITEM = {"userUuid": "fan"}, {"uuid": "item"}
_MESSAGE = {**_FAN, "messageUuid": "message"}
_UUID: Final = ("uuid",)
_SAID: Final = ("sentAt", "sender")

# In this order: what a read needs, an earlier one has learned.
READS: Final[Sequence[LiveRead]] = (
    LiveRead("me", OwnProfile, _ONE),
    LiveRead("account", AccountRow, _ONE),
    LiveRead("creators", CreatorRow),
    LiveRead("chats", ChatRow, learns={"fan": ("user", "uuid")}, relies=("lastMessageAt",)),
    LiveRead("chat", ChatRow, _ONE, path=_FAN),
    LiveRead(
        "messages",
        MessageRow,
        path=_FAN,
        query=[_UNREAD],
        learns={"message": _UUID, "file": ("mediaUuids",)},
        relies=_SAID,
    ),
    LiveRead("message", MessageRow, _ONE, path=_MESSAGE, relies=_SAID),
    LiveRead("message_media", MediaRow, _BY_ID, path=_MESSAGE, asks={"mediaUuids": "file"}),
    LiveRead("smart_lists", SmartList, learns={"smart list": _UUID}),
    LiveRead("smart_list", ListMember, path={"uuid": "smart list"}),
    LiveRead("custom_lists", CustomListRow, learns={"list of its own": _UUID}),
    LiveRead("custom_list", ListMember, path={"uuid": "list of its own"}),
    LiveRead("mass_messages", MassMessageRow),
    LiveRead("subscribers", SubscriberRow),
    LiveRead("followers", UserRow),
    LiveRead("posts", PostRow, query=[("includeUnpublished", "true")], learns={"post": _UUID}, most=20),
    LiveRead("post", PostRow, _ONE, path={"uuid": "post"}),
    LiveRead("comments", CommentRow, path={"uuid": "post"}),
    LiveRead("collections", CollectionRow),
    LiveRead("media", MediaRow, query=[("variants", "thumbnail")], learns={"item": _UUID}, most=5),
    LiveRead("media_item", MediaRow, _ONE, path=_ITEM, query=[("variants", "thumbnail")]),
    LiveRead("media_bulk", MediaRow, _BY_ID, asks={"mediaUuids": "item"}),
    LiveRead("vault_folders", FolderRow),
    LiveRead("fan_insights", FanInsights, _ONE, path=_FAN),
    LiveRead("fans_insights", FanInsights, _BY_ID, asks={"fanUuids": "fan"}),
    LiveRead("earnings", FanvueEarningRow, most=20, relies=("transactionOrderId", "source", "user")),
    LiveRead("spending", FanvueEarningRow),
    LiveRead("earnings_summary", EarningsSummary, _ONE),
    LiveRead("top_spenders", TopSpender),
    LiveRead("subscriber_trend", TrendPoint),
    LiveRead("tracking_links", TrackingRow, learns={"tracking link": _UUID}),
    LiveRead("link_users", UserRow, path={"uuid": "tracking link"}),
    LiveRead("subscriptions", WebhookSubscription),
)
