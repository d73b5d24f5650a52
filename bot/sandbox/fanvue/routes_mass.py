"""Mass messages: one call that fans out, and the list of them with counters."""

from collections.abc import Mapping

from bot.sandbox.fanvue import audience, chat_actions
from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, Json, invalid, refuse
from bot.sandbox.fanvue.chat_actions import ChatWords
from bot.sandbox.fanvue.events import iso, iso_or_none
from bot.sandbox.fanvue.paging import PAGE, paged
from bot.sandbox.fanvue.records import BROADCAST, ListId, MassMessageRecord, MessageId, MessageRecord, UserId
from bot.sandbox.fanvue.routes_messages import words_of
from bot.sandbox.fanvue.shapes import RequestField, Shape, parse_moment
from bot.sandbox.fanvue.state import FanvueState


def _lists(field: str, names: tuple[str, ...]) -> Shape:
    return {
        field: RequestField(choices=names, many="array"),
        "customListUuids": RequestField("uuid", many="array"),
    }


V0_LISTS = _lists("smartListUuids", audience.V0_SMART_LISTS)
_V1_LISTS = _lists("smartListIds", tuple(audience.SMART_LISTS))
_CONTENT: Shape = {
    "text": RequestField(low=1, high=5000),
    "mediaUuids": RequestField("uuid", many="array"),
    "price": RequestField("integer", null=True, low=300),
    "scheduledAt": RequestField("moment"),
}


def _body(lists: Shape) -> Shape:
    return {
        **_CONTENT,
        "includedLists": RequestField("shape", required=True, shape=lists),
        "excludedLists": RequestField("shape", shape=lists),
    }


_CREATE: Shape = _body(V0_LISTS)
_CREATE_V1: Shape = {**_body(_V1_LISTS), "mediaPreviewUuid": RequestField("uuid", null=True)}


def create(call: ApiCall) -> ApiAnswer:
    """Send to everyone in the lists who can be contacted, now or at the time asked for."""
    words = words_of(call)
    included, excluded = (
        people_of(call, call.body.get(name, {})) for name in ("includedLists", "excludedLists")
    )
    recipients = reached(call, included, excluded)
    scheduled = parse_moment(call.body.get("scheduledAt", ""))
    now = call.state.now()
    if not included:
        invalid("includedLists must name at least one list with people in it")
    if scheduled is not None and scheduled <= now:
        invalid("scheduledAt must be in the future")
    mass = MassMessageRecord(
        uuid=MessageId(call.state.new_id()),
        creator=call.creator.uuid,
        text=words.text,
        media=list(words.media),
        price=words.price,
        preview=words.preview,
        created_at=now,
        scheduled_at=scheduled,
        status="SCHEDULED",
        recipients=recipients,
        sent_by=call.sent_by,
        client_id=call.app.client_id,
    )
    _keep(call.state, mass)
    if scheduled is None:
        _fan_out(call.state, mass)
    body = {"id": mass.uuid, "recipientCount": len(recipients), "createdAt": iso(now)}
    return ApiAnswer(201, body)


def _keep(state: FanvueState, mass: MassMessageRecord) -> None:
    state.mass_messages[mass.uuid] = mass
    state.ledger.record(
        "mass",
        uuid=mass.uuid,
        creator=mass.creator,
        text=mass.text,
        price=mass.price,
        media=list(mass.media),
        scheduled_at=mass.scheduled_at,
        recipients=list(mass.recipients),
        client_id=mass.client_id,
    )


def send_due(state: FanvueState) -> None:
    """Send the scheduled ones whose time has come; the gate looks before each call."""
    for mass in state.mass_messages.values():
        if mass.status == "SCHEDULED" and mass.scheduled_at is not None and mass.scheduled_at <= state.now():
            _fan_out(state, mass)


def list_mass(call: ApiCall) -> ApiAnswer:
    rows = [
        ((iso(mass.created_at), mass.uuid), mass)
        for mass in call.state.mass_messages.values()
        if mass.creator == call.creator.uuid
    ]
    return paged(call, rows, lambda mass: _row(call, mass))


def unsend(call: ApiCall) -> ApiAnswer:
    """Take it back from everyone who has not bought it."""
    mass = call.state.mass_messages.get(MessageId(call.params["messageUuid"]))
    if mass is None or mass.creator != call.creator.uuid:
        refuse(404, "Mass message not found")
    for message in _copies(call, mass):
        if message.purchased_at is None:
            message.deleted_at = call.state.now()
    call.state.ledger.record("mass_end", uuid=mass.uuid, creator=mass.creator, was=mass.status)
    mass.status = "UNSENT"
    return ApiAnswer(204)


def people_of(call: ApiCall, lists: Mapping[str, list[str]]) -> list[UserId]:
    """Everyone in these lists, each once."""
    found: dict[UserId, None] = {}
    for name in lists.get("smartListUuids", lists.get("smartListIds", [])):
        found |= dict.fromkeys(bond.fan.uuid for bond in audience.members(call.state, call.creator, name))
    for uuid in lists.get("customListUuids", []):
        custom = call.state.lists.get(ListId(uuid))
        if custom is None or custom.creator != call.creator.uuid:
            refuse(400, f"List not found: {uuid}")
        found |= dict.fromkeys(custom.members)
    return list(found)


def reached(call: ApiCall, included: list[UserId], excluded: list[UserId]) -> list[UserId]:
    """Those of them who get it."""
    without = set(excluded)
    return [uuid for uuid in included if uuid not in without and _contactable(call, uuid)]


def _contactable(call: ApiCall, uuid: UserId) -> bool:
    bond = call.state.bonds.get((call.creator.uuid, uuid))
    return bond is not None and bond.contactable


def _fan_out(state: FanvueState, mass: MassMessageRecord) -> None:
    mass.status, mass.published_at = "SENT", state.now()
    words = ChatWords(mass.text, tuple(mass.media), mass.price, mass.preview, BROADCAST, broadcast=mass.uuid)
    for uuid in mass.recipients:
        bond = state.bonds[mass.creator, uuid]
        chat_actions.creator_says(state, bond, words, sent_by=mass.sent_by, client_id=mass.client_id)


def _copies(call: ApiCall, mass: MassMessageRecord) -> list[MessageRecord]:
    return [message for message in call.state.messages.values() if message.broadcast == mass.uuid]


def _row(call: ApiCall, mass: MassMessageRecord) -> Json:
    copies = _copies(call, mass)
    bought = [message for message in copies if message.purchased_at is not None]
    return {
        "uuid": mass.uuid,
        "text": mass.text,
        "status": _status(call.state, mass),
        "price": mass.price,
        "createdAt": iso(mass.created_at),
        "publishedAt": iso_or_none(mass.published_at),
        "scheduledAt": iso_or_none(mass.scheduled_at),
        "recipientCount": len(mass.recipients),
        "viewCount": sum(1 for message in copies if message.read),
        "purchaseCount": len(bought),
        "totalRevenue": len(bought) * (mass.price or 0),
        "mediaUuids": list(mass.media),
    }


def _status(state: FanvueState, mass: MassMessageRecord) -> str:
    under_way = mass.published_at is not None and (
        state.now() < mass.published_at + state.switches.window(state.switches.mass_seconds)
    )
    return "SENDING" if mass.status == "SENT" and under_way else mass.status


ROUTES: Mapping[str, ApiRoute] = {
    "POST /chats/mass-messages": ApiRoute(create, body=_CREATE),
    "POST /v1/chats/mass-messages": ApiRoute(create, body=_CREATE_V1),
    "GET /chats/mass-messages": ApiRoute(list_mass, query=PAGE),
    "DELETE /chats/mass-messages/{messageUuid}": ApiRoute(unsend),
}
