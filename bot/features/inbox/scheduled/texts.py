"""Texts about replies that are scheduled (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.features.inbox.checks.model import CheckHold, CheckQuestion, CheckRefusal
from bot.model.ports import Button, Post
from bot.relay.reply_gate import EDIT
from storage.records import DiscordId, Millis

CANCEL = "later.cancel"
CLOSED = "It was settled before its time came."
NOT_KEPT = "Its text is no longer kept: write it again."
NOT_ON_SERVER = "Its author is no longer on this server."
NO_THREAD = "The thread that it was written in is gone."
NO_RIGHT = "Its author may no longer answer this creator's fans."
LEAD_NOT_HERE = "The lead who approved it is no longer on this server."
LEAD_MAY_NOT = "The lead who approved it may no longer approve replies."
NO_PRICE = "Its author may no longer set prices."
TOO_LATE = "It is over an hour late. Send now still sends it."
WROTE = "There's a new message since it was scheduled. Send now shows it first."
NOT_YOURS = "This isn't one of your scheduled replies."
SETTLED = "This is already settled. Its line in the thread shows how."
CANCELLED = "Cancelled. Not sent."
_NONE = "No scheduled replies. Schedule one with `/reply when:`."
_TITLE = "Scheduled replies"


@dataclass(frozen=True)
class ScheduledReply:
    """One that waits for its time, or for its author since then. `place`: its line in the thread."""

    ref: str
    fan: str
    by: DiscordId
    at: Millis
    place: str | None
    why: str | None
    change: str | None  # the kept reply, for its author


def why(found: CheckQuestion | CheckRefusal | CheckHold) -> str:
    """What a check said at its time."""
    if isinstance(found, CheckRefusal):
        return found.sentence
    return f"It needs a lead: {found.reason}" if isinstance(found, CheckHold) else WROTE


def not_sent(reason: str | None, by: DiscordId | None) -> str:
    """Its line once it did not leave at its time."""
    who = f" <@{by}> decides." if by is not None else ""
    return f"⚠ ⏰ Not sent at its time. {reason or ''}{who}"


def listed(found: Sequence[ScheduledReply], more: int) -> Post:
    """The list, soonest first. `more`: so many are not shown."""
    lines = [f"**{number}.** {_one(one)}" for number, one in enumerate(found, start=1)]
    return Post(
        title=_TITLE,
        body=("\n".join(lines) or _NONE,),
        small=f"{more} more later." if more else None,
        buttons=tuple(
            button for number, one in enumerate(found, start=1) for button in _choices(one, number)
        ),
    )


def _choices(one: ScheduledReply, number: int) -> Iterator[Button]:
    if one.change is not None:
        yield Button(EDIT, one.change, f"Change {number}")
    yield Button(CANCEL, one.ref, f"Cancel {number}", "danger")


def _one(one: ScheduledReply) -> str:
    when = f"<t:{one.at // 1000}:f>, <t:{one.at // 1000}:R>"
    where = f" · {one.place}" if one.place else ""
    why = f"\n⚠ Not sent: {one.why}" if one.why else ""
    return f"{one.fan} · {when} · <@{one.by}>{where}{why}"
