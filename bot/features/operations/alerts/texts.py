"""Texts of alerts together, of why somebody got one, of the rules (pure)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.access.roles import MoneyView
from bot.features.operations.alerts.alert_body import AlertBody, why_button
from bot.features.operations.alerts.kinds import AlertKind
from bot.features.operations.alerts.rules import AlertRuleLevel, EffectiveAlertRule
from bot.features.operations.alerts.spender_rules import of_whom
from bot.model.language import msgid, msgid_many, number_text, tr, tr_many
from bot.model.ports import Button, Post, mark_of
from bot.relay.ping_recipients import PingRecipients
from bot.text import render
from bot.text.quiet_hours import clock_of
from storage.operations.alert_rules import AlertRule
from storage.records import DiscordId, Millis

LINES = 10  # alerts that are named one by one, newest first
_LONGEST = 1_500  # characters of them together
_MARKS = 12  # of further alerts, that fit into a button beside its action and reference
_MINUTE: Millis = 60_000
_HALF_A_DAY: Millis = 43_200_000
_COUNTED: dict[str, tuple[str, str]] = {
    AlertKind.SUBSCRIBER: msgid_many("{n} new subscriber", "{n} new subscribers"),
    AlertKind.RENEWAL: msgid_many("{n} renewed subscription", "{n} renewed subscriptions"),
    AlertKind.RENEWAL_OFF: msgid_many("{n} renewal switched off or on", "{n} renewals switched off or on"),
    AlertKind.EXPIRY: msgid_many("{n} ended subscription", "{n} ended subscriptions"),
    AlertKind.FOLLOWER: msgid_many("{n} new follower", "{n} new followers"),
    AlertKind.TIP: msgid_many("{n} tip", "{n} tips"),
    AlertKind.PURCHASE: msgid_many("{n} purchase", "{n} purchases"),
    AlertKind.REFUND: msgid_many("{n} refund", "{n} refunds"),
    AlertKind.DISPUTE: msgid_many("{n} dispute", "{n} disputes"),
    AlertKind.DISPUTE_WARNING: msgid_many("{n} possible dispute", "{n} possible disputes"),
    AlertKind.INSTALLMENT: msgid_many("{n} installment", "{n} installments"),
    AlertKind.PAYOUT: msgid_many("{n} payout", "{n} payouts"),
    AlertKind.GOAL: msgid_many("{n} goal reached", "{n} goals reached"),
    AlertKind.ONLINE: msgid_many("{n} top spender online", "{n} top spenders online"),
    AlertKind.SIGN_IN: msgid_many("{n} sign-in needed", "{n} sign-ins needed"),
    AlertKind.LIVE_EVENTS: msgid_many("{n} word on live events", "{n} words on live events"),
}
KINDS: dict[str, str] = {
    AlertKind.SUBSCRIBER: msgid("New subscribers"),
    AlertKind.RENEWAL: msgid("Renewed subscriptions"),
    AlertKind.RENEWAL_OFF: msgid("Renewals switched off or on"),
    AlertKind.EXPIRY: msgid("Ended subscriptions"),
    AlertKind.FOLLOWER: msgid("New followers"),
    AlertKind.TIP: msgid("Tips"),
    AlertKind.PURCHASE: msgid("Purchases"),
    AlertKind.REFUND: msgid("Refunds"),
    AlertKind.DISPUTE: msgid("Disputes"),
    AlertKind.DISPUTE_WARNING: msgid("Possible disputes"),
    AlertKind.INSTALLMENT: msgid("Installments"),
    AlertKind.PAYOUT: msgid("Payouts"),
    AlertKind.GOAL: msgid("Goals reached"),
    AlertKind.ONLINE: msgid("Top spenders online"),
    AlertKind.SIGN_IN: msgid("Sign-ins needed"),
    AlertKind.LIVE_EVENTS: msgid("Words on live events"),
}
RULES = {  # of the alerts channel, as somebody set them
    AlertRuleLevel.CREATOR: msgid("- **{kind}** (creator's rule): {rule}"),
    AlertRuleLevel.TEAM: msgid("- **{kind}** (team's rule): {rule}"),
}
_LEVELS = {
    AlertRuleLevel.MEMBER_CREATOR: msgid("You chose this for yourself, about this creator"),
    AlertRuleLevel.MEMBER: msgid("You chose this for yourself, about every creator here"),
    AlertRuleLevel.CREATOR: msgid("A lead chose this for this creator"),
    AlertRuleLevel.TEAM: msgid("A lead chose this for the whole team"),
    AlertRuleLevel.USUAL: msgid("Default: shown in the alerts channel"),
}
YOURS = {
    AlertRuleLevel.MEMBER_CREATOR: msgid("for you, about this creator"),
    AlertRuleLevel.MEMBER: msgid("for you, about all here"),
}
_CLOSED = msgid(
    "<@{member}> doesn't accept private messages from the bot, so they get no private alerts. "
    "They allow them in the server's settings, then run `/settings alerts mine`."
)
_LOST = msgid(
    "<#{channel}>, which was chosen for some of them, is gone, or the bot may not write in it. "
    "Choose another channel with `/settings alerts creator`."
)
NOT_YOURS = msgid("There is nothing here that you may see. See your permissions with /team explain.")
OLD = msgid(
    "This alert has expired, so we can't show why you got it. See the current rules in "
    "`/settings alerts show`."
)
OLD_ALERTS = msgid("This text is no longer stored.")
NO_LONGER = msgid("With today's rules you wouldn't get this alert.")


def folded(read: Sequence[tuple[str, AlertBody]], money: MoneyView, *, one_fan: bool) -> Post:
    """One message for several; the first line is what a lock screen shows, and names nobody."""
    newest = list(reversed(read))
    lines: list[str] = []
    for _, told in newest[:LINES]:
        line = _line(told.posts[money])
        if sum(map(len, lines)) + len(line) > _LONGEST:
            break
        lines.append(line)
    rest = len(read) - len(lines)
    if rest:
        lines.append(tr("… and {number} before.", number=number_text(rest)))
    first, last = (min(told.at for _, told in read), max(told.at for _, told in read))
    marks = tuple(mark_of(ref) for ref, _ in read[1:])
    return Post(
        title=_headline([told for _, told in read], money),
        body=("\n".join(lines),),
        small=_when(first, last),
        buttons=(
            *(_chat(read, marks[_MARKS : 2 * _MARKS]) if one_fan else ()),
            why_button(read[0][0], marks[:_MARKS]),
        ),
    )


def _when(first: Millis, last: Millis) -> str:
    """One moment or two; the day depends on the reader."""
    began = f"<t:{first // 1000}:f>"
    if first // _MINUTE == last // _MINUTE:
        return began
    ended = f"<t:{last // 1000}:{'t' if last - first < _HALF_A_DAY else 'f'}>"
    return tr("{first} to {last}", first=began, last=ended)


def calling(post: Post, whom: PingRecipients) -> Post:
    """The same, below whom it calls; the first line stays what it is."""
    names = [*(f"<@{one}>" for one in whom.members), *(f"<@&{one}>" for one in whom.roles)]
    return replace(post, body=(" ".join(names), *post.body)) if names else post


def in_thread(post: Post, thread: DiscordId | None) -> Post:
    """The same, with the way to the fan's thread, for readers elsewhere."""
    return post if thread is None else replace(post, body=(*post.body, f"<#{thread}>"))


def closed(member: DiscordId) -> Post:
    """Told once in the alerts channel: somebody takes no private messages."""
    return Post(
        title=tr("Private alerts don't arrive"),
        body=(tr(_CLOSED, member=member),),
    )


def lost(channel: DiscordId) -> Post:
    """Told once there: the channel that somebody chose is no longer to be used."""
    return Post(
        title=tr("Alerts come here again"),
        body=(tr(_LOST, channel=channel),),
    )


def why(handle: str, kind: str, ruled: EffectiveAlertRule | None, *, private: bool) -> str:
    what = tr("**{kind}** of @{handle}", kind=tr(KINDS[kind]), handle=handle)
    if ruled is None or not ruled.rule.wanted:
        return f"{what}: {tr(NO_LONGER)}"
    change = f"`/settings alerts {'mine' if private else 'creator'} kind:{kind}`"
    if ruled.level is AlertRuleLevel.USUAL:
        return tr(
            "{what}. {reason}. Change it with {command}.",
            what=what,
            reason=tr(_LEVELS[ruled.level]),
            command=change,
        )
    return tr(
        "{what}. {reason}: {rule} Change it with {command}.",
        what=what,
        reason=tr(_LEVELS[ruled.level]),
        rule=rule_told(ruled.rule, private=private),
        command=change,
    )


def rule_told(rule: AlertRule, *, private: bool) -> str:
    if not rule.wanted:
        return tr("off.")
    if private:
        parts = [tr("sent privately")]
    elif rule.channel:
        parts = [tr("sent in <#{channel}>", channel=rule.channel)]
    else:
        parts = [tr("sent in the alerts channel")]
    if rule.kind == AlertKind.ONLINE:
        parts.append(of_whom(rule, private=private))
    elif rule.threshold:
        parts.append(tr("from {amount} on", amount=render.money(rule.threshold)))
    if rule.mention_id is not None:
        mark = "<@&" if rule.mention == "role" else "<@"
        parts.append(tr("mentions {who}", who=f"{mark}{rule.mention_id}>"))
    if rule.quiet_from is not None and rule.quiet_to is not None:
        quiet = tr(
            "quiet from {first} to {last} ({zone})",
            first=clock_of(rule.quiet_from),
            last=clock_of(rule.quiet_to),
            zone=rule.zone or tr("the creator's zone"),
        )
        parts.append(f"{quiet}{tr(', except about fans with the tag vip') if rule.vips else ''}")
    if rule.closed_at is not None:
        parts.append(tr("⚠️ you don't accept private messages from the bot: allow them, then choose it again"))
    return ", ".join(parts) + "."


def _headline(told: Sequence[AlertBody], money: MoneyView) -> str:
    counted = Counter(one.kind for one in told)
    kinds = sorted(counted, key=lambda kind: (-counted[kind], kind))
    return ", ".join(f"{tr_many(*_COUNTED[kind], counted[kind])}{_sum(told, kind, money)}" for kind in kinds)


def _sum(told: Sequence[AlertBody], kind: str, money: MoneyView) -> str:
    """Their sum; ranges have none, and neither have two currencies."""
    amounts = [one.cents for one in told if one.kind == kind and one.cents is not None]
    currencies = {(one.currency or "USD").upper() for one in told if one.kind == kind and one.cents}
    if money is not MoneyView.EXACT or not amounts or len(currencies) > 1:
        return ""
    return f" ({render.money(sum(amounts), next(iter(currencies), None))})"


def _line(post: Post) -> str:
    return " · ".join(filter(None, (post.title, *post.body)))


def _chat(read: Sequence[tuple[str, AlertBody]], marks: tuple[str, ...]) -> tuple[Button, ...]:
    newest = read[-1][1]
    shown = newest.posts[MoneyView.EXACT].buttons if newest.member is None else ()
    return tuple(replace(button, marks=marks) for button in shown)
