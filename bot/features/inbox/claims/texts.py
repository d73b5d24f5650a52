"""The words about claims, for the claimer and for the second one (pure)."""

from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.colours import TROUBLE_COLOUR
from bot.text.moments import answering_since
from storage.records import DiscordId, Millis

ANYWAY, TAKE = "talk.anyway", "talk.take"
RELEASED = msgid("Released: anyone on the team can answer this fan now.")
OVER = msgid("This has expired or was already answered. Press Reply or use /fan claim again.")
_TAKES = msgid("**Take over** moves the claim to you (logged).")


def claimed(until: Millis) -> str:
    return tr(
        "This fan is yours until <t:{until}:t>; each answer gives you more time. /fan "
        "release frees them, /fan handover passes them on.",
        until=until // 1000,
    )


def answering(by: DiscordId, since: Millis, ref: str, *, now: Millis) -> Post:
    """Reply was pressed, and somebody else holds the fan; `ref`: of the question."""
    return _held(
        answering_since(by, since, now),
        tr(
            "If you reply too, the fan gets two answers. **Answer anyway** opens the window and "
            "moves the claim to you (logged)."
        ),
        Button(ANYWAY, ref, tr("Answer anyway"), "danger"),
    )


def take_over(by: DiscordId, since: Millis, ref: str, *, now: Millis) -> Post:
    """/fan claim, and somebody else holds the fan."""
    return _held(answering_since(by, since, now), tr(_TAKES), Button(TAKE, ref, tr("Take over"), "danger"))


def not_handed_over(by: DiscordId, since: Millis, ref: str, *, now: Millis) -> Post:
    """/fan handover, likewise."""
    said = tr("Not handed over: {why}", why=answering_since(by, since, now))
    what = f"{tr(_TAKES)} {tr('Then use /fan handover again.')}"
    return _held(said, what, Button(TAKE, ref, tr("Take over"), "danger"))


def somebody_else(holder: DiscordId) -> str:
    """A question was answered that named another holder."""
    return tr(
        "<@{holder}> just started answering this fan, so nothing changed. Press Reply or use "
        "/fan claim again.",
        holder=holder,
    )


def not_yours(holder: DiscordId | None) -> str:
    """/fan release of a fan whom they do not hold."""
    return (
        tr("Nobody has claimed this fan. Use /fan claim to take over.")
        if holder is None
        else tr("<@{holder}> is answering this fan, not you. Use /fan claim to take over.", holder=holder)
    )


def may_not(member: DiscordId) -> str:
    """/fan handover to somebody without the right."""
    return tr(
        "<@{member}> can't answer this creator's fans, so nothing changed. The owner adds "
        "them with /team grant.",
        member=member,
    )


def handed_over(to: DiscordId) -> str:
    """It is another member's now."""
    return tr(
        "This fan is now <@{to}>'s; the thread shows it. They got no ping, so tell them if it's urgent.",
        to=to,
    )


def told_of_hand_over(by: DiscordId, to: DiscordId) -> str:
    """The line in the thread."""
    return tr("<@{by}> handed this fan to <@{to}>.", by=by, to=to)


def _held(said: str, what: str, button: Button) -> Post:
    return Post(
        body=(f"{said}\n{what}",),
        accent=TROUBLE_COLOUR,
        buttons=(button,),
    )
