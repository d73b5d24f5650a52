"""Routing rules: for which fans each counts, and which hides another (pure)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.features.inbox.routing.languages import LANGUAGES
from bot.model.language import tr
from storage.engine.confusables import folded
from storage.inbox.routing_rules import RoutingCondition
from storage.records import Cents, DiscordId, Millis

MOST = 25  # rules of one creator
USUAL, LONGEST = 5, 60  # minutes
DAYS = 365  # the most that a fan counts as new
VIP = "vip"
_DAY: Millis = 86_400_000


class RoutingRefused(Exception):
    """Raised where a rule cannot be kept; str() is a sentence that says what to do instead."""


@dataclass(frozen=True)
class RoutingRule:
    """One rule, opened. `word`: a tag, the English name of a language, or a list's name.

    `number`: days or cents.
    """

    id: str
    condition: RoutingCondition
    word: str | None
    number: int | None
    target_kind: str  # "member" or "role"
    target: DiscordId
    minutes: int
    is_on: bool = True
    list: str | None = None  # the key of a list on Fanvue


@dataclass(frozen=True)
class RoutedFan:
    """What is known of a fan as they begin to wait. `spent`: None where no rule asks for it."""

    tags: Collection[str]
    known_for: Millis  # since their first message
    spent: Cents | None = None
    lists: Collection[str] = ()  # the keys of those that they are on, as far as known


def matches(rule: RoutingRule, fan: RoutedFan) -> bool:
    """Whether a rule counts for a fan."""
    if (words := words_of(rule)) is not None:
        return not words.isdisjoint(fan.tags)
    if rule.condition is RoutingCondition.LIST:
        return rule.list in fan.lists
    if rule.condition is RoutingCondition.NEW:
        return fan.known_for <= (rule.number or 0) * _DAY
    if rule.condition is RoutingCondition.SPENT:
        return fan.spent is not None and rule.number is not None and fan.spent >= rule.number
    return rule.condition is RoutingCondition.EVERYONE


def first_match(rules: Sequence[RoutingRule], fan: RoutedFan) -> RoutingRule | None:
    """The rule that counts for a fan."""
    return next((rule for rule in rules if rule.is_on and matches(rule, fan)), None)


def hidden_by(rules: Sequence[RoutingRule]) -> tuple[int, int] | None:
    """The first two places of which the upper rule takes every fan of the lower one; None: each can match."""
    for low, rule in enumerate(rules):
        for high, above in enumerate(rules[:low]):
            if _takes_all(above, rule):
                return high, low
    return None


def words_of(rule: RoutingRule) -> frozenset[str] | None:
    """The tags of which one must be on the fan; None: the rule asks for no tag."""
    if rule.condition is RoutingCondition.VIP:
        return frozenset({VIP})
    if rule.condition is RoutingCondition.TAG:
        return frozenset({rule.word or ""})
    if rule.condition is RoutingCondition.LANGUAGE:
        names = (rule.word or "", *LANGUAGES.get(rule.word or "", ()))
        return frozenset(folded(name) for name in names)
    return None


def language_of(typed: str) -> str | None:
    """The English name of a language, by any of its names."""
    wanted = folded(" ".join(typed.split()))
    for name, others in LANGUAGES.items():
        if wanted in {folded(one) for one in (name, tr(name), *others)}:
            return name
    return None


def _takes_all(above: RoutingRule, below: RoutingRule) -> bool:
    if above.condition is RoutingCondition.EVERYONE:
        return True
    upper, lower = words_of(above), words_of(below)
    if upper is not None and lower is not None:
        return lower <= upper
    if above.condition is RoutingCondition.LIST and below.condition is RoutingCondition.LIST:
        return above.list == below.list
    if above.condition is not below.condition or above.number is None or below.number is None:
        return False
    if above.condition is RoutingCondition.NEW:
        return below.number <= above.number
    return above.condition is RoutingCondition.SPENT and below.number >= above.number
