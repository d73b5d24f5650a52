"""Texts about a team, for leads (pure)."""

from collections.abc import Sequence

from bot.access.roles import MoneyView
from bot.features.people.workload.sums import WorkloadRow
from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Post
from bot.text import spreadsheet
from bot.text.moments import lasting
from bot.text.percentages import LEAST, in_tens
from bot.text.safe_text import safe
from bot.text.spreadsheet import Cell
from storage.records import Millis

PERIODS = {"1": msgid("the last 24 hours"), "7": msgid("the last 7 days"), "30": msgid("the last 30 days")}
_SHOWN = 25  # members one by one
_COUNTED = msgid(
    "Counted from the replies we still keep, by sender; answers on Fanvue itself count "
    "for nobody. A wait starts at the first unanswered message, nights included."
)


def shown(
    handle: str,
    period: str,
    team: WorkloadRow,
    members: Sequence[WorkloadRow],
    money: MoneyView,
    *,
    cut: bool,
) -> Post:
    """The team, then each member; `cut`: not all answers could be looked at."""
    title = tr("The team of @{handle}, {period}", handle=safe(handle), period=tr(PERIODS[period]))
    if not team.replies:
        return Post(title=title, body=(tr("Nobody has sent a reply in this time."),), small=tr(_COUNTED))
    body = [tr("**All**: {figures}", figures=_line(team, money))]
    body += [f"<@{one.member}>: {_line(one, money)}" for one in members[:_SHOWN]]
    if len(members) > _SHOWN:
        body.append(tr("{more} more are in the file: choose `as_file:`.", more=len(members) - _SHOWN))
    notes = [tr(_COUNTED)]
    if cut:
        notes.append(tr("Times are of the newest {answers} answers only.", answers=number_text(team.answers)))
    if money is MoneyView.BANDED:
        notes.append(
            tr("You see what was bought in tens of percent, where at least {least} had a price.", least=LEAST)
        )
    return Post(title=title, body=("\n".join(body),), small="\n".join(notes))


def as_csv(members: Sequence[WorkloadRow], money: MoneyView) -> bytes:
    """A line for each member, times in whole seconds; purchases only for a reader of exact figures."""
    exact = money is MoneyView.EXACT
    columns = ["member_id", "member", "replies", "answers", "median_wait_s", "p90_wait_s"]
    lines: list[list[Cell]] = []
    for one in members:
        cells: list[Cell] = [one.member, one.name, one.replies, one.answers, _seconds(one.median)]
        lines.append([*cells, _seconds(one.slowest_tenth), *((one.priced, one.bought) if exact else ())])
    return spreadsheet.as_csv(columns + (["with_price", "bought"] if exact else []), lines)


def _line(row: WorkloadRow, money: MoneyView) -> str:
    parts = [tr_many("{n} reply", "{n} replies", row.replies)]
    if row.median is not None and row.slowest_tenth is not None:
        parts.append(
            tr(
                "median wait {median}, nine of ten within {most}",
                median=lasting(row.median),
                most=lasting(row.slowest_tenth),
            )
        )
    if money is MoneyView.BANDED or (row.priced and money is MoneyView.EXACT):
        parts.append(_bought(row, money))
    return " · ".join(parts)


def _bought(row: WorkloadRow, money: MoneyView) -> str:
    if money is MoneyView.EXACT:
        return tr(
            "{bought} of {priced} with a price bought",
            bought=number_text(row.bought),
            priced=number_text(row.priced),
        )
    share = in_tens(row.bought, row.priced)
    return (
        tr("bought: too few to say")
        if share is None
        else tr("{share} of what had a price bought", share=share)
    )


def _seconds(span: Millis | None) -> int | None:
    return None if span is None else round(span / 1000)
