"""A fan's last purchases, newest first, as far as a member may see (pure)."""

from collections.abc import Sequence

from bot.features.inbox.profiles.figure_texts import ProfileFigureFormat, Source
from bot.model.language import msgid, tr
from storage.money.spending import FanPayment
from storage.records import Millis

_WHAT = {
    "tip": msgid("🎁 Tip"),
    "message": msgid("🔓 Message unlocked"),
    "post": msgid("🖼️ Post bought"),
    "subscription": msgid("⭐ Subscribed"),
    "renewal": msgid("🔁 Renewed"),
    "media_link": msgid("🔗 Media link bought"),
    "checkout_link": msgid("🔗 Checkout link paid"),
    "refund": msgid("↩️ Refunded"),
    "chargeback": msgid("⚠️ Charged back"),
}


def timeline(
    payments: Sequence[FanPayment], show: ProfileFigureFormat | None, source_of: Source
) -> list[str]:
    """One line each; `show` None: without amounts."""
    if not payments:
        return []
    lines = [f"{_day(one.at)} {_what(one, source_of)}{_amount(one, show)}" for one in payments]
    return [tr("**Last purchases**"), *lines]


def _what(one: FanPayment, source_of: Source) -> str:
    return tr(_WHAT.get(one.source, "")) or f"💳 {source_of(one.source)}"


def _amount(one: FanPayment, show: ProfileFigureFormat | None) -> str:
    if show is None:
        return ""
    return tr(" · amount unknown") if one.gross is None else f" · {show.money(one.gross, one.currency)}"


def _day(at: Millis) -> str:
    return f"<t:{at // 1000}:d>"
