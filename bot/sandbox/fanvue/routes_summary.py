"""The earnings summary: kept for ten minutes, without what was taken back."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.sandbox.fanvue.calls import ApiAnswer, ApiCall, ApiRoute, Json, invalid
from bot.sandbox.fanvue.events import iso
from bot.sandbox.fanvue.records import PaymentRecord
from bot.sandbox.fanvue.shapes import RequestField, Shape, parse_moment

_QUERY: Shape = {"startDate": RequestField("moment"), "endDate": RequestField("moment")}
_FULL_QUERY: Shape = {
    **_QUERY,
    "granularity": RequestField(choices=("day", "week")),
    "timezone": RequestField(),
}

# The names that the summary has for the sources of the list; everything else is `other`.
_NAMES = {
    "subscription": "subs",
    "message": "messages",
    "post": "posts",
    "tip": "tips",
    "referral": "referrals",
    "renewal": "renewals",
}
_BY_TYPE = ("renewals", "messages", "tips", "subs")
_DAY = timedelta(days=1)


def summary(call: ApiCall) -> ApiAnswer:
    """Give the same question the same answer within ten minutes, despite later payments."""
    now = call.state.now()
    key = (call.creator.uuid, *(f"{name}={value}" for name, value in sorted(call.query.items())))
    kept = call.state.summaries.get(key)
    if kept is None or now >= kept[0]:
        until = now + call.state.switches.window(call.state.switches.summary_seconds)
        kept = call.state.summaries[key] = (until, _computed(call, now))
    return ApiAnswer(200, kept[1])


def _computed(call: ApiCall, now: datetime) -> Json:
    zone = _zone(call.query.get("timezone", "UTC"))
    paid = [payment for payment in call.state.payments_of(call.creator.uuid) if payment.reverses is None]
    start, end = (parse_moment(call.query.get(name, "")) for name in ("startDate", "endDate"))
    first = start or min((payment.at for payment in paid), default=now)
    last = end or now
    inside = [payment for payment in paid if first <= payment.at and (end is None or payment.at < end)]
    granularity = call.query.get("granularity", "day")
    by_name = {
        name: _sums(one for one in inside if _NAMES.get(one.source, "other") == name)
        for name in (*_NAMES.values(), "other")
    }
    days = _days(first.astimezone(zone).date(), last.astimezone(zone).date())
    return {
        "totals": {"allTime": _sums(paid), "thisMonth": _this_month(paid, now.astimezone(zone), zone)},
        "breakdownBySource": by_name,
        "earningsByType": {name: by_name[name] for name in _BY_TYPE},
        "overTime": _over_time(inside, granularity, zone),
        "averageByDayOfWeek": _by_weekday(inside, days, zone),
        "averageByHourOfDay": _by_hour(inside, days, zone),
        "period": {
            "startDate": None if start is None else iso(start.astimezone(UTC)),
            "endDate": None if end is None else iso(end.astimezone(UTC)),
            "granularity": granularity,
            "timezone": zone.key,
        },
    }


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        invalid("timezone must be an IANA time zone")


def _sums(payments: Iterable[PaymentRecord]) -> Json:
    chosen = list(payments)
    return {"gross": sum(one.gross for one in chosen), "net": sum(one.net for one in chosen)}


def _this_month(paid: list[PaymentRecord], now: datetime, zone: ZoneInfo) -> Json:
    this = (now.year, now.month)
    before = (now.year, now.month - 1) if now.month > 1 else (now.year - 1, 12)
    current, previous = (
        _sums(one for one in paid if _month(one.at.astimezone(zone)) == month) for month in (this, before)
    )
    return {
        **current,
        "previousMonthGross": previous["gross"],
        "previousMonthNet": previous["net"],
        "grossChangePercentage": _change(previous["gross"], current["gross"]),
        "netChangePercentage": _change(previous["net"], current["net"]),
    }


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month


def _change(before: int, now: int) -> float | None:
    return None if before == 0 else round((now - before) * 100 / before, 2)


def _over_time(payments: list[PaymentRecord], granularity: str, zone: ZoneInfo) -> list[Json]:
    """Only the periods in which something was earned, oldest first."""
    groups: dict[datetime, list[PaymentRecord]] = {}
    for payment in payments:
        local = payment.at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        begin = local - local.weekday() * _DAY if granularity == "week" else local
        groups.setdefault(begin.astimezone(UTC), []).append(payment)
    return [{"periodStart": iso(begin), **_sums(groups[begin])} for begin in sorted(groups)]


def _days(first: date, last: date) -> list[date]:
    return [first + number * _DAY for number in range((last - first).days + 1)]


def _by_weekday(payments: list[PaymentRecord], days: list[date], zone: ZoneInfo) -> Json:
    """Mean gross cents of the days of each weekday, 1 is Monday."""
    return _means(
        payments,
        lambda moment: moment.astimezone(zone).isoweekday(),
        {number: sum(1 for day in days if day.isoweekday() == number) for number in range(1, 8)},
    )


def _by_hour(payments: list[PaymentRecord], days: list[date], zone: ZoneInfo) -> Json:
    hours = dict.fromkeys(range(24), len(days))
    return _means(payments, lambda moment: moment.astimezone(zone).hour, hours)


def _means(payments: list[PaymentRecord], of: Callable[[datetime], int], counts: dict[int, int]) -> Json:
    return {
        str(number): sum(one.gross for one in payments if of(one.at) == number) // max(1, count)
        for number, count in counts.items()
    }


ROUTES: Mapping[str, ApiRoute] = {
    "GET /insights/earnings/summary": ApiRoute(summary, query=_FULL_QUERY),
    "GET /v1/insights/earnings/summary": ApiRoute(summary, query=_QUERY),
}
