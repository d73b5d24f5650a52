"""Texts of alerts together, of why somebody got one, of the rules (pure)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.access.roles import MoneyView
from bot.features.operations.alerts.alert_body import AlertBody, why_button
from bot.features.operations.alerts.kinds import AlertKind
from bot.features.operations.alerts.rules import AlertRuleLevel, EffectiveAlertRule
from bot.features.operations.alerts.spender_rules import of_whom
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
NAMES: dict[str, tuple[str, str]] = {
    AlertKind.SUBSCRIBER: ("new subscriber", "new subscribers"),
    AlertKind.RENEWAL: ("renewed subscription", "renewed subscriptions"),
    AlertKind.RENEWAL_OFF: ("renewal switched off or on", "renewals switched off or on"),
    AlertKind.EXPIRY: ("ended subscription", "ended subscriptions"),
    AlertKind.FOLLOWER: ("new follower", "new followers"),
    AlertKind.TIP: ("tip", "tips"),
    AlertKind.PURCHASE: ("purchase", "purchases"),
    AlertKind.REFUND: ("refund", "refunds"),
    AlertKind.DISPUTE: ("dispute", "disputes"),
    AlertKind.PAYOUT: ("payout", "payouts"),
    AlertKind.GOAL: ("goal reached", "goals reached"),
    AlertKind.ONLINE: ("top spender online", "top spenders online"),
    AlertKind.SIGN_IN: ("sign-in needed", "sign-ins needed"),
    AlertKind.LIVE_EVENTS: ("word on live events", "words on live events"),
}
_LEVELS = {
    AlertRuleLevel.MEMBER_CREATOR: "You chose this for yourself, about this creator",
    AlertRuleLevel.MEMBER: "You chose this for yourself, about every creator here",
    AlertRuleLevel.CREATOR: "A lead chose this for this creator",
    AlertRuleLevel.TEAM: "A lead chose this for the whole team",
    AlertRuleLevel.USUAL: "Default: shown in the alerts channel",
}
YOURS = {
    AlertRuleLevel.MEMBER_CREATOR: "for you, about this creator",
    AlertRuleLevel.MEMBER: "for you, about all here",
}
_CLOSED = (
    "<@{}> doesn't accept private messages from the bot, so they get no private alerts. They allow "
    "them in the server's settings, then run `/settings alerts mine`."
)
_LOST = (
    "<#{}>, which was chosen for some of them, is gone, or the bot may not write in it. Choose "
    "another channel with `/settings alerts creator`."
)
NOT_YOURS = "There is nothing here that you may see. See your permissions with /team explain."
OLD = (
    "This alert has expired, so we can't show why you got it. See the current rules in `/settings "
    "alerts show`."
)
OLD_ALERTS = "This text is no longer stored."
NO_LONGER = "With today's rules you wouldn't get this alert."


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
        lines.append(f"… and {rest:,} before.")
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
    return f"{began} to <t:{last // 1000}:{'t' if last - first < _HALF_A_DAY else 'f'}>"


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
        title="Private alerts don't arrive",
        body=(_CLOSED.format(member),),
    )


def lost(channel: DiscordId) -> Post:
    """Told once there: the channel that somebody chose is no longer to be used."""
    return Post(
        title="Alerts come here again",
        body=(_LOST.format(channel),),
    )


def why(handle: str, kind: str, ruled: EffectiveAlertRule | None, *, private: bool) -> str:
    what = f"**{NAMES[kind][1].capitalize()}** of @{handle}"
    if ruled is None or not ruled.rule.wanted:
        return f"{what}: {NO_LONGER}"
    change = f"`/settings alerts mine kind:{kind}`" if private else f"`/settings alerts creator kind:{kind}`"
    if ruled.level is AlertRuleLevel.USUAL:
        return f"{what}. {_LEVELS[ruled.level]}. Change it with {change}."
    return (
        f"{what}. {_LEVELS[ruled.level]}: {rule_told(ruled.rule, private=private)} Change it with {change}."
    )


def rule_told(rule: AlertRule, *, private: bool) -> str:
    if not rule.wanted:
        return "off."
    said = "privately" if private else f"in <#{rule.channel}>" if rule.channel else "in the alerts channel"
    parts = [f"sent {said}"]
    if rule.kind == AlertKind.ONLINE:
        parts.append(of_whom(rule, private=private))
    elif rule.threshold:
        parts.append(f"from {render.money(rule.threshold)} on")
    if rule.mention_id is not None:
        parts.append(f"mentions <@{'&' if rule.mention == 'role' else ''}{rule.mention_id}>")
    if rule.quiet_from is not None and rule.quiet_to is not None:
        hours = f"{clock_of(rule.quiet_from)} to {clock_of(rule.quiet_to)}"
        zone = rule.zone or "the creator's zone"
        vips = ", except about fans with the tag vip" if rule.vips else ""
        parts.append(f"quiet from {hours} ({zone}){vips}")
    if rule.closed_at is not None:
        parts.append("⚠️ you don't accept private messages from the bot: allow them, then choose it again")
    return ", ".join(parts) + "."


def _headline(told: Sequence[AlertBody], money: MoneyView) -> str:
    counted = Counter(one.kind for one in told)
    kinds = sorted(counted, key=lambda kind: (-counted[kind], kind))
    return ", ".join(
        f"{counted[kind]:,} {NAMES[kind][counted[kind] > 1]}{_sum(told, kind, money)}" for kind in kinds
    )


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
