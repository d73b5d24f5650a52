"""Subscribers and followers, and what is known about a fan's spending."""

from collections.abc import Mapping

from bot.sandbox.fanvue import audience, views
from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, Json, invalid, refuse
from bot.sandbox.fanvue.events import iso, iso_or_none
from bot.sandbox.fanvue.paging import CURSOR, PAGE, Row, paged
from bot.sandbox.fanvue.records import FanBond, PaymentRecord, UserId
from bot.sandbox.fanvue.shapes import RequestField, Shape, is_uuid

_BULK = 20
_BULK_QUERY: Shape = {"fanUuids": RequestField(required=True)}
_BATCH_BODY: Shape = {"userUuids": RequestField("uuid", required=True, many="array", items=(1, 100))}


def subscribers(call: ApiCall) -> ApiAnswer:
    """Active subscribers; only v1 rows say anything about the subscription."""
    rows = [_row(bond) for bond in audience.members(call.state, call.creator, "subscribers")]
    show = views.subscriber if call.v1 else views.user_summary
    return paged(call, rows, lambda bond: show(call.state, bond), total=True)


def subscriber(call: ApiCall) -> ApiAnswer:
    bond = call.bond()
    if not bond.subscribed:
        refuse(404, "Subscriber not found")
    return ApiAnswer(200, views.subscriber(call.state, bond))


def followers(call: ApiCall) -> ApiAnswer:
    rows = [_row(bond) for bond in audience.members(call.state, call.creator, "followers")]
    return paged(call, rows, lambda bond: views.user_summary(call.state, bond), total=True)


def fan_insights(call: ApiCall) -> ApiAnswer:
    return ApiAnswer(200, _insights(call, call.bond()))


def fans_in_bulk(call: ApiCall) -> ApiAnswer:
    """Up to 20 fans by query; those the creator does not know are told in `errors`."""
    asked = call.query["fanUuids"].split(",")
    if len(asked) > _BULK or not all(is_uuid(uuid) for uuid in asked):
        invalid(f"fanUuids must be 1 to {_BULK} UUIDs")
    found = {uuid: call.state.bonds.get((call.creator.uuid, UserId(uuid))) for uuid in asked}
    errors = [
        {"fanUuid": uuid, "code": "NOT_FOUND", "message": "User not found"}
        for uuid, bond in found.items()
        if bond is None
    ]
    results = {uuid: None if bond is None else _insights(call, bond) for uuid, bond in found.items()}
    return ApiAnswer(200, {"results": results, "errors": errors})


def fans_in_batch(call: ApiCall) -> ApiAnswer:
    body: Json = {}
    for uuid in call.body["userUuids"]:
        bond = call.state.bonds.get((call.creator.uuid, UserId(uuid)))
        body[uuid] = {"error": "not_found"} if bond is None else _insights(call, bond)
    return ApiAnswer(200, body)


def _row(bond: FanBond) -> Row:
    since = bond.first_subscribed_at or bond.followed_at or bond.fan.created_at
    return (iso(since), bond.fan.uuid), bond


def _insights(call: ApiCall, bond: FanBond) -> Json:
    """`total.total` is gross less what was taken back, as in the contract's example figures."""
    kept = [
        payment
        for payment in call.state.payments_of(bond.creator.uuid, bond.fan.uuid)
        if payment.reverses is None and not payment.reversed
    ]
    subscription = bond.subscription
    running = subscription is not None and subscription.active
    return {
        "status": audience.status(bond),
        "spending": {
            "lastPurchaseAt": iso_or_none(max((payment.at for payment in kept), default=None)),
            "total": _total(kept),
            "maxSinglePayment": _total(sorted(kept, key=lambda payment: payment.gross)[-1:]),
            "sources": {
                source: _total([payment for payment in kept if payment.source == source])
                for source in sorted({payment.source for payment in kept})
            },
        },
        "subscription": {
            "createdAt": None if subscription is None else iso(subscription.created_at),
            "renewsAt": iso(subscription.expires_at) if subscription is not None and running else None,
            "autoRenewalEnabled": subscription is not None
            and running
            and not subscription.cancel_at_period_end,
        },
    }


def _total(payments: list[PaymentRecord]) -> Json:
    gross = sum(payment.gross for payment in payments)
    return {"gross": gross, "total": gross, "net": sum(payment.net for payment in payments)}


ROUTES: Mapping[str, ApiRoute] = {
    "GET /subscribers": ApiRoute(subscribers, query=PAGE),
    "GET /v1/subscribers": ApiRoute(subscribers, query=CURSOR),
    "GET /v1/subscribers/{userUuid}": ApiRoute(subscriber),
    "GET /followers": ApiRoute(followers, query=PAGE),
    "GET /v1/followers": ApiRoute(followers, query=CURSOR),
    "GET /insights/fans/{userUuid}": ApiRoute(fan_insights),
    "GET /v1/insights/fans/{userUuid}": ApiRoute(fan_insights),
    "GET /insights/fans": ApiRoute(fans_in_bulk, query=_BULK_QUERY),
    "GET /v1/insights/fans": ApiRoute(fans_in_bulk, query=_BULK_QUERY),
    "POST /insights/fans/batch": ApiRoute(fans_in_batch, body=_BATCH_BODY),
}
