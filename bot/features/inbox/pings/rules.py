"""Whom a fan's message pings (pure)."""

from collections.abc import Iterable, Iterator

from bot.text.quiet_hours import quiet_for
from bot.text.time_zones import zone_of
from storage.inbox.conversations import Conversation
from storage.inbox.pings import PingChoice, PingMode
from storage.records import DiscordId, Millis

APART: Millis = 60_000  # between two pings about the same fan
FRESH: Millis = 600_000  # what was written longer ago pings nobody: the board and the timers have it


def is_worth_a_ping(talk: Conversation, at: Millis, now: Millis, *, fresh: Millis | None = None) -> bool:
    """Whether a message of that time still waits in sight, and nobody is answering it.

    `fresh`: when it began to concern these people, where that was later.
    """
    since = talk.waiting_since
    waits = since is not None and since <= at and now - (at if fresh is None else fresh) <= FRESH
    return waits and not talk.snoozed(now) and talk.holder(now) is None


def chosen_members(
    choices: Iterable[PingChoice], talk: Conversation, *, begins: bool, zone: str, now: Millis
) -> Iterator[DiscordId]:
    """Who wants this message. `begins`: the fan had nothing unanswered before. `zone`: the creator's."""
    for choice in choices:
        wants = {
            PingMode.MESSAGES: True,
            PingMode.CONVERSATIONS: begins,
            PingMode.MINE: talk.owner == choice.member,
            PingMode.NOTHING: False,
        }[choice.mode]
        if wants and not quiet_for(choice, now, zone_of(choice.zone or zone)):
            yield choice.member
