"""Mass messages that were made: one that is scheduled may still be changed."""

from collections.abc import Mapping

from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, invalid, refuse
from bot.sandbox.fanvue.events import iso_or_none
from bot.sandbox.fanvue.records import MassMessageRecord, MediaId, MessageId
from bot.sandbox.fanvue.routes_mass import V0_LISTS, people_of, reached
from bot.sandbox.fanvue.shapes import RequestField, Shape, parse_moment

_CHANGES: Shape = {
    "text": RequestField(high=5000),
    "mediaUuids": RequestField("uuid", many="array"),
    "price": RequestField("integer", null=True, low=300),
    "scheduledAt": RequestField("moment"),
    "includedLists": RequestField("shape", shape=V0_LISTS),
    "excludedLists": RequestField("shape", shape=V0_LISTS),
}


def change(call: ApiCall) -> ApiAnswer:
    """Change what is named, and nothing else, of one that has not gone out yet."""
    mass = call.state.mass_messages.get(MessageId(call.params["messageUuid"]))
    if mass is None or mass.creator != call.creator.uuid:
        refuse(404, "Mass message not found")
    if mass.status != "SCHEDULED":
        invalid("only scheduled mass messages can be updated")
    _must_stay_sound(call, mass)
    if "text" in call.body:
        mass.text = call.body["text"] or None
    if "mediaUuids" in call.body:
        mass.media = [MediaId(item) for item in call.body["mediaUuids"]]
    if "price" in call.body:
        mass.price = call.body["price"]
    if "scheduledAt" in call.body:
        mass.scheduled_at = parse_moment(call.body["scheduledAt"])
    if "includedLists" in call.body:
        without = people_of(call, call.body.get("excludedLists", {}))
        mass.recipients = reached(call, people_of(call, call.body["includedLists"]), without)
    call.state.ledger.record(
        "mass_change",
        uuid=mass.uuid,
        creator=mass.creator,
        fields=sorted(call.body),
        text=mass.text,
        price=mass.price,
        media=list(mass.media),
        scheduled_at=iso_or_none(mass.scheduled_at),
    )
    return ApiAnswer(204)


def _must_stay_sound(call: ApiCall, mass: MassMessageRecord) -> None:
    """Check that it would still be a mass message after the change."""
    text = call.body.get("text", mass.text)
    media = [MediaId(item) for item in call.body.get("mediaUuids", mass.media)]
    price = call.body.get("price", mass.price)
    if not text and not media:
        invalid("text or mediaUuids is required")
    if price is not None and not media:
        invalid("price needs mediaUuids")
    for item in media:
        known = call.state.media.get(item)
        if known is None or known.owner != call.creator.uuid or known.status != "ready":
            invalid(f"Media not found: {item}")
    at = parse_moment(call.body["scheduledAt"]) if "scheduledAt" in call.body else None
    if at is not None and at <= call.state.now():
        invalid("scheduledAt must be in the future")


ROUTES: Mapping[str, ApiRoute] = {
    "PATCH /chats/mass-messages/{messageUuid}": ApiRoute(change, body=_CHANGES),
}
