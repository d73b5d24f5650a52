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
    "To reassign sales you need to see figures, and your role can't. No changes made: ask the "
    "owner or a lead who sees them."
)
NO_REASON = "Please say why: the person credited before may ask. No changes made."
NO_SALE = (
    "No sale of this creator has that name. Copy its ten characters, such as `3f09ab41c2`, from "
    "/money credit sales. No changes made."
)
AS_RULED = "This sale was never reassigned: the rules already decide about it. No changes made."
NOT_YOURS = "You may no longer reassign this creator's sales. No changes made: ask the owner."
OVER = "This has expired or was already answered. Run /money credit reassign again."
GONE = "Fanvue no longer lists this sale, so it counts for nobody. No changes made."
OVERTAKEN = (
    "Someone else just reassigned this sale, so nothing changed. Check it in /money credit sales, and "
    "run /money credit reassign again if it's still wrong."
)
LEFT = "No changes made."
_BOTH = (
    "From then on it counts for them under both rules. The reason appears beside the sale, with your name."
)
_NOBODY = "It then counts for nobody, under both rules. The reason appears beside the sale, with your name."
_BACK = "Both rules decide about it again. Your change and its reason stay on record."
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
