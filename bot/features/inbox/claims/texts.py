"""The words about claims, for the claimer and for the second one (pure)."""

from bot.model.ports import Button, Post
from bot.text.colours import TROUBLE_COLOUR
from bot.text.moments import answering_since
from storage.records import DiscordId, Millis

ANYWAY, TAKE = "talk.anyway", "talk.take"
RELEASED = "This fan is free again: anybody on the team can answer."
OVER = "This was answered already, or its time is over. Press Reply or use /claim again."
_TAKES = "**Take over** makes the fan yours; that is written down."
_NOBODY = "Nobody has claimed this fan, so there is nothing to let go. /claim makes them yours."


def claimed(until: Millis) -> str:
    return (
        f"This fan is yours until <t:{until // 1000}:t>. Each answer gives you more time. /release lets "
        "them go, /handover gives them to a colleague."
    )


def answering(by: DiscordId, since: Millis, ref: str, *, now: Millis) -> Post:
    """Reply was pressed, and somebody else holds the fan; `ref`: of the question."""
    return _held(
        answering_since(by, since, now),
        "If you answer as well, the fan hears from two people. **Answer anyway** opens the window and makes "
        "the fan yours; that is written down.",
        Button(ANYWAY, ref, "Answer anyway", "danger"),
    )


def take_over(by: DiscordId, since: Millis, ref: str, *, now: Millis) -> Post:
    """/claim, and somebody else holds the fan."""
    return _held(answering_since(by, since, now), _TAKES, Button(TAKE, ref, "Take over", "danger"))


def not_handed_over(by: DiscordId, since: Millis, ref: str, *, now: Millis) -> Post:
    """/handover, likewise."""
    said = f"Nothing was handed over: {answering_since(by, since, now)}"
    what = f"{_TAKES} Then /handover again."
    return _held(said, what, Button(TAKE, ref, "Take over", "danger"))


def somebody_else(holder: DiscordId) -> str:
    """A question was answered that named another holder."""
    return (
        f"Nothing was changed: since this was asked, <@{holder}> has begun to answer this fan. Press Reply "
        "or use /claim again."
    )


def not_yours(holder: DiscordId | None) -> str:
    """/release of a fan whom they do not hold."""
    return _NOBODY if holder is None else f"<@{holder}> answers this fan, not you. /claim takes them over."


def may_not(member: DiscordId) -> str:
    """/handover to somebody without the right."""
    return (
        f"<@{member}> may not answer this creator's fans, so this fan stays as they are. The owner lets "
        "them in with /team grant."
    )


def handed_over(to: DiscordId) -> str:
    """It is another member's now."""
    return f"This fan is <@{to}>'s now; the thread says so. Nobody was pinged: tell them, if it is urgent."


def told_of_hand_over(by: DiscordId, to: DiscordId) -> str:
    """The line in the thread."""
    return f"<@{by}> handed this fan over to <@{to}>."


def _held(said: str, what: str, button: Button) -> Post:
    return Post(
        body=(f"{said}\n{what}",),
        accent=TROUBLE_COLOUR,
        buttons=(button,),
    )
