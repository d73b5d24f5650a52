"""Makes the rule that is to hold from input about alerts, or says why not (pure)."""

from collections.abc import Callable
from dataclasses import replace

from bot.access.roles import MoneyView
from bot.features.operations.alerts.kinds import WITH_THRESHOLD
from bot.model.language import msgid, tr
from bot.relay.alerts import AlertChoice
from bot.text.quiet_hours import NotAClockTime, OneEndOnly, ends_of
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import zone_named
from storage.operations.alert_rules import AlertRule
from storage.records import Cents, DiscordId, Millis

NO_TIME = msgid("“{typed}” is not a time of day. Write for example 22:00. No changes made.")
BOTH = msgid("Quiet hours need both ends, for example `quiet_from:22:00 quiet_to:8:00`. No changes made.")
NO_ZONE = msgid(
    "“{typed}” is not a time zone. Choose one from the list, for example Europe/Berlin. No changes made."
)
NO_AMOUNT = msgid(
    "Only tips, purchases, refunds, disputes, payouts and top spenders have an amount. No changes made."
)
NO_FIGURES = msgid("You can't see figures, so you can't filter alerts by amount. No changes made.")
NOT_AN_EDGE = msgid(
    "You see figures in ranges, so choose where one begins: $10, $25, $50, $100, $250, "
    "$500, $1,000 and so on. No changes made."
)


def chosen_rule(
    held: AlertRule, chosen: AlertChoice, money: MoneyView, floor_of: Callable[[Cents], Cents]
) -> AlertRule | str:
    """`held`: the rule on this level; `money`: how exactly its author sees figures."""
    try:
        begins, ends = ends_of(chosen.quiet_from, chosen.quiet_to, held)
    except NotAClockTime as wrong:
        return tr(NO_TIME, typed=safe(one_line(wrong.typed, 20)))
    except OneEndOnly:
        return tr(BOTH)
    zone = zone_named(chosen.zone) if chosen.zone is not None else held.zone
    if chosen.zone is not None and zone is None:
        return tr(NO_ZONE, typed=safe(one_line(chosen.zone, 40)))
    cents = held.threshold if chosen.cents is None else chosen.cents
    refusal = _refusal(held.kind, cents, money, floor_of)
    if refusal is not None:
        return refusal
    mention, whom = chosen.mention or (held.mention, held.mention_id)
    return replace(
        held,
        wanted=chosen.state != "off",
        channel=held.channel if chosen.channel is None else chosen.channel,
        threshold=cents,
        money=money.value,
        mention=mention,
        mention_id=whom,
        quiet_from=begins,
        quiet_to=ends,
        zone=zone,
        vips=held.vips if chosen.vips is None else chosen.vips,
        closed_at=None,
    )


def stamped(rule: AlertRule, by: DiscordId, at: Millis) -> AlertRule:
    """The same, with who chose it and when."""
    return replace(rule, by=by, at=at)


def _refusal(kind: str, cents: Cents, money: MoneyView, floor_of: Callable[[Cents], Cents]) -> str | None:
    """Refuse a threshold that would tell its reader more than figures do."""
    if cents == 0:
        return None
    if kind not in WITH_THRESHOLD:
        return tr(NO_AMOUNT)
    if money is MoneyView.HIDDEN:
        return tr(NO_FIGURES)
    return tr(NOT_AN_EDGE) if money is MoneyView.BANDED and floor_of(cents) != cents else None
