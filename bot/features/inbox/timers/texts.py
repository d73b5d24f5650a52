"""Texts of pings, and texts about timers (pure)."""

from zoneinfo import ZoneInfo

from bot.features.inbox.timers.recipients import PingStep
from bot.model.ports import Button, Post
from bot.relay.ping_recipients import PingRecipients
from bot.text.quiet_hours import clock_of
from bot.text.typed_times import NO_ZONE
from storage.inbox.timers import TimerSettings
from storage.records import EffectId, Millis

NONE = "Nobody is pinged about waiting fans. Turn it on with `/inbox timers first:10`."
OFF = "Nobody is pinged about waiting fans from now on. Earlier pings disappear when the fan is answered."
NEED_FIRST = "Set first: as well: how many minutes a fan waits before someone is pinged."
BOTH = "Quiet hours need both ends, for example quiet_from: 22:00 quiet_to: 8:00. No changes made."
NO_TIME = "“{}” is not a time of day. Write for example 22:00. No changes made."
_WHO = {
    PingStep.THEIRS: "You are answering them, or answered them last.",
    PingStep.TEAM: "Press **Reply** in the chat to claim them.",
    PingStep.LEADS: "Please make sure someone answers.",
}


def ping(effect: EffectId, label: str, since: Millis, step: PingStep, whom: PingRecipients) -> Post:
    """The message that calls somebody; `label` is Markdown, made safe."""
    names = [*(f"<@{one}>" for one in whom.members), *(f"<@&{one}>" for one in whom.roles)]
    return Post(
        title="A fan is waiting for an answer",  # no name: that is what a lock screen shows
        body=(" ".join(names), f"**{label}** wrote <t:{since // 1000}:R> and has no answer. {_WHO[step]}"),
        buttons=(Button("chat.open", effect, "Open the chat"),),
    )


def told(timers: TimerSettings, zone: ZoneInfo, *, chosen: bool) -> str:
    first = (
        f"When a fan has waited {_minutes(timers.first)}, we ping the person who is answering "
        "or answered last"
    )
    said = [f"{first}; if there is nobody, the team."]
    if timers.second is not None:
        more = _minutes(timers.second)
        said.append(f"After {more} more we ping the team, and after {more} more its leads, each once.")
    else:
        said.append("Nobody else is pinged. second: sets after how many more minutes.")
    if timers.quiet_from is not None and timers.quiet_to is not None:
        hours = f"{clock_of(timers.quiet_from)} to {clock_of(timers.quiet_to)} ({zone.key})"
        said.append(f"From {hours} nobody is pinged.")
        if not chosen:
            said.append(NO_ZONE)
    said.append("Discord pings a role only if everyone may mention it (see the role's own settings).")
    return "\n".join(said)


def _minutes(number: int) -> str:
    return "1 minute" if number == 1 else f"{number} minutes"
