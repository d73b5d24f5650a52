"""Texts about reassigning a sale (pure)."""

from bot.features.money.credit.explanation_texts import ExplainedSale, name_of
from bot.features.money.credit.sales_texts import one_sale
from bot.features.money.periods.bands import Show
from bot.model.ports import Button, Post
from bot.relay.reassignment import LONGEST
from bot.text.safe_text import one_line, safe
from storage.money.credit_moves import SaleReassignment
from storage.records import Millis

HIDDEN = (
    "Reassigning sales needs to see figures, and your role sees none. Nothing was changed: ask the owner "
    "or a lead who sees them."
)
NO_REASON = "Please say why: whoever was credited before may ask. Nothing was changed."
NO_SALE = (
    "No sale of this creator has that name. /credit sales shows the name of each one, such as `3f09ab41c2`; "
    "type all ten characters of it. Nothing was changed."
)
AS_RULED = "This sale was never reassigned: it is as the rules say already. Nothing was changed."
NOT_YOURS = "You may not reassign this creator's sales any more. Nothing was changed: ask the owner."
OVER = "This was answered already, or its time is over. Run /credit reassign again."
GONE = "Fanvue does not list this sale any more, so it counts for nobody. Nothing was changed."
OVERTAKEN = (
    "Somebody reassigned this sale meanwhile. Nothing was changed: look at it in /credit sales, and run "
    "/credit reassign again if it is still wrong."
)
LEFT = "Nothing was changed."
_BOTH = "It counts for them under both rules from then on. The reason stands beside the sale, with your name."
_NOBODY = "It counts for nobody then, under both rules. The reason stands beside the sale, with your name."
_BACK = "Both rules decide about it again. That you did this, and why, is kept."
_HANDLE = 40


def question(
    told: ExplainedSale,
    move: SaleReassignment,
    why: str,
    *,
    handle: str,
    show: Show,
    window: Millis,
    ref: str,
) -> Post:
    """The sale as it is, as it would be, and the two buttons."""
    return Post(
        title=f"Reassign a sale of @{safe(one_line(handle, _HANDLE))}?",
        body=(
            one_sale(told, show=show, window=window),
            f"Then: **{_whose(move)}**\nBecause: {safe(one_line(why, LONGEST))}",
        ),
        small=_BACK if move.back else _NOBODY if move.member is None else _BOTH,
        buttons=(
            Button("credit.yes", ref, "Yes, reassign it", "danger"),
            Button("credit.no", ref, "No, leave it"),
        ),
    )


def done(move: SaleReassignment, ref: str) -> str:
    return f"Done. Sale `{ref}`: {_whose(move)}."


def _whose(move: SaleReassignment) -> str:
    if move.back:
        return "as the rules say"
    return "nobody's" if move.member is None else f"{name_of(move.member)}'s"
