"""Texts about fans put aside, for the member who does it (pure)."""

from zoneinfo import ZoneInfo

from bot.model.language import msgid, tr
from bot.text.moments import answering_since, for_you, words_of
from bot.text.typed_times import NO_ZONE
from storage.inbox.conversations import Conversation
from storage.records import DiscordId, Millis

NOTHING_WAITS = msgid("This fan isn't waiting for an answer, so there is nothing to snooze.")
CLOSED = msgid(
    "Closed: this fan is off the lists. They come back when they write again, or now with /fan reopen."
)
BACK = msgid("This fan is back on the lists and waiting for an answer.")
OPEN = msgid("This fan isn't snoozed or closed.")
OPEN_AGAIN = msgid("No longer closed. Everything this fan wrote has an answer, so they aren't waiting.")
UNREAD = msgid(
    "A new message just came into this thread, or is on its way, so nothing changed. "
    "Read it; if you still want to, run the command again."
)


def snoozed(until: Millis, now: Millis, zone: ZoneInfo, *, chosen: bool) -> str:
    """It is out of sight; `chosen`: somebody has chosen the zone."""
    said = tr(
        "Snoozed until {until}, {for_you}. They come back earlier if they write, or now "
        "with /fan reopen. You find them under “Snoozed”.",
        until=words_of(until, now, zone),
        for_you=for_you(until),
    )
    return said if chosen else f"{said}\n{tr(NO_ZONE)}"


def held(by: DiscordId, since: Millis, now: Millis) -> str:
    """Somebody else answers this fan."""
    # Translators: {who_answers} is a sentence: somebody is answering this fan
    return tr(
        "Nothing changed: {who_answers} Ask them, or use /fan claim first.",
        who_answers=answering_since(by, since, now),
    )


def reopened(talk: Conversation) -> str:
    """It is neither snoozed nor closed any more."""
    return tr(BACK) if talk.waiting_since is not None else tr(OPEN_AGAIN)
