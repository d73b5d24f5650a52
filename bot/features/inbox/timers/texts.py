"""Texts of pings, and texts about timers (pure)."""

from zoneinfo import ZoneInfo

from bot.features.inbox.timers.recipients import PingStep
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.relay.ping_recipients import PingRecipients
from bot.text.quiet_hours import clock_of
from bot.text.typed_times import NO_ZONE
from storage.inbox.timers import TimerSettings
from storage.records import EffectId, Millis

NONE = msgid("Nobody is pinged about waiting fans. Turn it on with `/inbox timers first:10`.")
OFF = msgid(
    "Nobody is pinged about waiting fans from now on. Earlier pings disappear when the fan is answered."
)
NEED_FIRST = msgid("Set `first:` as well: how many minutes a fan waits before someone is pinged.")
BOTH = msgid("Quiet hours need both ends, for example `quiet_from:22:00 quiet_to:8:00`. No changes made.")
NO_TIME = msgid("“{typed}” is not a time of day. Write for example 22:00. No changes made.")
_WHO = {
    PingStep.THEIRS: msgid("You are answering them, or answered them last."),
    PingStep.TEAM: msgid("Press **Reply** in the chat to claim them."),
    PingStep.LEADS: msgid("Please make sure someone answers."),
}


def ping(effect: EffectId, label: str, since: Millis, step: PingStep, whom: PingRecipients) -> Post:
    """The message that calls somebody; `label` is Markdown, made safe."""
    names = [*(f"<@{one}>" for one in whom.members), *(f"<@&{one}>" for one in whom.roles)]
    return Post(
        title=tr("A fan is waiting for an answer"),  # no name: that is what a lock screen shows
        body=(
            " ".join(names),
            tr(
                "**{label}** wrote <t:{since}:R> and has no answer. {who}",
                label=label,
                since=since // 1000,
                who=tr(_WHO[step]),
            ),
        ),
        buttons=(Button("chat.open", effect, tr("Open the chat")),),
    )


def told(timers: TimerSettings, zone: ZoneInfo, *, chosen: bool) -> str:
    said = [
        tr_many(
            "When a fan has waited {n} minute, we ping the person who is answering or answered "
            "last; if there is nobody, the team.",
            "When a fan has waited {n} minutes, we ping the person who is answering or answered "
            "last; if there is nobody, the team.",
            timers.first,
            n=timers.first,
        )
    ]
    if timers.second is not None:
        said.append(
            tr_many(
                "After {n} minute more we ping the team, and after {n} minute more its leads, each once.",
                "After {n} minutes more we ping the team, and after {n} minutes more its leads, each once.",
                timers.second,
                n=timers.second,
            )
        )
    else:
        said.append(tr("Nobody else is pinged. `second:` sets after how many more minutes."))
    if timers.quiet_from is not None and timers.quiet_to is not None:
        said.append(
            tr(
                "From {begins} to {ends} ({zone}) nobody is pinged.",
                begins=clock_of(timers.quiet_from),
                ends=clock_of(timers.quiet_to),
                zone=zone.key,
            )
        )
        if not chosen:
            said.append(tr(NO_ZONE))
    said.append(tr("Discord pings a role only if everyone may mention it (see the role's own settings)."))
    return "\n".join(said)
