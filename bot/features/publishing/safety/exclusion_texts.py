"""The texts about fans whom a mass message leaves out (pure)."""

from collections.abc import Mapping, Sequence

from bot.features.publishing.mass_messages.audience import fans
from bot.features.publishing.safety.audience_rules import AudienceList
from bot.features.publishing.safety.exclusion_rules import ExclusionChoice, ExclusionTally
from bot.features.publishing.safety.frequency_rules import FrequencyRule
from bot.text.safe_text import one_line, safe
from storage.publishing import lists
from storage.publishing.mass_caps import MassCap

OFF = "off"
LABEL = "Leave them out"
UNREAD = (
    "Fanvue's list of mass messages cannot be read right now, so nobody knows who had too many of them "
    "already."
)
_SET = "`/mass-limits cap:` changes it; “off” ends it."
NO_CAP = (
    "There is no cap for this creator, so nobody is over it. `/mass-limits cap:2 in 7 days` sets one, or "
    "take it out under **Leave out**. Nothing was sent."
)
LOOKS = "Mass message: whom it leaves out is looked up"
ENDED = "The mass message had ended before its list was made."
_LONG = "a list has more than 500 fans: they are counted when it leaves, which takes a while"
_SHOWN, _NAME = 3, 30


# ── the setting ──


def shown(cap: MassCap) -> str:
    live = (
        f"A conversation is live for {hours(cap.live_hours)} after its last message; `/mass-limits live:` "
        "changes that."
    )
    if cap.most is None:
        return f"No cap: fans get as many mass messages as are sent. {live}"
    return (
        f"Cap: a fan gets {_rule(FrequencyRule(cap.most, cap.days))}, or the preview says so. {_SET} {live}"
    )


def done(cap: MassCap) -> str:
    told = shown(cap)
    return f"From now on: {told[0].lower()}{told[1:]}"


def target(cap: MassCap) -> str:
    most = OFF if cap.most is None else f"{cap.most} in {cap.days} days"
    return f"cap {most}, live {cap.live_hours} h"


def hours(number: int) -> str:
    return f"{number} {'hour' if number == 1 else 'hours'}"


# ── the preview ──


def leaves(leave: ExclusionChoice, counted: ExclusionTally) -> str:
    """The fans it leaves out, and the unknown part of that."""
    told = []
    if leave.hours:
        when = f"a message in the last {hours(leave.hours)}, waiting, or claimed"
        told.append(f"{fans(counted.live)} in conversation ({when})")
    if leave.rule is not None:
        who = f"who may have had {_enough(leave.rule)}"
        number = f"{fans(counted.over)} {who}" if counted.over is not None else f"whoever {who[4:]} ({_LONG})"
        told.append(number)
    lines = [f"**Leaves out** {' and '.join(told)}, as of <t:{counted.as_of // 1000}:t>."]
    if leave.rule is not None:
        lines.append(
            "Who had them is told by who is on their lists now: Fanvue does not tell whom they reached."
        )
    if counted.gone:
        lines.append(f"Not on Fanvue any more, and so not counted: {_names(counted.gone)}.")
    return "\n".join(lines)


def small(*, planned: bool) -> str:
    when = (
        "Fanvue gets it once you confirm, long before its time: who begins a conversation after that gets it."
        if planned
        else "Who begins a conversation after that gets it."
    )
    return (
        "Whether those fans are on the chosen lists, Fanvue does not tell. Once confirmed, they are looked "
        f"up anew, written down and put on a list of their own; without that list nothing is sent. {when} "
        "It is planned 3 minutes ahead and deleted if Fanvue's count says that nobody is left out."
    )


def warned(rule: FrequencyRule, sure: Sequence[AudienceList], number: int, *, button: bool) -> str:
    """So many others went to lists that share fans with this one, surely or maybe."""
    to = (
        f" to {_names([one.name for one in sure])}" if sure else ", and nobody knows whether to the same fans"
    )
    how = (
        f"**{LABEL}** shows it without them."
        if button
        else "/mass without `to:` begins a draft, in which **Leave out** leaves them out."
    )
    others = "1 other mass message" if number == 1 else f"{number:,} other mass messages"
    return (
        f"⚠️ **Over the cap of {_rule(rule)}:** {others} within {_days(rule.days)} went out or are "
        f"planned{to}. Who gets them all gets more than {rule.most}. {how}"
    )


def elsewhere(number: int) -> str:
    many = "1 mass message was" if number == 1 else f"{number:,} mass messages were"
    return f"{many} made outside of this bridge in that time. To whom, Fanvue does not tell: not counted."


# ── the list ──


def named(stamp: str, effect: str) -> str:
    """Its name on Fanvue, which no other one has."""
    return f"Left out {stamp} {effect[:6]}"


def meant(live: int, over: int) -> str:
    return f"{fans(live)} in conversation, {fans(over)} over the cap."


def unread(name: str) -> str:
    """A list of which not everybody was read."""
    return (
        f"Not everybody on the list “{_said(name)}” could be read, so who of them had too many is not known. "
        "Take “over the cap” out under **Leave out**."
    )


def reading(number: int) -> str:
    """The progress before its list is made."""
    return f"Looking up who had too many: {fans(number)} read so far. Nothing was sent yet."


def not_made(why: str | None) -> str:
    """A mass message that does not leave. `why`: the reason its list stopped."""
    return f"The list of whom it leaves out was not made. {why or ''} Nothing was sent.".replace("  ", " ")


def not_all(counts: Mapping[str, int]) -> str:
    """Fanvue did not take everybody onto it."""
    missing = sum(number for state, number in counts.items() if state not in {lists.ADDED, lists.THERE})
    return (
        f"{fans(missing)} whom it leaves out did not surely come onto their list, and would have got it. "
        "Nothing was sent. `/list show` has the list; where such a fan only waits, /close in their thread "
        "ends that."
    )


def _rule(rule: FrequencyRule) -> str:
    return f"{rule.most} in {_days(rule.days)}"


def _enough(rule: FrequencyRule) -> str:
    many = "a mass message" if rule.most == 1 else f"{rule.most} mass messages"
    return f"{many} in {_days(rule.days)}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _names(names: Sequence[str]) -> str:
    several = list(dict.fromkeys(names))
    more = f" and {len(several) - _SHOWN} more" if len(several) > _SHOWN else ""
    return f"{', '.join(_said(one) for one in several[:_SHOWN])}{more}"


def _said(name: str) -> str:
    return safe(one_line(name, _NAME))
