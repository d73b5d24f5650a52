"""A page of sales, each with why it is whose (pure)."""

from collections.abc import Sequence

from bot.features.money.credit.explanation_texts import ExplainedSale, by_rules, on_link, reassigned
from bot.features.money.credit.sale_references import ref_of
from bot.features.money.periods.bands import Show
from bot.features.money.periods.days import Days, written
from bot.features.money.periods.ports import LedgerSums
from bot.features.money.periods.texts import source_of
from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Post
from bot.text.safe_text import one_line, safe
from storage.records import Millis

PAGE = 5
HIDDEN = msgid(
    "Your role can't see figures for this creator, so there are no sales to show. The "
    "owner can change that with /team grant."
)
CUT = msgid("The file has only the newest {number}: ask for fewer days to get the rest.")
_HANDLE = 40
_NONE = msgid("No sales in this time.")
_PAST = msgid("There are fewer sales. Leave `page:` empty to start with the newest.")
_HOW = msgid("Reassign a sale with `/money credit reassign`: its short name, such as `{ref}`, and a reason.")


def page(  # noqa: PLR0913 - one for each thing that is shown
    rows: Sequence[ExplainedSale],
    *,
    handle: str,
    named: str,
    days: Days,
    ledgered: LedgerSums,
    show: Show,
    window: Millis,
    number: int,
    of: int,
) -> Post:
    """`number`: of the page, from 1 on; `of`: how many sales there are on all of them."""
    title = tr("Sales of @{handle}, {period}", handle=safe(one_line(handle, _HANDLE)), period=named)
    as_of = tr(
        "{zone} time. Data as of {moment}.",
        zone=days.zone.key,
        moment=written(ledgered.as_of, days.zone),
    )
    if not rows:
        return Post(title=title, body=(tr(_NONE) if number == 1 else tr(_PAST),), small=as_of)
    notes = [tr(_HOW, ref=ref_of(rows[0].sale)), as_of]
    if number * PAGE < of:
        notes.insert(0, tr("Older ones: page:{number}.", number=number + 1))
    if show.note is not None:
        notes.append(show.note)
    else:
        notes.insert(
            0,
            tr_many(
                "{n} sale, page {page} of {pages}.",
                "{n} sales, page {page} of {pages}.",
                of,
                page=number_text(number),
                pages=number_text(-(-of // PAGE)),
            ),
        )
    return Post(
        title=title,
        body=tuple(one_sale(one, show=show, window=window) for one in rows),
        small="\n".join(notes),
    )


def one_sale(told: ExplainedSale, *, show: Show, window: Millis) -> str:
    """The sale, and why it is whose it is."""
    sale = told.sale
    amount = show.money(sale.gross, sale.currency)
    net = tr("net pending") if sale.net is None else tr("net {net}", net=show.money(sale.net, sale.currency))
    whom = "" if told.fan is None else f" · {told.fan}"
    lines = [
        f"**{amount}** ({net}) · {source_of(sale.source)} · <t:{sale.at // 1000}:f>{whom} · `{ref_of(sale)}`",
        by_rules(sale, window),
    ]
    return "\n".join([*lines, *filter(None, (on_link(told), reassigned(told)))])
