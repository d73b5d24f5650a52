"""Texts about fans put aside, for the member who does it (pure)."""

from zoneinfo import ZoneInfo

from bot.text.moments import answering_since, for_you, words_of
from bot.text.typed_times import NO_ZONE
from storage.inbox.conversations import Conversation
from storage.records import DiscordId, Millis

NOTHING_WAITS = "This fan does not wait for an answer, so there is nothing to put off."
CLOSED = (
    "Closed: this fan is off the lists. When they write again, they come back by themselves; /reopen brings "
    "them back now."
)
BACK = "This fan is back on the lists and waits for an answer."
OPEN = "Nothing was put aside here: this fan is neither snoozed nor closed."
OPEN_AGAIN = "No longer closed. Everything that this fan wrote has an answer, so they do not wait."
UNREAD = (
    "Something new came into this thread a moment ago, or is on its way, so nothing was done. Read it first; "
    "if it changes nothing, use the command again."
)


def snoozed(until: Millis, now: Millis, zone: ZoneInfo, *, chosen: bool) -> str:
    """It is out of sight; `chosen`: somebody has chosen the zone."""
    said = (
        f"Snoozed until {words_of(until, now, zone)}, {for_you(until)}. They come back earlier if they "
        "write; /reopen brings them back now. Until then you find them under “Snoozed”."
    )
    return said if chosen else f"{said}\n{NO_ZONE}"


def held(by: DiscordId, since: Millis, now: Millis) -> str:
    """Somebody else answers this fan."""
    return (
        f"Nothing was done: {answering_since(by, since, now)} Ask them, or make the fan yours with /claim "
        "first."
    )


def reopened(talk: Conversation) -> str:
    """It is neither snoozed nor closed any more."""
    return BACK if talk.waiting_since is not None else OPEN_AGAIN
