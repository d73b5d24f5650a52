"""Earnings, reversals, top spenders, trend of subscribers, from what happened."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from bot.sandbox.fanvue import views
from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, Json
from bot.sandbox.fanvue.events import iso
from bot.sandbox.fanvue.paging import CURSOR, PAGE, Row, filters, paged
from bot.sandbox.fanvue.records import PaymentRecord, UserId, order_of
from bot.sandbox.fanvue.shapes import RequestField, Shape, parse_moment

_SOURCES = (
    "all",
    "affiliate",
    "appStore",
    "checkoutLink",
    "fanExperience",
    "mediaLink",
    "message",
    "post",
    "referral",
    "renewal",
    "subscription",
    "tip",
    "giveaway",
    "refund",
    "chargeback",
)
_PERIOD: Shape = {"startDate": RequestField("moment"), "endDate": RequestField("moment")}
_EARNINGS: Shape = {**CURSOR, **_PERIOD, "transactionOrderIds": RequestField()}
_SOURCE: Shape = {"source": RequestField(choices=_SOURCES, many="comma")}
_SPENDING: Shape = {"source": RequestField(choices=("all", "refund", "chargeback"), many="comma")}


def earnings(call: ApiCall) -> ApiAnswer:
    """One row for each transaction; on v1 what was taken back has negative rows of its own."""
    query = filters(call)
    chosen = [
        payment
        for payment in _in_period(call, query)
        if (call.v1 or payment.reverses is None) and _wanted(payment, query)
    ]
    return paged(call, _rows(chosen), lambda payment: _earning(call, payment))


def spending(call: ApiCall) -> ApiAnswer:
    """The reversals, which the unversioned earnings leave out."""
    query = filters(call)
    chosen = [
        payment
        for payment in _in_period(call, query)
        if payment.reverses is not None and _wanted(payment, query)
    ]
    return paged(call, _rows(chosen), lambda payment: _spending(call, payment))


def top_spenders(call: ApiCall) -> ApiAnswer:
    by_fan: dict[UserId, list[PaymentRecord]] = {}
    for payment in _in_period(call, filters(call)):
        by_fan.setdefault(payment.fan, []).append(payment)
    rows: list[Row] = [
        ((sum(payment.gross for payment in paid), fan), (fan, paid)) for fan, paid in by_fan.items()
    ]
    return paged(call, rows, lambda row: _top_spender(call, *row), total=True)


def subscribers(call: ApiCall) -> ApiAnswer:
    """Beginnings and ends on each UTC day that has any; `total` adds up from the first one."""
    days: dict[date, list[bool]] = {}
    for change in call.state.subscription_changes:
        if change.creator == call.creator.uuid and _is_in(change.at, filters(call)):
            days.setdefault(change.at.astimezone(UTC).date(), []).append(change.began)
    total, rows = 0, list[Row]()
    for day in sorted(days):
        began = sum(days[day])
        total += 2 * began - len(days[day])
        rows.append(((f"{day}",), _trend(day, total, began, len(days[day]) - began)))
    return paged(call, rows, lambda row: row)


def _trend(day: date, total: int, began: int, ended: int) -> Json:
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    counts = {"newSubscribersCount": began, "cancelledSubscribersCount": ended}
    return {"date": iso(moment), "total": total, **counts}


def _is_in(at: datetime, query: Mapping[str, str]) -> bool:
    """The start is inside, the end is outside."""
    start, end = parse_moment(query.get("startDate", "")), parse_moment(query.get("endDate", ""))
    return (start is None or at >= start) and (end is None or at < end)


def _in_period(call: ApiCall, query: Mapping[str, str]) -> Iterable[PaymentRecord]:
    return (payment for payment in call.state.payments_of(call.creator.uuid) if _is_in(payment.at, query))


def _wanted(payment: PaymentRecord, query: Mapping[str, str]) -> bool:
    sources = query.get("source", ())
    ids = query.get("transactionOrderIds")
    if ids is not None and payment.order not in ids.split(","):
        return False
    return not sources or "all" in sources or payment.source in sources


def _rows(payments: Iterable[PaymentRecord]) -> list[Row]:
    return [((iso(payment.at), payment.id), payment) for payment in payments]


def _earning(call: ApiCall, payment: PaymentRecord) -> Json:
    row = _spending(call, payment) | {
        "transactionOrderId": payment.order,
        "transactionOrderStatus": "pendingBalance",
    }
    if payment.reverses is None:
        return row
    return row | {"reversedTransactionOrderId": order_of(payment.reverses)}


def _spending(call: ApiCall, payment: PaymentRecord) -> Json:
    row: Json = {
        "date": iso(payment.at),
        "gross": payment.gross,
        "net": payment.net,
        "currency": payment.currency,
        "source": payment.source,
        "user": views.user_brief(call.state, call.state.bonds[payment.creator, payment.fan]),
    }
    if payment.message is not None:
        row["messageUuid"] = payment.message
    if payment.post is not None:
        row["postUuid"] = payment.post
    return row


def _top_spender(call: ApiCall, fan: UserId, paid: list[PaymentRecord]) -> Json:
    bond = call.state.bonds[call.creator.uuid, fan]
    return {
        "gross": sum(payment.gross for payment in paid),
        "net": sum(payment.net for payment in paid),
        "messages": sum(1 for message in bond.listed if message.from_fan),
        "user": views.user_summary(call.state, bond),
    }


ROUTES: Mapping[str, ApiRoute] = {
    "GET /insights/earnings": ApiRoute(earnings, query={**_EARNINGS, **_SOURCE}),
    "GET /v1/insights/earnings": ApiRoute(earnings, query=_EARNINGS),
    "GET /insights/spending": ApiRoute(spending, query={**CURSOR, **_PERIOD, **_SPENDING}),
    "GET /insights/subscribers": ApiRoute(subscribers, query={**CURSOR, **_PERIOD}),
    "GET /v1/insights/subscribers": ApiRoute(subscribers, query={**CURSOR, **_PERIOD}),
    "GET /insights/top-spenders": ApiRoute(top_spenders, query={**PAGE, **_PERIOD}),
    "GET /v1/insights/top-spenders": ApiRoute(top_spenders, query={**CURSOR, **_PERIOD}),
}
