"""Explains whose a sale is, in one sentence (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.language import tr
from bot.relay.reassignment import LONGEST
from bot.text.moments import lasting
from bot.text.safe_text import one_line, safe
from storage.money.credit_lines import UNANSWERED
from storage.money.credit_moves import SaleReassignment
from storage.money.credit_sent import MASS, POST
from storage.money.credited_sales import Sale
from storage.records import DiscordId, Millis

_MARKS = 200  # characters of them: with five of them a page still fits into a message
_MESSAGE, _POST = "message", "post"  # sources of which something was bought


@dataclass(frozen=True)
class ExplainedSale:
    """A sale, and what is known around it."""

    sale: Sale
    fan: str | None  # as the team calls them, made safe; None: nobody knows any more
    move: SaleReassignment | None = None
    why: str | None = None  # of that move
    marks: Mapping[str, str] | None = None  # of the checkout link that sold it


def by_rules(sale: Sale, window: Millis) -> str:
    """Both rules' results, beside each other."""
    said = f"{_sent(sale)} · {_answered(sale, window)}"
    if not sale.back:
        return said
    return (
        tr("takes back the sale of <t:{moment}:f>: {why}", moment=sale.began // 1000, why=said)
        if sale.known
        else said
    )


def reassigned(told: ExplainedSale) -> str | None:
    """Say who gave it to whom, and why; None: nobody did."""
    if told.move is None:
        return None
    reason = (
        tr("the reason was erased with its fan") if told.why is None else safe(one_line(told.why, LONGEST))
    )
    when = f"<t:{told.move.at // 1000}:f>"
    return tr(
        "**Reassigned** to {member} by <@{by}>, {when}: {reason}",
        member=name_of(told.sale.given),
        by=told.move.by,
        when=when,
        reason=reason,
    )


def on_link(told: ExplainedSale) -> str | None:
    """What stood on the link that sold it; None: nothing, or it was no link."""
    if not told.marks:
        return None
    words = ", ".join(f"{name}: {mark}" for name, mark in told.marks.items())
    return tr("On the link: {words}", words=safe(one_line(words, _MARKS)))


def name_of(member: DiscordId | None) -> str:
    """A member as Discord shows them."""
    return tr("nobody") if member is None else f"<@{member}>"


def _sent(sale: Sale) -> str:
    if sale.sent_at is None:
        return _not_known(sale)
    when = f"<t:{sale.sent_at // 1000}:f>"
    if sale.sent_kind == POST:
        return tr("bought the post that {who} published {when}", who=_who(sale.sender), when=when)
    if sale.sent_kind == MASS:
        return tr("bought the mass message that {who} sent {when}", who=_who(sale.sender), when=when)
    return tr("bought what {who} sent {when}", who=_who(sale.sender), when=when)


def _not_known(sale: Sale) -> str:
    if sale.copy:
        return tr("bought a mass message; we don't know who launched it")
    if sale.source == _MESSAGE:
        return tr("we don't know who sent the message")  # it may be a copy that no sweep has seen
    if sale.source == _POST:
        return tr("nobody here published it")
    return tr("nobody here sent it") if sale.back else tr("it has no message")


def _answered(sale: Sale, window: Millis) -> str:
    if sale.last_at is not None:
        return tr(
            "last answered by {who} {time} before",
            who=_who(sale.last),
            time=lasting(sale.began - sale.last_at),
        )
    if sale.source in UNANSWERED:
        return tr("automatic renewal")
    if sale.back and not sale.known:
        return tr("the refunded sale is not known")
    if sale.fan is None:
        return tr("Fanvue doesn't say who bought")
    return tr("nobody answered within {time} before", time=lasting(window))


def _who(member: DiscordId | None) -> str:
    return tr("someone on Fanvue itself") if member is None else f"<@{member}>"
