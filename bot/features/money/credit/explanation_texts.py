"""Explains whose a sale is, in one sentence (pure)."""

from dataclasses import dataclass

from bot.relay.reassignment import LONGEST
from bot.text.moments import lasting
from bot.text.safe_text import one_line, safe
from storage.money.credit_lines import UNANSWERED
from storage.money.credit_moves import SaleReassignment
from storage.money.credit_sent import MASS, POST
from storage.money.credited_sales import Sale
from storage.records import DiscordId, Millis

_MESSAGE, _POST = "message", "post"  # sources of which something was bought


@dataclass(frozen=True)
class ExplainedSale:
    """A sale, and what is known around it."""

    sale: Sale
    fan: str | None  # as the team calls them, made safe; None: nobody knows any more
    move: SaleReassignment | None = None
    why: str | None = None  # of that move


def by_rules(sale: Sale, window: Millis) -> str:
    """Both rules' results, beside each other."""
    said = f"{_sent(sale)} · {_answered(sale, window)}"
    if not sale.back:
        return said
    return f"takes back the sale of <t:{sale.began // 1000}:f>: {said}" if sale.known else said


def reassigned(told: ExplainedSale) -> str | None:
    """Say who gave it to whom, and why; None: nobody did."""
    if told.move is None:
        return None
    reason = "the reason was erased with its fan" if told.why is None else safe(one_line(told.why, LONGEST))
    when = f"<t:{told.move.at // 1000}:f>"
    return f"**Reassigned** to {name_of(told.sale.given)} by <@{told.move.by}>, {when}: {reason}"


def name_of(member: DiscordId | None) -> str:
    """A member as Discord shows them."""
    return "nobody" if member is None else f"<@{member}>"


def _sent(sale: Sale) -> str:
    if sale.sent_at is None:
        return _not_known(sale)
    when = f"<t:{sale.sent_at // 1000}:f>"
    if sale.sent_kind == POST:
        return f"bought the post that {_who(sale.sender)} published {when}"
    if sale.sent_kind == MASS:
        return f"bought the mass message that {_who(sale.sender)} sent {when}"
    return f"bought what {_who(sale.sender)} sent {when}"


def _not_known(sale: Sale) -> str:
    if sale.copy:
        return "bought a mass message; we don't know who launched it"
    if sale.source == _MESSAGE:
        return "we don't know who sent the message"  # it may be a copy that no sweep has seen
    if sale.source == _POST:
        return "nobody here published it"
    return "nobody here sent it" if sale.back else "there was no message for it"


def _answered(sale: Sale, window: Millis) -> str:
    if sale.last_at is not None:
        return f"last answered by {_who(sale.last)} {lasting(sale.began - sale.last_at)} before"
    if sale.source in UNANSWERED:
        return "it renewed automatically"
    if sale.back and not sale.known:
        return "the refunded sale is not known"
    if sale.fan is None:
        return "Fanvue doesn't say who bought"
    return f"nobody answered within {lasting(window)} before"


def _who(member: DiscordId | None) -> str:
    return "someone on Fanvue itself" if member is None else f"<@{member}>"
