"""Chats: list, open, show, change, count, statuses, typing."""

from collections.abc import Mapping

from bot.sandbox.fanvue import audience, chat_actions, views
from bot.sandbox.fanvue.calls import INVALID_USER, ApiAnswer, ApiCall, ApiRoute, CallRefusedError, refuse
from bot.sandbox.fanvue.events import iso, iso_or_none
from bot.sandbox.fanvue.paging import CURSOR, PAGE, Row, filters, paged
from bot.sandbox.fanvue.records import FanBond, ListId, UserId
from bot.sandbox.fanvue.shapes import RequestField, Shape

FILTERS: Shape = {
    "filter": RequestField(choices=(*audience.OPEN_FILTERS, *audience.CREATOR_FILTERS), many="repeat"),
    "smartListIds": RequestField(choices=audience.V0_SMART_LISTS, many="repeat"),
    "customListId": RequestField("uuid"),
    "search": RequestField(high=100),
    "sortBy": RequestField(choices=("most_recent_messages", "online_now", "most_unanswered_chats")),
}
_KEEPING = FILTERS.keys() - {"sortBy"}
_ALL_FILTERS = audience.OPEN_FILTERS | audience.CREATOR_FILTERS
_USERS: Shape = {"userUuids": RequestField("uuid", required=True, many="array", items=(1, 100))}
_CHANGE: Shape = {
    "isRead": RequestField("boolean"),
    "isMuted": RequestField("boolean"),
    "nickname": RequestField(),
}


def list_chats(call: ApiCall) -> ApiAnswer:
    query = filters(call)
    if not call.creator.is_creator and set(query.get("filter", ())) & set(audience.CREATOR_FILTERS):
        raise CallRefusedError(403, {"message": "This filter is for creators only"})
    chosen = [bond for bond in _open_chats(call) if _keeps(call, bond, query)]
    order = query.get("sortBy", "most_recent_messages")
    rows = [_row(bond, order) for bond in chosen]
    return paged(call, rows, lambda bond: views.chat(call.state, bond, v1=call.v1), total=True)


def open_chat(call: ApiCall) -> ApiAnswer:
    bond = call.state.bonds.get((call.creator.uuid, UserId(call.body["userUuid"])))
    if bond is None or not bond.contactable:
        refuse(400, INVALID_USER)
    chat_actions.open_chat(call.state, bond)
    return ApiAnswer(201, {"message": "Chat created"})


def show_chat(call: ApiCall) -> ApiAnswer:
    return ApiAnswer(200, views.chat(call.state, call.chat(), v1=call.v1))


def change_chat(call: ApiCall) -> ApiAnswer:
    bond = call.chat(missing=404 if call.v1 or "creatorUserUuid" in call.params else 400)
    if call.body.get("isRead") is True:
        chat_actions.creator_reads(call.state, bond)
    elif call.body.get("isRead") is False:
        bond.marked_unread = True
    if "isMuted" in call.body:
        chat_actions.change_mute(call.state, bond, muted=call.body["isMuted"])
    if "nickname" in call.body:
        bond.nickname = call.body["nickname"] or None
    return ApiAnswer(204)


def unread(call: ApiCall) -> ApiAnswer:
    counts = [bond.unread for bond in _open_chats(call)]
    kinds = ("newFollower", "newPostComment", "newPostLike", "newPurchase", "newSubscriber", "newTip")
    body = {
        "unreadChatsCount": sum(1 for count in counts if count),
        "unreadMessagesCount": sum(counts),
        "unreadNotifications": dict.fromkeys((*kinds, "newPromotion"), 0),
    }
    return ApiAnswer(200, body)


def statuses(call: ApiCall) -> ApiAnswer:
    """Everyone who was asked for; strangers read as offline with no last-seen time."""
    body = {}
    for uuid in call.body["userUuids"]:
        bond = call.state.bonds.get((call.creator.uuid, UserId(uuid)))
        body[uuid] = {
            "isOnline": bond is not None and bond.fan.online,
            "lastSeenAt": None if bond is None else iso_or_none(bond.fan.last_seen_at),
        }
    return ApiAnswer(200, body)


def typing(call: ApiCall) -> ApiAnswer:
    bond = call.chat(missing=404 if call.v1 else 400)
    call.state.ledger.record("typing", creator=call.creator.uuid, fan=bond.fan.uuid)
    return ApiAnswer(204)


def _open_chats(call: ApiCall) -> list[FanBond]:
    return [bond for bond in call.state.bonds_of(call.creator.uuid) if bond.chat_since is not None]


def _keeps(call: ApiCall, bond: FanBond, query: Mapping[str, object]) -> bool:
    """Every filter must hold; a chat is in when it is in any of the smart lists asked for."""
    if not query.keys() & _KEEPING:
        return True
    wanted = query.get("filter", ())
    assert isinstance(wanted, list | tuple)
    smart = query.get("smartListIds", ())
    assert isinstance(smart, list | tuple)
    if not all(_ALL_FILTERS[name](call.state, bond) for name in wanted):
        return False
    if smart and not any(audience.SMART_LISTS[name][1](call.state, bond) for name in smart):
        return False
    if "customListId" in query:
        custom = call.state.lists.get(ListId(str(query["customListId"])))
        if custom is None or custom.creator != call.creator.uuid or bond.fan.uuid not in custom.members:
            return False
    needle = str(query.get("search", "")).casefold()
    return needle in bond.fan.handle.casefold() or needle in bond.fan.display_name.casefold()


def _row(bond: FanBond, order: str) -> Row:
    visible = bond.visible
    last = visible[-1].sent_at if visible else bond.chat_since
    assert last is not None
    recent = (iso(last), bond.fan.uuid)
    if order == "online_now":
        return (int(bond.fan.online), *recent), bond
    if order == "most_unanswered_chats":
        return (bond.unread, *recent), bond
    return recent, bond


ROUTES: Mapping[str, ApiRoute] = {
    "GET /chats": ApiRoute(list_chats, query={**PAGE, **FILTERS}),
    "GET /v1/chats": ApiRoute(list_chats, query={**CURSOR, **FILTERS}),
    "POST /chats": ApiRoute(open_chat, body={"userUuid": RequestField("uuid", required=True)}),
    "POST /v1/chats": ApiRoute(open_chat, body={"userUuid": RequestField("uuid", required=True)}),
    "GET /v1/chats/{userUuid}": ApiRoute(show_chat),
    "PATCH /chats/{userUuid}": ApiRoute(change_chat, body=_CHANGE),
    "PATCH /v1/chats/{userUuid}": ApiRoute(change_chat, body=_CHANGE),
    "GET /chats/unread": ApiRoute(unread),
    "POST /chats/statuses": ApiRoute(statuses, body=_USERS),
    "POST /v1/chats/statuses": ApiRoute(statuses, body=_USERS),
    "POST /chats/{userUuid}/typing": ApiRoute(typing, body={"isTyping": RequestField("boolean")}),
    "POST /v1/chats/{userUuid}/typing": ApiRoute(typing, body={}),
}
