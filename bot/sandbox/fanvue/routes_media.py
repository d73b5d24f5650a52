"""The vault, and the media of messages: rows, and signed URLs on request."""

from collections.abc import Iterable, Mapping

from bot.sandbox.fanvue import files, views
from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, Json, invalid, refuse
from bot.sandbox.fanvue.events import iso, iso_or_none
from bot.sandbox.fanvue.paging import CURSOR, CURSOR_LIMIT, PAGE, Row, filters, paged
from bot.sandbox.fanvue.records import FanBond, MediaId, MediaRecord, MessageRecord, UserId
from bot.sandbox.fanvue.routes_messages import find
from bot.sandbox.fanvue.routes_uploads import hidden
from bot.sandbox.fanvue.shapes import RequestField, Shape, is_uuid

_TYPES = ("image", "video", "audio", "document")
_VARIANTS = ("main", "thumbnail", "thumbnail_gallery", "blurred")
_STATUSES = ("created", "processing", "ready", "error")
_AT_ONCE = 20
_VARIANTS_FIELD: Shape = {"variants": RequestField(choices=_VARIANTS, many="comma")}
_ONE: Shape = {**_VARIANTS_FIELD, "purchasedBy": RequestField("uuid")}
_LIST: Shape = {
    **_ONE,
    "mediaType": RequestField(choices=_TYPES),
    "folderName": RequestField(),
    "usage": RequestField(choices=("subscribers", "followers", "ppv", "mass_messages")),
    "status": RequestField(choices=_STATUSES, many="comma"),
}
_SEVERAL: Shape = {**_VARIANTS_FIELD, "mediaUuids": RequestField(required=True)}


def vault(call: ApiCall) -> ApiAnswer:
    query = filters(call)
    if "usage" in query:
        refuse(400, "The stand-in keeps no usage, so it cannot filter by it")
    inside = _inside(call, query.get("folderName"))
    rows = [
        ((iso(media.created_at), media.uuid), media)
        for media in call.state.media.values()
        if media.owner == call.creator.uuid
        and (inside is None or media.uuid in inside)
        and not hidden(call.state, media.uuid)
        and query.get("mediaType", media.type) == media.type
        and media.status in query.get("status", _STATUSES)
    ]
    return paged(call, rows, lambda media: _media(call, media))


def _inside(call: ApiCall, folder: str | None) -> list[MediaId] | None:
    """The media in this folder; one that nobody has made is empty."""
    if folder is None:
        return None
    found = call.state.folders.get((call.creator.uuid, folder))
    return [] if found is None else found.media


def one_file(call: ApiCall) -> ApiAnswer:
    media = call.state.media.get(MediaId(call.params["uuid"]))
    if media is None or media.owner != call.creator.uuid:
        refuse(404, "Media not found")
    return ApiAnswer(200, _media(call, media))


def several_files(call: ApiCall) -> ApiAnswer:
    results: Json = {}
    for uuid in _asked(call):
        media = call.state.media.get(MediaId(uuid))
        mine = media is not None and media.owner == call.creator.uuid
        results[uuid] = _media(call, media) if media is not None and mine else None
    return ApiAnswer(200, {"results": results, "errors": _missing(results)})


def files_of_message(call: ApiCall) -> ApiAnswer:
    """URLs for the media of one message; only media of that message are shown."""
    bond = call.chat()
    message = find(call, bond)
    results: Json = {
        uuid: _chat_media(call, message, call.state.media[MediaId(uuid)]) if uuid in message.media else None
        for uuid in _asked(call)
    }
    return ApiAnswer(200, {"results": results, "errors": _missing(results)})


def files_of_chat(call: ApiCall) -> ApiAnswer:
    bond = call.chat()
    wanted = filters(call).get("mediaType")
    rows: list[Row] = [
        ((iso(message.sent_at), media.uuid), (message, media))
        for message, media in _exchanged(call, bond)
        if wanted in {None, media.type}
    ]
    return paged(call, rows, lambda pair: _chat_media(call, *pair))


def _exchanged(call: ApiCall, bond: FanBond) -> Iterable[tuple[MessageRecord, MediaRecord]]:
    for message in bond.listed:
        for uuid in message.media:
            yield message, call.state.media[uuid]


def _asked(call: ApiCall) -> list[str]:
    asked: list[str] = call.query["mediaUuids"].split(",")
    if len(asked) > _AT_ONCE or not all(is_uuid(uuid) for uuid in asked):
        invalid(f"mediaUuids must be 1 to {_AT_ONCE} UUIDs")
    return asked


def _missing(results: Json) -> list[Json]:
    return [
        {"mediaUuid": uuid, "code": "NOT_FOUND", "message": "Media not found"}
        for uuid, row in results.items()
        if row is None
    ]


def _media(call: ApiCall, media: MediaRecord) -> Json:
    """Until it is ready, a file has nothing but its status."""
    if media.status != "ready":
        return {"uuid": media.uuid, "status": media.status}
    row: Json = {
        "uuid": media.uuid,
        "status": media.status,
        "createdAt": iso(media.created_at),
        "caption": media.caption,
        "description": None,
        "name": media.name,
        "mediaType": media.type,
        "recommendedPrice": media.recommended_price,
    }
    if "purchasedBy" in call.query:
        row["purchasedByFan"] = _bought(call, media, UserId(call.query["purchasedBy"]))
    return row | _variants(call, media)


def _bought(call: ApiCall, media: MediaRecord, fan: UserId) -> bool:
    bond = call.state.bonds.get((call.creator.uuid, fan))
    messages = [] if bond is None else bond.messages
    return any(message.purchased_at is not None and media.uuid in message.media for message in messages)


def _chat_media(call: ApiCall, message: MessageRecord, media: MediaRecord) -> Json:
    """Note the snake case of `created_at`; the price is told on v1 only."""
    row: Json = {
        "uuid": media.uuid,
        "messageUuid": message.uuid,
        "mediaType": media.type,
        "created_at": iso(media.created_at),
        "sentAt": iso(message.sent_at),
        "ownerUuid": media.owner,
        "name": media.name,
    }
    if call.v1:
        bought = message.purchased_at is not None
        row["pricing"] = views.pricing(message.price)
        row["purchasedAt"] = iso_or_none(message.purchased_at)
        row["amountPaid"] = views.pricing(message.price) if bought else None
    return row | _variants(call, media)


def _variants(call: ApiCall, media: MediaRecord) -> Json:
    """Without `variants` in the query there are no URLs at all."""
    if "variants" not in call.query:
        return {}
    asked = dict.fromkeys(call.query["variants"])
    lacking = call.state.lacking.get(media.uuid, frozenset())
    made = files.FORMS[media.type] if media.status == "ready" else ()
    forms = [form for form in made if form not in lacking]
    return {"variants": [_variant(call, media, form) for form in forms if form in asked]}


def _variant(call: ApiCall, media: MediaRecord, form: str) -> Json:
    width, height = files.size_of(media, form) or (None, None)
    return {
        "variantType": form,
        "displayPosition": 0,
        "url": files.signed_url(call.state, media, form),
        "width": width,
        "height": height,
        "lengthMs": files.length_of(media, form),
    }


_BY_MESSAGE = "chats/{userUuid}/messages/{messageUuid}/media"

ROUTES: Mapping[str, ApiRoute] = {
    "GET /media": ApiRoute(vault, query={**PAGE, **_LIST}),
    "GET /v1/media": ApiRoute(vault, query={**CURSOR, **_LIST}),
    "GET /media/{uuid}": ApiRoute(one_file, query=_ONE),
    "GET /v1/media/{uuid}": ApiRoute(one_file, query=_ONE),
    "GET /media/bulk": ApiRoute(several_files, query=_SEVERAL),
    "GET /v1/media/bulk": ApiRoute(several_files, query=_SEVERAL),
    f"GET /{_BY_MESSAGE}": ApiRoute(files_of_message, query=_SEVERAL),
    f"GET /v1/{_BY_MESSAGE}": ApiRoute(files_of_message, query=_SEVERAL),
    "GET /chats/{userUuid}/media": ApiRoute(
        files_of_chat, query={**CURSOR_LIMIT, "mediaType": RequestField(choices=_TYPES)}
    ),
    "GET /v1/chats/{userUuid}/media": ApiRoute(files_of_chat, query=CURSOR_LIMIT),
}
