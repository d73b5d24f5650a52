"""The same lists as files, without texts (pure)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.access.roles import MoneyView
from bot.features.people.reviews.choice_rules import ReviewRow
from bot.features.people.reviews.model import ShownTo
from bot.features.people.reviews.sent_texts import link
from bot.model.draft_source import mark_of
from bot.text.safe_text import one_line
from bot.text.spreadsheet import as_csv
from storage.people.stopped_attempts import StoppedAttempt
from storage.records import CreatorId, DiscordId, Fan, Millis

_SENT = (
    "at_utc",
    "creator",
    "member_id",
    "member",
    "fan",
    "fan_handle",
    "waited_s",
    "price",
    "bought",
    "link",
    "draft_by",
    "draft_use",
    "draft_words_kept",
    "draft_changed",
    "edited_by_id",
)
_STOPPED = ("at_utc", "creator", "member_id", "member", "fan", "fan_handle", "what", "became", "lead_id")
_NAME = 60


def sent(
    rows: Sequence[ReviewRow], handles: Mapping[CreatorId, str], shown_to: ShownTo, guild: DiscordId | None
) -> bytes:
    """A line for each reply; only a reader of exact figures gets the purchases."""
    return as_csv(
        _SENT,
        (
            (
                _moment(row.reply.at),
                handles.get(row.reply.creator, ""),
                row.reply.member,
                row.reply.member_name,
                one_line(row.reply.fan_name or "", _NAME),
                row.reply.fan_handle,
                None if row.reply.waited is None else row.reply.waited // 1000,
                *_money(row, shown_to),
                link(row.reply, guild),
                *_draft(row.reply.drafted),
            )
            for row in rows
        ),
    )


def stopped(
    rows: Sequence[tuple[StoppedAttempt, str, str]], handles: Mapping[CreatorId, str], fans: Mapping[str, Fan]
) -> bytes:
    """A line for each attempt, with what it was and what became of it."""
    return as_csv(
        _STOPPED,
        (
            (
                _moment(one.at),
                handles.get(one.creator, ""),
                one.writer,
                one.writer_name,
                *_fan(fans.get(one.fan or "")),
                what,
                became,
                one.lead,
            )
            for one, what, became in rows
        ),
    )


def _money(row: ReviewRow, shown_to: ShownTo) -> tuple[str, str]:
    cents = row.reply.price
    if cents is None or row.money is MoneyView.HIDDEN:
        return "", ""
    said = shown_to(row.money).money(cents)
    if row.money is MoneyView.BANDED:
        return said, ""
    return said, "yes" if row.reply.bought else "taken back" if row.reply.taken_back else "no"


def _draft(packed: str | None) -> tuple[str, str, int | None, str, int | None]:
    """Who drafted it, what was done with that, and who else changed it; nothing where a person wrote it."""
    mark = mark_of(packed)
    if mark is None:
        return "", "", None, "", None
    name, change = one_line(mark.source.name, _NAME), mark.change
    if change is None:
        return name, "", None, "", mark.editor
    return name, change.use.value, change.kept, " ".join(change.parts), mark.editor


def _fan(fan: Fan | None) -> tuple[str, str]:
    return ("", "") if fan is None else (one_line(fan.display_name or "", _NAME), fan.handle or "")


def _moment(at: Millis) -> str:
    return f"{datetime.fromtimestamp(at / 1000, tz=UTC):%Y-%m-%d %H:%M:%S}"
