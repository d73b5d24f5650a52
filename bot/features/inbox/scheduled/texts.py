"""Texts about replies that are scheduled (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.features.inbox.checks.model import CheckHold, CheckQuestion, CheckRefusal
from bot.model.language import msgid, tr, tr_stored
from bot.model.ports import Button, Post
from bot.relay.reply_gate import EDIT
from storage.records import DiscordId, Millis

CANCEL = "later.cancel"
CLOSED = msgid("It was settled before its time came.")
NOT_KEPT = msgid("Its text is no longer kept: write it again.")
NOT_ON_SERVER = msgid("Its author is no longer on this server.")
NO_THREAD = msgid("The thread that it was written in is gone.")
NO_RIGHT = msgid("Its author may no longer answer this creator's fans.")
LEAD_NOT_HERE = msgid("The lead who approved it is no longer on this server.")
LEAD_MAY_NOT = msgid("The lead who approved it may no longer approve replies.")
NO_PRICE = msgid("Its author may no longer set prices.")
TOO_LATE = msgid("It is over an hour late. Send now still sends it.")
WROTE = msgid("There's a new message since it was scheduled. Send now shows it first.")
NOT_YOURS = msgid("This isn't one of your scheduled replies.")
SETTLED = msgid("This is already settled. Its line in the thread shows how.")
CANCELLED = msgid("Cancelled. Not sent.")


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
    return tr("It needs a lead: {reason}", reason=found.reason) if isinstance(found, CheckHold) else tr(WROTE)


def not_sent(reason: str | None, by: DiscordId | None) -> str:
    """Its line once it did not leave at its time."""
    who = tr(" <@{by}> decides.", by=by) if by is not None else ""
    return tr("⚠ ⏰ Not sent at its time. {reason}{who}", reason=tr_stored(reason or ""), who=who)


def listed(found: Sequence[ScheduledReply], more: int) -> Post:
    """The list, soonest first. `more`: so many are not shown."""
    lines = [f"**{number}.** {_one(one)}" for number, one in enumerate(found, start=1)]
    return Post(
        title=tr("Scheduled replies"),
        body=("\n".join(lines) or tr("No scheduled replies. Schedule one with `/reply when:`."),),
        small=tr("{more} more later.", more=more) if more else None,
        buttons=tuple(
            button for number, one in enumerate(found, start=1) for button in _choices(one, number)
        ),
    )


def _choices(one: ScheduledReply, number: int) -> Iterator[Button]:
    if one.change is not None:
        yield Button(EDIT, one.change, tr("Change {number}", number=number))
    yield Button(CANCEL, one.ref, tr("Cancel {number}", number=number), "danger")


def _one(one: ScheduledReply) -> str:
    when = f"<t:{one.at // 1000}:f>, <t:{one.at // 1000}:R>"
    where = f" · {one.place}" if one.place else ""
    why = tr("\n⚠ Not sent: {why}", why=one.why) if one.why else ""
    return f"{one.fan} · {when} · <@{one.by}>{where}{why}"
