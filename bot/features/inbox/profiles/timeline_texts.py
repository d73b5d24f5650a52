"""A fan's last purchases, newest first, as far as a member may see (pure)."""

from collections.abc import Sequence

from bot.features.inbox.profiles.figure_texts import ProfileFigureFormat, Source
from storage.money.spending import FanPayment
from storage.records import Millis

_WHAT = {
    "tip": "🎁 Tip",
    "message": "🔓 Message unlocked",
    "post": "🖼️ Post bought",
    "subscription": "⭐ Subscribed",
    "renewal": "🔁 Renewed",
    "media_link": "🔗 Media link bought",
    "checkout_link": "🔗 Checkout link paid",
    "refund": "↩️ Refunded",
    "chargeback": "⚠️ Charged back",
}


def timeline(
    payments: Sequence[FanPayment], show: ProfileFigureFormat | None, source_of: Source
) -> list[str]:
    """One line each; `show` None: without amounts."""
    if not payments:
        return []
    lines = [f"{_day(one.at)} {_what(one, source_of)}{_amount(one, show)}" for one in payments]
    return ["**Last purchases**", *lines]


def _what(one: FanPayment, source_of: Source) -> str:
    return _WHAT.get(one.source) or f"💳 {source_of(one.source)}"


def _amount(one: FanPayment, show: ProfileFigureFormat | None) -> str:
    if show is None:
        return ""
    return " · amount unknown" if one.gross is None else f" · {show.money(one.gross, one.currency)}"


def _day(at: Millis) -> str:
    return f"<t:{at // 1000}:d>"
