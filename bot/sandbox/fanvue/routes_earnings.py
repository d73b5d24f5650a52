"""Earnings, reversals and top spenders, straight from the payments."""

from collections.abc import Iterable, Mapping

from bot.sandbox.fanvue import views
from bot.sandbox.fanvue.calls import Answer, Call, Json, Route
from bot.sandbox.fanvue.events import iso
from bot.sandbox.fanvue.paging import CURSOR, PAGE, Row, filters, paged
from bot.sandbox.fanvue.records import Payment, UserId
from bot.sandbox.fanvue.shapes import Field, Shape, parse_moment

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
_PERIOD: Shape = {"startDate": Field("moment"), "endDate": Field("moment")}
_EARNINGS: Shape = {**CURSOR, **_PERIOD, "transactionOrderIds": Field()}
_SOURCE: Shape = {"source": Field(choices=_SOURCES, many="comma")}
_SPENDING: Shape = {"source": Field(choices=("all", "refund", "chargeback"), many="comma")}


def earnings(call: Call) -> Answer:
    """One row for each transaction; on v1 what was taken back has negative rows of its own."""
    query = filters(call)
    chosen = [
        payment
        for payment in _in_period(call, query)
        if (call.v1 or payment.reverses is None) and _wanted(payment, query)
    ]
    return paged(call, _rows(chosen), lambda payment: _earning(call, payment))


def spending(call: Call) -> Answer:
    """The reversals, which the unversioned earnings leave out."""
    query = filters(call)
    chosen = [
        payment
        for payment in _in_period(call, query)
        if payment.reverses is not None and _wanted(payment, query)
    ]
    return paged(call, _rows(chosen), lambda payment: _spending(call, payment))


def top_spenders(call: Call) -> Answer:
    by_fan: dict[UserId, list[Payment]] = {}
    for payment in _in_period(call, filters(call)):
        by_fan.setdefault(payment.fan, []).append(payment)
    rows: list[Row] = [
        ((sum(payment.gross for payment in paid), fan), (fan, paid)) for fan, paid in by_fan.items()
    ]
    return paged(call, rows, lambda row: _top_spender(call, *row), total=True)


def _in_period(call: Call, query: Mapping[str, str]) -> Iterable[Payment]:
    """The start is inside, the end is outside."""
    start, end = parse_moment(query.get("startDate", "")), parse_moment(query.get("endDate", ""))
    for payment in call.state.payments_of(call.creator.uuid):
        if (start is None or payment.at >= start) and (end is None or payment.at < end):
            yield payment


def _wanted(payment: Payment, query: Mapping[str, str]) -> bool:
    sources = query.get("source", ())
    ids = query.get("transactionOrderIds")
    if ids is not None and payment.id not in ids.split(","):
        return False
    return not sources or "all" in sources or payment.source in sources


def _rows(payments: Iterable[Payment]) -> list[Row]:
    return [((iso(payment.at), payment.id), payment) for payment in payments]


def _earning(call: Call, payment: Payment) -> Json:
    row = _spending(call, payment) | {
        "transactionOrderId": payment.id,
        "transactionOrderStatus": "pendingBalance",
    }
    return row if payment.reverses is None else row | {"reversedTransactionOrderId": payment.reverses}


def _spending(call: Call, payment: Payment) -> Json:
    row: Json = {
        "date": iso(payment.at),
        "gross": payment.gross,
        "net": payment.net,
        "currency": "USD",
        "source": payment.source,
        "user": views.user_brief(call.state, call.state.bonds[payment.creator, payment.fan]),
    }
    if payment.message is not None:
        row["messageUuid"] = payment.message
    if payment.post is not None:
        row["postUuid"] = payment.post
    return row


def _top_spender(call: Call, fan: UserId, paid: list[Payment]) -> Json:
    bond = call.state.bonds[call.creator.uuid, fan]
    return {
        "gross": sum(payment.gross for payment in paid),
        "net": sum(payment.net for payment in paid),
        "messages": sum(1 for message in bond.listed if message.from_fan),
        "user": views.user_summary(call.state, bond),
    }


ROUTES: Mapping[str, Route] = {
    "GET /insights/earnings": Route(earnings, query={**_EARNINGS, **_SOURCE}),
    "GET /v1/insights/earnings": Route(earnings, query=_EARNINGS),
    "GET /insights/spending": Route(spending, query={**CURSOR, **_PERIOD, **_SPENDING}),
    "GET /insights/top-spenders": Route(top_spenders, query={**PAGE, **_PERIOD}),
    "GET /v1/insights/top-spenders": Route(top_spenders, query={**CURSOR, **_PERIOD}),
}
