"""Texts about a team, for leads (pure)."""

from collections.abc import Sequence

from bot.access.roles import MoneyView
from bot.features.people.workload.sums import WorkloadRow
from bot.model.ports import Post
from bot.text import spreadsheet
from bot.text.moments import lasting
from bot.text.percentages import LEAST, in_tens
from bot.text.safe_text import safe
from bot.text.spreadsheet import Cell
from storage.records import Millis

PERIODS = {"1": "the last 24 hours", "7": "the last 7 days", "30": "the last 30 days"}
_SHOWN = 25  # members one by one
_COUNTED = (
    "Counted from the replies we still keep, by sender; answers on Fanvue itself count for nobody. "
    "A wait starts at the first unanswered message, nights included."
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
    title = f"The team of @{safe(handle)}, {PERIODS[period]}"
    if not team.replies:
        return Post(title=title, body=("Nobody has sent a reply in this time.",), small=_COUNTED)
    body = [f"**All**: {_line(team, money)}"]
    body += [f"<@{one.member}>: {_line(one, money)}" for one in members[:_SHOWN]]
    if len(members) > _SHOWN:
        body.append(f"{len(members) - _SHOWN} more are in the file: choose as_file.")
    notes = [_COUNTED]
    if cut:
        notes.append(f"Times are of the newest {team.answers:,} answers only.")
    if money is MoneyView.BANDED:
        notes.append(f"You see what was bought in tens of percent, where at least {LEAST} had a price.")
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
    parts = [_many(row.replies, "reply", "replies")]
    if row.median is not None and row.slowest_tenth is not None:
        parts.append(f"median wait {lasting(row.median)}, nine of ten within {lasting(row.slowest_tenth)}")
    if money is MoneyView.BANDED or (row.priced and money is MoneyView.EXACT):
        parts.append(_bought(row, money))
    return " · ".join(parts)


def _bought(row: WorkloadRow, money: MoneyView) -> str:
    if money is MoneyView.EXACT:
        return f"{row.bought:,} of {row.priced:,} with a price bought"
    share = in_tens(row.bought, row.priced)
    return "bought: too few to say" if share is None else f"{share} of what had a price bought"


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _seconds(span: Millis | None) -> int | None:
    return None if span is None else round(span / 1000)
