"""Texts about fans put aside, for the member who does it (pure)."""

from zoneinfo import ZoneInfo

from bot.text.moments import answering_since, for_you, words_of
from bot.text.typed_times import NO_ZONE
from storage.inbox.conversations import Conversation
from storage.records import DiscordId, Millis

NOTHING_WAITS = "This fan isn't waiting for an answer, so there is nothing to snooze."
CLOSED = "Closed: this fan is off the lists. They come back when they write again, or now with /fan reopen."
BACK = "This fan is back on the lists and waiting for an answer."
OPEN = "This fan isn't snoozed or closed."
OPEN_AGAIN = "No longer closed. Everything this fan wrote has an answer, so they aren't waiting."
UNREAD = (
    "A new message just came into this thread, or is on its way, so nothing changed. Read it; if "
    "you still want to, run the command again."
)


def snoozed(until: Millis, now: Millis, zone: ZoneInfo, *, chosen: bool) -> str:
    """It is out of sight; `chosen`: somebody has chosen the zone."""
    said = (
        f"Snoozed until {words_of(until, now, zone)}, {for_you(until)}. They come back earlier "
        "if they write, or now with /fan reopen. You find them under “Snoozed”."
    )
    return said if chosen else f"{said}\n{NO_ZONE}"


def held(by: DiscordId, since: Millis, now: Millis) -> str:
    """Somebody else answers this fan."""
    return f"Nothing changed: {answering_since(by, since, now)} Ask them, or use /fan claim first."


def reopened(talk: Conversation) -> str:
    """It is neither snoozed nor closed any more."""
    return BACK if talk.waiting_since is not None else OPEN_AGAIN
