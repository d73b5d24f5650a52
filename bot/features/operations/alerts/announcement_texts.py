"""Alerts in words: fit for a lock screen, exact where it counts (pure)."""

from collections.abc import Callable

from bot.model.events import WARNING, Followed, Installment, MoneyBack, Paid, PaidOut, Person, Subscribed
from bot.model.language import msgid, number_text, tr
from bot.model.news import GoalReached, News, SpenderOnline
from bot.model.ports import Button, Post
from bot.text import render
from bot.text.referral import shown
from bot.text.safe_text import one_line, safe
from storage.records import Cents

_BOUGHT = {
    "tip": msgid("A tip"),
    "message": msgid("A paid message was opened"),
    "post": msgid("A post was bought"),
    "media_link": msgid("A media link was bought"),
    "checkout_link": msgid("A checkout link was paid"),
}
_BACK = {
    "dispute": msgid("A payment was disputed"),
    # Translators: a fan's bank warns that the fan is likely to dispute it; no money has gone back.
    WARNING: msgid("A payment may be disputed"),
}
_INSTALLMENTS = {
    "paid": msgid("An installment was paid"),
    "failed": msgid("An installment was not paid"),
    "completed": msgid("All installments are paid"),
}
_REASONS = {
    "not_renewed": msgid("not renewed"),
    "payment_failed": msgid("the payment failed"),
    "user_banned": msgid("the fan was banned"),
}
_RENEWAL = {  # None: Fanvue did not say which
    True: msgid("Renewal switched on again"),
    False: msgid("Renewal switched off"),
    None: msgid("Renewal changed"),
}
_LINK = 80  # characters of a tracking link that are shown

_GROSS_GOAL = msgid("The goal of {period}: **{amount}** gross")

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
            title, line = tr("New follower"), who
        case Paid(source="subscription" | "renewal"):
            return None  # the subscription's own event tells it: one notice, not two (A10)
        case Paid():
            title = tr(_BOUGHT.get(event.source, msgid("New earnings")))
            amount = _amount(event.gross, event.currency, figure)
            line = tr("{amount} from {who}", amount=amount, who=who) if amount else who
        case MoneyBack():
            title = tr(_BACK.get(event.what, msgid("A payment was refunded")))
            lost = event.amount if event.what == WARNING or event.amount is None else -abs(event.amount)
            line = ", ".join(filter(None, (_amount(lost, event.currency, figure), who)))
        case Installment():
            title, line = tr(_INSTALLMENTS[event.change]), _installment(event, who, figure)
        case PaidOut():
            title, line = tr("Fanvue made a payout"), _amount(event.amount, event.currency, figure)
        case GoalReached():
            title, line = tr("Goal reached"), _goal(event, figure)
        case SpenderOnline():
            title, line = (
                tr("A VIP came online") if event.vip else tr("A top spender came online"),
                _online(event, who, figure),
            )
        case _:
            return None
    return Post(
        title=title,
        body=(line,) if line else (),
        small=f"<t:{event.at // 1000}:f>",
        buttons=(Button("chat.open", ref, tr("Open the chat")),) if getattr(event, "fan", None) else (),
    )


def _subscription(event: Subscribed, who: str) -> tuple[str, str]:
    until = tr(" until <t:{moment}:D>", moment=event.expires_at // 1000) if event.expires_at else ""
    match event.change:
        case "activated":
            link = shown(event.link)
            came = tr(", came through {link}", link=safe(one_line(link, _LINK))) if link else ""
            return tr("New subscriber"), f"{who}{until}{came}"
        case "renewed":
            return tr("Subscription renewed"), f"{who}{until}"
        case "deactivated":
            why = tr(_REASONS.get(event.reason or "", ""))
            return tr("Subscription ended"), who + (f": {why}" if why else "")
        case _:
            return tr(_RENEWAL[event.renews]), f"{who}{until}"


def _installment(event: Installment, who: str, figure: Figure) -> str:
    # Translators: which part of a plan it is, and whose: "2 of 3, Emma".
    part = (
        tr("{number} of {total}", number=number_text(event.number), total=number_text(event.of))
        if (event.number is not None and event.of is not None)
        else ""
    )
    amount = "" if event.amount is None else _amount(event.amount, event.currency, figure)
    return ", ".join(filter(None, (amount, part, who)))


def _goal(event: GoalReached, figure: Figure) -> str:
    if figure is None:
        return tr("The goal of {period}", period=event.when)
    said = msgid("The goal of {period}: **{amount}** net") if event.net else _GROSS_GOAL
    return tr(said, period=event.when, amount=figure(event.cents, None))


def _online(event: SpenderOnline, who: str, figure: Figure) -> str:
    if figure is None or event.spent <= 0:
        return who
    return tr("{who}, has spent **{amount}**", who=who, amount=figure(event.spent, None))


def _amount(cents: Cents | None, currency: str | None, figure: Figure) -> str:
    if figure is None:
        return ""
    return tr("amount unknown") if cents is None else f"**{figure(cents, currency)}**"


def _who(person: Person | None) -> str:
    if person is None:
        return tr("a fan Fanvue did not name")
    return render.person_label(person.id, person.display_name, person.handle)
