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
UNREAD = "We can't read Fanvue's list of mass messages right now, so we don't know who already got too many."
_SET = "Change it with `/mass limits cap:`; “off” turns it off."
NO_CAP = (
    "This creator has no cap, so nobody is over it. Set one with `/mass limits cap:2 in 7 days`, "
    "or remove it under **Leave out**. Not sent."
)
LOOKS = "Mass message: checking who is left out"
ENDED = "The mass message had ended before its list was made."
_LONG = "a list has more than 500 fans: we count them before it is sent, which takes a while"
_SHOWN, _NAME = 3, 30


# ── the setting ──


def shown(cap: MassCap) -> str:
    live = (
        f"A conversation is live for {hours(cap.live_hours)} after its last message; change it "
        "with `/mass limits live:`."
    )
    if cap.most is None:
        return f"No cap: fans get every mass message. {live}"
    return f"Cap: a fan gets {_rule(FrequencyRule(cap.most, cap.days))}, or the preview warns. {_SET} {live}"


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
        number = f"{fans(counted.over)} {who}" if counted.over is not None else f"those {who[4:]} ({_LONG})"
        told.append(number)
    lines = [f"**Leaves out** {' and '.join(told)}, as of <t:{counted.as_of // 1000}:t>."]
    if leave.rule is not None:
        lines.append("Based on who is on their lists now: Fanvue doesn't report who they reached.")
    if counted.gone:
        lines.append(f"No longer on Fanvue, so not counted: {_names(counted.gone)}.")
    return "\n".join(lines)


def small(*, planned: bool) -> str:
    when = (
        "Fanvue gets it once you confirm, long before its time: fans who start a conversation later get it."
        if planned
        else "Fans who start a conversation later get it."
    )
    return (
        "Fanvue doesn't say whether those fans are on the chosen lists.\nOnce you confirm, we "
        "check again, record them and put them on a list of their own; without that list we "
        f"send nothing.\n{when} It is planned 3 minutes ahead and deleted if Fanvue's count "
        "shows that nobody is left out."
    )


def warned(rule: FrequencyRule, sure: Sequence[AudienceList], number: int, *, button: bool) -> str:
    """So many others went to lists that share fans with this one, surely or maybe."""
    to = f" to {_names([one.name for one in sure])}" if sure else ", perhaps to the same fans"
    how = (
        f"**{LABEL}** shows it without them."
        if button
        else "Start a draft with /mass new without `to:`; its **Leave out** leaves them out."
    )
    others = "1 other mass message" if number == 1 else f"{number:,} other mass messages"
    return (
        f"⚠️ **Over the cap of {_rule(rule)}:** {others} within {_days(rule.days)} were sent "
        f"or are planned{to}. Fans who get them all get more than {rule.most}. {how}"
    )


def elsewhere(number: int) -> str:
    many = "1 mass message was" if number == 1 else f"{number:,} mass messages were"
    return f"{many} made outside the bridge in that time. Fanvue doesn't say who got them: not counted."


# ── the list ──


def named(stamp: str, effect: str) -> str:
    """Its name on Fanvue, which no other one has."""
    return f"Left out {stamp} {effect[:6]}"


def meant(live: int, over: int) -> str:
    return f"{fans(live)} in conversation, {fans(over)} over the cap."


def unread(name: str) -> str:
    """A list of which not everybody was read."""
    return (
        f"We couldn't read everyone on the list “{_said(name)}”, so we don't know who of them "
        "had too many. Remove “over the cap” under **Leave out**."
    )


def reading(number: int) -> str:
    """The progress before its list is made."""
    return f"Checking who had too many: {fans(number)} read so far. Not sent yet."


def not_made(why: str | None) -> str:
    """A mass message that does not leave. `why`: the reason its list stopped."""
    return f"The list of those left out was not made. {why or ''} Not sent.".replace("  ", " ")


def not_all(counts: Mapping[str, int]) -> str:
    """Fanvue did not take everybody onto it."""
    missing = sum(number for state, number in counts.items() if state not in {lists.ADDED, lists.THERE})
    return (
        f"{fans(missing)} to leave out may be missing on their list, and would get it. Not "
        "sent. See `/mass list show`; if a fan only waits, use /fan close in their thread."
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
