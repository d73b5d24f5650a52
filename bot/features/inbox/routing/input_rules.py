"""Makes a rule of what somebody typed, or says why not (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.access.roles import MoneyView
from bot.features.inbox.notes.tag_service import LONGEST as LONGEST_TAG
from bot.features.inbox.routing import texts
from bot.features.inbox.routing.rules import DAYS, LONGEST, USUAL, RoutingRefused, RoutingRule, language_of
from bot.features.inbox.routing_lists.model import RoutableList
from bot.features.money.periods.bands import floor_of
from bot.model.language import tr
from bot.text.price_input import NotAPrice, cents_of
from bot.text.safe_text import one_line, safe
from storage.engine.confusables import folded
from storage.inbox.routing_rules import RoutingCondition
from storage.records import Cents, DiscordId

_DIGITS: Final = 5  # int() refuses thousands of them


@dataclass(frozen=True)
class TypedRoutingRule:
    """A lead's input; None: not typed."""

    when: str | None = None  # a value of RoutingCondition
    value: str | None = None
    target_kind: str | None = None  # "member" or "role"
    target: DiscordId | None = None
    minutes: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the rules are only to be shown."""
        return self == TypedRoutingRule()


def typed_in_window(fields: Mapping[str, str]) -> TypedRoutingRule:
    """What somebody filled in. Raises RoutingRefused."""
    role, member, minutes = (fields.get(name, "").strip() for name in ("role", "member", "minutes"))
    if role and member:
        raise RoutingRefused(tr(texts.ONE_TARGET))
    if not (_is_short(minutes) and 1 <= int(minutes) <= LONGEST):
        raise RoutingRefused(texts.no_minutes())
    target = role or member
    return TypedRoutingRule(
        when=fields.get("when") or None,
        value=fields.get("value") or None,
        target_kind=("role" if role else "member") if target else None,
        target=DiscordId(int(target)) if target else None,
        minutes=int(minutes),
    )


def understood_rule(
    rule: str, typed: TypedRoutingRule, money: MoneyView, meant: RoutableList | None = None
) -> RoutingRule:
    """The rule with this id. `money`: how exactly its author sees figures. Raises RoutingRefused.

    `meant`: the list on Fanvue that the value names.
    """
    if typed.when is None or typed.target is None or typed.target_kind is None:
        raise RoutingRefused(tr(texts.WHEN_FIRST))
    condition = RoutingCondition(typed.when)
    value = " ".join((typed.value or "").split())
    if texts.takes_value(condition) and not value:
        raise RoutingRefused(texts.needs_value(condition))
    if value and not texts.takes_value(condition):
        raise RoutingRefused(tr(texts.NO_VALUE))
    return RoutingRule(
        id=rule,
        condition=condition,
        word=meant.name if meant is not None else _word(condition, value),
        number=_number(condition, value, money),
        target_kind=typed.target_kind,
        target=typed.target,
        minutes=typed.minutes or USUAL,
        list=meant.key if meant is not None else None,
    )


def _word(condition: RoutingCondition, value: str) -> str | None:
    if condition is RoutingCondition.TAG:
        if len(value) > LONGEST_TAG:
            raise RoutingRefused(tr(texts.LONG_TAG, most=LONGEST_TAG))
        return folded(value)
    if condition is RoutingCondition.LANGUAGE:
        language = language_of(value)
        if language is None:
            raise RoutingRefused(tr(texts.NO_LANGUAGE, typed=safe(one_line(value, 40))))
        return language
    return None


def _number(condition: RoutingCondition, value: str, money: MoneyView) -> int | None:
    if condition is RoutingCondition.NEW:
        if not (_is_short(value) and 1 <= int(value) <= DAYS):
            raise RoutingRefused(texts.needs_value(condition))
        return int(value)
    return _cents(value, money) if condition is RoutingCondition.SPENT else None


def _is_short(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) <= _DIGITS


def _cents(value: str, money: MoneyView) -> Cents:
    """A threshold must not tell its author more than figures do."""
    if money is MoneyView.HIDDEN:
        raise RoutingRefused(tr(texts.NO_FIGURES))
    try:
        cents = cents_of(value)
    except NotAPrice:
        cents = None
    if not cents:
        raise RoutingRefused(tr(texts.NO_AMOUNT, typed=safe(one_line(value, 20))))
    if money is MoneyView.BANDED and floor_of(cents) != cents:
        raise RoutingRefused(tr(texts.NOT_AN_EDGE))
    return cents
