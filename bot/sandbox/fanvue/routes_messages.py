"""Messages of a chat: list, show, send, unsend, many chats at once."""

from collections.abc import Mapping
from datetime import datetime

from bot.sandbox.fanvue import chat_actions, views
from bot.sandbox.fanvue.calls import INVALID_USER, ApiAnswer, ApiCall, ApiRoute, Json, invalid, refuse
from bot.sandbox.fanvue.chat_actions import ChatWords
from bot.sandbox.fanvue.events import iso
from bot.sandbox.fanvue.paging import PAGE, paged
from bot.sandbox.fanvue.records import FanBond, MediaId, MessageId, MessageRecord, UserId
from bot.sandbox.fanvue.shapes import RequestField, Shape, parse_moment

_MARK = RequestField(choices=("true", "false"))
_WINDOW: Shape = {
    "limit": RequestField("integer", low=1, high=50),
    "markAsRead": _MARK,
    "sentBefore": RequestField("moment"),
    "receivedBefore": RequestField("moment"),
}
_DEFAULT_LIMIT = 20
_SEND: Shape = {
    "text": RequestField(null=True, low=1, high=5000),
    "mediaUuids": RequestField("uuid", many="array"),
    "price": RequestField("integer", null=True, low=300),
    "mediaPreviewUuid": RequestField("uuid", null=True),
}
# The shape of a GIF was never seen, so the stand-in knows none.
_SEND_V1: Shape = {**_SEND, "gif": RequestField("nothing", null=True)}
_SEND_V0: Shape = {**_SEND, "templateUuid": RequestField("uuid", null=True)}
_BATCH: Shape = {
    "chatUuids": RequestField("uuid", required=True, many="array", items=(1, 50)),
    "limit": RequestField("integer", low=1, high=50),
    "sinceMessageUuid": RequestField("uuid"),
}


def list_by_page(call: ApiCall) -> ApiAnswer:
    bond = call.chat()
    rows = [((iso(one.sent_at), one.uuid), one) for one in bond.listed]
    answer = paged(call, rows, lambda one: views.message(call.state, bond, one, v1=False))
    _mark(call, bond)
    return answer


def list_by_window(call: ApiCall) -> ApiAnswer:
    """Newest first: own messages before `sentBefore`, the fan's before `receivedBefore`."""
    bond = call.chat()
    older = [one for one in reversed(bond.listed) if one.sent_at < _bound(call, one)]
    limit = call.query.get("limit", _DEFAULT_LIMIT)
    shown = older[:limit]
    window = None
    if len(older) > limit:
        window = {
            "sentBefore": _oldest(shown, from_fan=False),
            "receivedBefore": _oldest(shown, from_fan=True),
        }
    data = [views.message(call.state, bond, one, v1=True) for one in shown]
    _mark(call, bond)
    return ApiAnswer(200, {"data": data, "dateFilter": window})


def show(call: ApiCall) -> ApiAnswer:
    bond = call.chat()
    return ApiAnswer(200, views.message(call.state, bond, find(call, bond), v1=True))


def send(call: ApiCall) -> ApiAnswer:
    """Accept a message; 201 says accepted, not delivered."""
    bond = call.bond(missing=400)
    if not bond.contactable:
        refuse(400, INVALID_USER)
    if bond.chat_since is None:
        refuse(404 if call.v1 else 400, "Chat not found")
    words = words_of(call)
    sent = chat_actions.creator_says(
        call.state, bond, words, sent_by=call.sent_by, client_id=call.app.client_id
    )
    return ApiAnswer(201, {"messageUuid": sent.uuid})


def words_of(call: ApiCall) -> ChatWords:
    """The words of the body, checked against the rules that JSON types cannot tell."""
    text, price = call.body.get("text"), call.body.get("price")
    media = tuple(MediaId(uuid) for uuid in call.body.get("mediaUuids", ()))
    preview = call.body.get("mediaPreviewUuid")
    if call.body.get("templateUuid") is not None:
        refuse(400, "Template not found")
    if text is None and not media:
        invalid("text or mediaUuids is required")
    if price is not None and not media:
        invalid("price needs mediaUuids")
    for uuid in media if preview is None else (*media, MediaId(preview)):
        known = call.state.media.get(uuid)
        if known is None or known.owner != call.creator.uuid:
            refuse(400, f"Media not found: {uuid}")
        if known.status != "ready":
            refuse(400, f"Media is not ready: {uuid}")
    return ChatWords(text, media, price, None if preview is None else MediaId(preview))


def unsend(call: ApiCall) -> ApiAnswer:
    bond = call.chat()
    message = find(call, bond)
    if message.from_fan:
        refuse(400, "Only own messages can be deleted")
    if message.purchased_at is not None:
        refuse(400, "A purchased message cannot be deleted")
    chat_actions.unsend(call.state, bond, message)
    return ApiAnswer(204)


def batch(call: ApiCall) -> ApiAnswer:
    """Many chats in one call; errors are told per chat, and nothing is marked as read."""
    by_chat = {uuid: _batch_of(call, UserId(uuid)) for uuid in call.body["chatUuids"]}
    return ApiAnswer(200, {"byChat": by_chat})


def find(call: ApiCall, bond: FanBond) -> MessageRecord:
    wanted = MessageId(call.params["messageUuid"])
    found = next((message for message in bond.listed if message.uuid == wanted), None)
    if found is None:
        refuse(404, "Message not found")
    return found


def _batch_of(call: ApiCall, uuid: UserId) -> Json:
    bond = call.state.bonds.get((call.creator.uuid, uuid))
    if bond is None or bond.chat_since is None:
        return {"error": "not_found"}
    since = call.state.messages.get(MessageId(call.body.get("sinceMessageUuid", "")))
    newer = [one for one in bond.listed if since is None or one.sent_at > since.sent_at]
    shown = newer[::-1][: call.body.get("limit", _DEFAULT_LIMIT)]
    return {
        "messages": [views.message(call.state, bond, one, v1=False) for one in shown],
        "hasMore": len(newer) > len(shown),
        "oldestMessageUuid": shown[-1].uuid if shown else None,
    }


def _mark(call: ApiCall, bond: FanBond) -> None:
    """Reading marks as read unless the caller says otherwise: Fanvue's trap number four."""
    if call.query.get("markAsRead", "true") == "true":
        chat_actions.creator_reads(call.state, bond)


def _bound(call: ApiCall, one: MessageRecord) -> datetime:
    name = "receivedBefore" if one.from_fan else "sentBefore"
    bound = parse_moment(call.query.get(name, ""))
    return datetime.max.replace(tzinfo=one.sent_at.tzinfo) if bound is None else bound


def _oldest(shown: list[MessageRecord], *, from_fan: bool) -> str:
    """The point where this side goes on; a missing one goes on below the whole page."""
    mine = [one for one in shown if one.from_fan == from_fan]
    return iso((mine or shown)[-1].sent_at)


ROUTES: Mapping[str, ApiRoute] = {
    "GET /chats/{userUuid}/messages": ApiRoute(list_by_page, query={**PAGE, "markAsRead": _MARK}),
    "GET /v1/chats/{userUuid}/messages": ApiRoute(list_by_window, query=_WINDOW),
    "GET /v1/chats/{userUuid}/messages/{messageUuid}": ApiRoute(show),
    "POST /chats/{userUuid}/message": ApiRoute(send, body=_SEND_V0),
    "POST /v1/chats/{userUuid}/message": ApiRoute(send, body=_SEND_V1),
    "DELETE /chats/{userUuid}/messages/{messageUuid}": ApiRoute(unsend),
    "POST /chats/messages/batch": ApiRoute(batch, body=_BATCH),
}
