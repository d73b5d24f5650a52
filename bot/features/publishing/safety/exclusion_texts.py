"""The texts about fans whom a mass message leaves out (pure)."""

from collections.abc import Mapping, Sequence

from bot.features.publishing.mass_messages.audience import fans
from bot.features.publishing.safety.audience_rules import AudienceList
from bot.features.publishing.safety.exclusion_rules import ExclusionChoice, ExclusionTally
from bot.features.publishing.safety.frequency_rules import FrequencyRule
from bot.features.publishing.safety.limit_texts import lowered
from bot.model.language import msgid, tr, tr_many, tr_stored
from bot.text.safe_text import one_line, safe
from storage.publishing import lists
from storage.publishing.mass_caps import MassCap

OFF = "off"
LABEL = msgid("Leave them out")
UNREAD = msgid(
    "We can't read Fanvue's list of mass messages right now, so we don't know who already got too many."
)
_SET = msgid("Change it with `/mass limits cap:`; “off” turns it off.")
NO_CAP = msgid(
    "This creator has no cap, so nobody is over it. Set one with `/mass limits cap:2 in "
    "7 days`, or remove it under **Leave out**. Not sent."
)
LOOKS = msgid("Mass message: checking who is left out")
ENDED = msgid("The mass message had ended before its list was made.")
_LONG = msgid("a list has more than 500 fans: we count them before it is sent, which takes a while")
_SHOWN, _NAME = 3, 30


# ── the setting ──


def shown(cap: MassCap) -> str:
    live = tr(
        "A conversation is live for {hours} after its last message; change it with `/mass limits live:`.",
        hours=tr_many("{n} hour", "{n} hours", cap.live_hours),
    )
    if cap.most is None:
        return f"{tr('No cap: fans get every mass message.')} {live}"
    # Translators: {rule} is “at most 2 in 7 days”, without “at most”
    told = tr("Cap: a fan gets {rule}, or the preview warns.", rule=_rule(FrequencyRule(cap.most, cap.days)))
    return f"{told} {tr(_SET)} {live}"


def done(cap: MassCap) -> str:
    return tr("From now on: {told}", told=lowered(shown(cap)))


def target(cap: MassCap) -> str:
    """The same for the audit, in no reader's language."""
    most = OFF if cap.most is None else f"{cap.most} in {cap.days} days"
    return f"cap {most}, live {cap.live_hours} h"


# ── the preview ──


def leaves(leave: ExclusionChoice, counted: ExclusionTally) -> str:
    """The fans it leaves out, and the unknown part of that."""
    told = []
    if leave.hours:
        when = tr_many(
            "a message in the last {n} hour, waiting, or claimed",
            "a message in the last {n} hours, waiting, or claimed",
            leave.hours,
        )
        # Translators: {when} is “a message in the last 2 hours, waiting, or claimed”
        told.append(tr("{fans} in conversation ({when})", fans=fans(counted.live), when=when))
    if leave.rule is not None:
        told.append(_over(leave.rule, counted.over))
    lines = [_left_out(told, counted.as_of // 1000)]
    if leave.rule is not None:
        lines.append(tr("Based on who is on their lists now: Fanvue doesn't report who they reached."))
    if counted.gone:
        lines.append(tr("No longer on Fanvue, so not counted: {names}.", names=_names(counted.gone)))
    return "\n".join(lines)


def _over(rule: FrequencyRule, number: int | None) -> str:
    enough = _enough(rule)
    if number is None:
        # Translators: {enough} is “2 mass messages in 7 days”, {long} why they are not counted
        return tr("those may have had {enough} ({long})", enough=enough, long=tr(_LONG))
    # Translators: {enough} is “2 mass messages in 7 days”
    return tr_many(
        "{n} fan who may have had {enough}", "{n} fans who may have had {enough}", number, enough=enough
    )


def _left_out(told: Sequence[str], as_of: int) -> str:
    if len(told) == 1:
        return tr("**Leaves out** {fans}, as of <t:{as_of}:t>.", fans=told[0], as_of=as_of)
    first, second = told
    return tr(
        "**Leaves out** {fans} and {others}, as of <t:{as_of}:t>.", fans=first, others=second, as_of=as_of
    )


def small(*, planned: bool) -> str:
    when = (
        tr(
            "Fanvue gets it once you confirm, long before its time: fans who start a "
            "conversation later get it."
        )
        if planned
        else tr("Fans who start a conversation later get it.")
    )
    return tr(
        "Fanvue doesn't say whether those fans are on the chosen lists.\nOnce you confirm, we "
        "check again, record them and put them on a list of their own; without that list we "
        "send nothing.\n{when} It is planned 3 minutes ahead and deleted if Fanvue's count "
        "shows that nobody is left out.",
        when=when,
    )


def warned(rule: FrequencyRule, sure: Sequence[AudienceList], number: int, *, button: bool) -> str:
    """So many others went to lists that share fans with this one, surely or maybe."""
    to = (
        tr(" to {names}", names=_names([one.name for one in sure]))
        if sure
        else tr(", perhaps to the same fans")
    )
    how = (
        tr("**{label}** shows it without them.", label=tr(LABEL))
        if button
        else tr("Start a draft with /mass new without `to:`; its **Leave out** leaves them out.")
    )
    # Translators: {within} is “within 7 days”, {to} is “ to (lists)” or “, perhaps to the same fans”
    told = tr_many(
        "⚠️ **Over the cap of {rule}:** {n} other mass message {within} were sent or are "
        "planned{to}. Fans who get them all get more than {most}.",
        "⚠️ **Over the cap of {rule}:** {n} other mass messages {within} were sent or are "
        "planned{to}. Fans who get them all get more than {most}.",
        number,
        rule=_rule(rule),
        within=tr_many("within {n} day", "within {n} days", rule.days),
        to=to,
        most=rule.most,
    )
    return f"{told} {how}"


def elsewhere(number: int) -> str:
    return tr_many(
        "{n} mass message was made outside the bridge in that time. Fanvue doesn't say who got "
        "them: not counted.",
        "{n} mass messages were made outside the bridge in that time. Fanvue doesn't say who got "
        "them: not counted.",
        number,
    )


# ── the list ──


def named(stamp: str, effect: str) -> str:
    """Its name on Fanvue, which no other one has."""
    return f"Left out {stamp} {effect[:6]}"


def meant(live: int, over: int) -> str:
    return tr("{live} in conversation, {over} over the cap.", live=fans(live), over=fans(over))


def unread(name: str) -> str:
    """A list of which not everybody was read."""
    return tr(
        "We couldn't read everyone on the list “{name}”, so we don't know who of them had "
        "too many. Remove “over the cap” under **Leave out**.",
        name=_said(name),
    )


def reading(number: int) -> str:
    """The progress before its list is made."""
    return tr("Checking who had too many: {fans} read so far. Not sent yet.", fans=fans(number))


def not_made(why: str | None) -> str:
    """A mass message that does not leave. `why`: the reason its list stopped."""
    if why:
        return tr("The list of those left out was not made. {why} Not sent.", why=tr_stored(why))
    return tr("The list of those left out was not made. Not sent.")


def not_all(counts: Mapping[str, int]) -> str:
    """Fanvue did not take everybody onto it."""
    missing = sum(number for state, number in counts.items() if state not in {lists.ADDED, lists.THERE})
    return tr(
        "{fans} to leave out may be missing on their list, and would get it. Not sent. See "
        "`/mass list show`; if a fan only waits, use /fan close in their thread.",
        fans=fans(missing),
    )


def _rule(rule: FrequencyRule) -> str:
    return tr_many("{most} in {n} day", "{most} in {n} days", rule.days, most=rule.most)


def _enough(rule: FrequencyRule) -> str:
    many = tr_many("a mass message", "{n} mass messages", rule.most)
    # Translators: {many} is “2 mass messages”
    return tr_many("{many} in {n} day", "{many} in {n} days", rule.days, many=many)


def _names(names: Sequence[str]) -> str:
    several = list(dict.fromkeys(names))
    more = tr(" and {more} more", more=len(several) - _SHOWN) if len(several) > _SHOWN else ""
    return f"{', '.join(_said(one) for one in several[:_SHOWN])}{more}"


def _said(name: str) -> str:
    return safe(one_line(name, _NAME))
