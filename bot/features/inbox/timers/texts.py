"""Texts of pings, and texts about timers (pure)."""

from zoneinfo import ZoneInfo

from bot.features.inbox.timers.recipients import PingStep
from bot.model.ports import Button, Post
from bot.relay.ping_recipients import PingRecipients
from bot.text.quiet_hours import clock_of
from bot.text.typed_times import NO_ZONE
from storage.inbox.timers import TimerSettings
from storage.records import EffectId, Millis

NONE = "Nobody is pinged about fans who wait. To change that, use `/inbox timers first:10`."
OFF = "Nobody is pinged about fans who wait any more. What was posted goes when the fan is answered."
NEED_FIRST = "Set first: as well: how many minutes a fan waits until somebody is pinged."
BOTH = "Quiet hours need both ends, for example quiet_from: 22:00 quiet_to: 8:00. Nothing was changed."
NO_TIME = "“{}” is not a time of day. Write for example 22:00. Nothing was changed."
_WHO = {
    PingStep.THEIRS: "You are answering them, or answered them last.",
    PingStep.TEAM: "**Reply** in the chat makes them yours.",
    PingStep.LEADS: "Please see to it that somebody answers.",
}


def ping(effect: EffectId, label: str, since: Millis, step: PingStep, whom: PingRecipients) -> Post:
    """The message that calls somebody; `label` is Markdown, made safe."""
    names = [*(f"<@{one}>" for one in whom.members), *(f"<@&{one}>" for one in whom.roles)]
    return Post(
        title="A fan waits for an answer",  # no name: that is what a lock screen shows
        body=(" ".join(names), f"**{label}** wrote <t:{since // 1000}:R> and has no answer. {_WHO[step]}"),
        buttons=(Button("chat.open", effect, "Open the chat"),),
    )


def told(timers: TimerSettings, zone: ZoneInfo, *, chosen: bool) -> str:
    first = f"Once a fan waits for {_minutes(timers.first)}, whoever is answering or answered last is pinged"
    said = [f"{first}; where there is nobody, the team."]
    if timers.second is not None:
        more = _minutes(timers.second)
        said.append(f"After {more} more the team is pinged, and after {more} more its leads, each once.")
    else:
        said.append("Nobody else is pinged: second: sets after how many minutes more.")
    if timers.quiet_from is not None and timers.quiet_to is not None:
        hours = f"{clock_of(timers.quiet_from)} to {clock_of(timers.quiet_to)} ({zone.key})"
        said.append(f"From {hours} nobody is pinged.")
        if not chosen:
            said.append(NO_ZONE)
    said.append("Discord pings a role only if everybody may mention it (the role's own settings).")
    return "\n".join(said)


def _minutes(number: int) -> str:
    return "1 minute" if number == 1 else f"{number} minutes"
