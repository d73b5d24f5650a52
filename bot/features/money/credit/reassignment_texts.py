"""Texts about reassigning a sale (pure)."""

from bot.features.money.credit.explanation_texts import ExplainedSale, name_of
from bot.features.money.credit.sales_texts import one_sale
from bot.features.money.periods.bands import Show
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.relay.reassignment import LONGEST
from bot.text.safe_text import one_line, safe
from storage.money.credit_moves import SaleReassignment
from storage.records import Millis

HIDDEN = msgid(
    "To reassign sales you need to see figures, and your role can't. No changes made: "
    "ask the owner or a lead who sees them."
)
NO_REASON = msgid("Please say why: the person credited before may ask. No changes made.")
NO_SALE = msgid(
    "No sale of this creator has that name. Copy its ten characters, such as "
    "`3f09ab41c2`, from /money credit sales. No changes made."
)
AS_RULED = msgid("This sale was never reassigned: the rules already decide about it. No changes made.")
NOT_YOURS = msgid("You may no longer reassign this creator's sales. No changes made: ask the owner.")
OVER = msgid("This has expired or was already answered. Run /money credit reassign again.")
GONE = msgid("Fanvue no longer lists this sale, so it counts for nobody. No changes made.")
OVERTAKEN = msgid(
    "Someone else just reassigned this sale, so nothing changed. Check it in /money "
    "credit sales, and run /money credit reassign again if it's still wrong."
)
LEFT = msgid("No changes made.")
_BOTH = msgid(
    "From then on it counts for them under both rules. The reason appears beside the sale, with your name."
)
_NOBODY = msgid(
    "It then counts for nobody, under both rules. The reason appears beside the sale, with your name."
)
_BACK = msgid("Both rules decide about it again. Your change and its reason stay on record.")
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
        title=tr("Reassign a sale of @{handle}?", handle=safe(one_line(handle, _HANDLE))),
        body=(
            one_sale(told, show=show, window=window),
            _then(move, safe(one_line(why, LONGEST))),
        ),
        small=tr(_BACK) if move.back else tr(_NOBODY) if move.member is None else tr(_BOTH),
        buttons=(
            Button("credit.yes", ref, tr("Yes, reassign it"), "danger"),
            Button("credit.no", ref, tr("No, leave it")),
        ),
    )


def done(move: SaleReassignment, ref: str) -> str:
    if move.back:
        return tr("Done. Sale `{ref}`: as the rules say.", ref=ref)
    if move.member is None:
        return tr("Done. Sale `{ref}`: nobody's.", ref=ref)
    return tr("Done. Sale `{ref}`: {member}'s.", ref=ref, member=name_of(move.member))


def _then(move: SaleReassignment, why: str) -> str:
    if move.back:
        return tr("Then: **as the rules say**\nBecause: {why}", why=why)
    if move.member is None:
        return tr("Then: **nobody's**\nBecause: {why}", why=why)
    return tr("Then: **{member}'s**\nBecause: {why}", member=name_of(move.member), why=why)
