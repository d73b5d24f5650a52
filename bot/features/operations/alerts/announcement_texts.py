"""Alerts in words: fit for a lock screen, exact where it counts (pure)."""

from collections.abc import Callable

from bot.model.events import Followed, MoneyBack, Paid, PaidOut, Person, Subscribed
from bot.model.news import GoalReached, News, SpenderOnline
from bot.model.ports import Button, Post
from bot.text import render
from bot.text.referral import shown
from bot.text.safe_text import one_line, safe
from storage.records import Cents

_BOUGHT = {
    "tip": "A tip",
    "message": "A paid message was opened",
    "post": "A post was bought",
    "media_link": "A media link was bought",
    "checkout_link": "A checkout link was paid",
}
_REASONS = {
    "not_renewed": "not renewed",
    "payment_failed": "the payment failed",
    "user_banned": "the fan was banned",
}


_LINK = 80  # characters of a tracking link that are shown

# How an amount is told; None: its reader sees no figures.
Figure = Callable[[Cents, str | None], str] | None


def announce(event: News, ref: str, who: str | None = None, figure: Figure = render.money) -> Post | None:
    """The alert for an event, or None where nobody needs to be told. `ref` finds the post again.

    `who`: what its fan is called; None: as the event names them, with digits of the id.

    It has no accent: a lock screen shows the words of an ordinary message only (see
    `bot.discord.message_bodies`).
    """
    who = who or _who(getattr(event, "fan", None))
    match event:
        case Subscribed():
            title, line = _subscription(event, who)
        case Followed():
            title, line = "New follower", who
        case Paid(source="subscription" | "renewal"):
            return None  # the subscription's own event tells it: one notice, not two (A10)
        case Paid():
            title = _BOUGHT.get(event.source, "New earnings")
            amount = _amount(event.gross, event.currency, figure)
            line = f"{amount} from {who}" if amount else who
        case MoneyBack():
            title = "A payment was disputed" if event.what == "dispute" else "A payment was refunded"
            back = None if event.amount is None else -abs(event.amount)
            line = ", ".join(filter(None, (_amount(back, event.currency, figure), who)))
        case PaidOut():
            title, line = "Fanvue made a payout", _amount(event.amount, event.currency, figure)
        case GoalReached():
            title, line = "Goal reached", _goal(event, figure)
        case SpenderOnline():
            title, line = (
                f"A {'VIP' if event.vip else 'top spender'} came online",
                _online(event, who, figure),
            )
        case _:
            return None
    return Post(
        title=title,
        body=(line,) if line else (),
        small=f"<t:{event.at // 1000}:f>",
        buttons=(Button("chat.open", ref, "Open the chat"),) if getattr(event, "fan", None) else (),
    )


def _subscription(event: Subscribed, who: str) -> tuple[str, str]:
    until = f" until <t:{event.expires_at // 1000}:D>" if event.expires_at else ""
    match event.change:
        case "activated":
            link = shown(event.link)
            came = f", came through {safe(one_line(link, _LINK))}" if link else ""
            return "New subscriber", f"{who}{until}{came}"
        case "renewed":
            return "Subscription renewed", f"{who}{until}"
        case "deactivated":
            why = _REASONS.get(event.reason or "")
            return "Subscription ended", who + (f": {why}" if why else "")
        case _:
            how = {True: "switched on again", False: "switched off", None: "changed"}[event.renews]
            return f"Renewal {how}", f"{who}{until}"


def _goal(event: GoalReached, figure: Figure) -> str:
    if figure is None:
        return f"The goal of {event.when}"
    kind = "net" if event.net else "gross"
    return f"The goal of {event.when}: **{figure(event.cents, None)}** {kind}"


def _online(event: SpenderOnline, who: str, figure: Figure) -> str:
    if figure is None or event.spent <= 0:
        return who
    return f"{who}, has spent **{figure(event.spent, None)}**"


def _amount(cents: Cents | None, currency: str | None, figure: Figure) -> str:
    if figure is None:
        return ""
    return "amount unknown" if cents is None else f"**{figure(cents, currency)}**"


def _who(person: Person | None) -> str:
    if person is None:
        return "a fan Fanvue did not name"
    return render.person_label(person.id, person.display_name, person.handle)
