"""Texts about who is offered a fan first (pure)."""

from collections.abc import Mapping, Sequence

from bot.access.roles import MoneyView
from bot.features.inbox.routing.languages import LANGUAGES
from bot.features.inbox.routing.rules import DAYS, LONGEST, MOST, RoutingRule
from bot.features.inbox.routing_lists.model import RoutingListState
from bot.features.inbox.routing_lists.texts import state_of
from bot.features.money.periods.bands import floor_of, shown_to
from bot.model.choices import Choice, ChoiceOption
from bot.model.ports import Button, Post
from bot.text.render import money
from bot.text.safe_text import one_line, safe
from storage.inbox.routing_rules import RoutingCondition
from storage.records import Cents, Reference

ADD, UP, REMOVE, OFF, ON = "routing.add", "routing.up", "routing.remove", "routing.off", "routing.on"
CONDITIONS = {
    RoutingCondition.VIP: "The fan has the tag vip",
    RoutingCondition.TAG: "The fan has another tag",
    RoutingCondition.LIST: "The fan is on a Fanvue list",
    RoutingCondition.LANGUAGE: "The fan speaks a language (a tag says which)",
    RoutingCondition.NEW: "The fan is new",
    RoutingCondition.SPENT: "The fan spent at least an amount",
    RoutingCondition.EVERYONE: "Every fan",
}
FULL = f"There are {MOST} rules, the most that we keep. Remove one with /inbox routing first."
WHEN_FIRST = "Choose both: which fans, and the member or role who is offered them first."
ONE_TARGET = "Choose a role or a member, not both. Add a second rule for the other one."
NO_MINUTES = f"Minutes are a whole number from 1 to {LONGEST}."
NEEDS_VALUE = {
    RoutingCondition.TAG: "Write the tag as the value, for example: late night.",
    RoutingCondition.LIST: "Choose one of the creator's lists on Fanvue as the value, or write its name.",
    RoutingCondition.LANGUAGE: "Write the language as the value, for example: German.",
    RoutingCondition.NEW: f"Write as the value for how many days a fan is new, from 1 to {DAYS}.",
    RoutingCondition.SPENT: "Write the amount as the value, for example: $100.",
}
NO_VALUE = "Leave the value empty: this rule needs none."
LONG_TAG = "A tag has at most {} characters. Write it as the fan has it."
NO_LANGUAGE = "We don't know the language “{}”. Write for example German, or choose “another tag”."
NO_ANSWER = "Fanvue does not tell us its lists right now, so no rule was added. Try again in a minute."
NO_AMOUNT = "“{}” is not an amount. Write for example $100."
NO_FIGURES = "You can't see figures, so you can't use an amount here. Choose another condition."
NOT_AN_EDGE = "You see figures in ranges, so choose where one starts: $10, $25, $50, $100, $250 and so on."
TOO_WIDE = "Choose a smaller role than @everyone: without a rule everyone is offered a fan anyway."
MEMBER_MAY_NOT = "{} may not answer this creator's fans. /team grant lets them, then add the rule."
ROLE_MAY_NOT = (
    "We know nobody with {} who may answer these fans. Give the role access with /team grant, then try again."
)
GONE = "This rule was just removed. The list shows what is set now."
NOTHING_TO_MOVE = "This rule is already the first."
ADDED = "Added as rule {}."
REMOVED = "Removed."
MOVED = "Moved up."
SWITCHED_OFF = "Turned off. Everyone is offered every fan, and the rules are kept."
SWITCHED_ON = "Turned on."
_NAME = 60  # characters of a list's name
_OFFERED = 25  # Discord shows no more
_NONE = "No rule yet: everyone is offered every fan right away."
_HOW = "The first rule that fits counts. Anyone may answer at any time."
_AS_OF = "We read lists about every 15 minutes, long ones less often."
_IS_OFF = "Off: everyone is offered every fan right away."


def never_matches(upper: int, lower: int) -> str:
    """Which of two rules makes the other one pointless; they are counted from 1."""
    said = f"Rule {lower} would never match: rule {upper} above it takes the same fans."
    return f"{said} Remove rule {upper} first."


def rules_ended(number: int) -> str:
    """For the person who took a member out of the team."""
    return "1 routing rule for them ended." if number == 1 else f"{number} routing rules for them ended."


def offered_values(when: str | None, typed: str) -> list[tuple[str, str]]:
    """What `value:` may be for a condition, or for any: words, and the value. `typed`: how it begins."""
    known = {
        RoutingCondition.LANGUAGE: [(name, name) for name in LANGUAGES],
        RoutingCondition.NEW: [
            ("1 day" if days == 1 else f"{days} days", str(days)) for days in (1, 3, 7, 14, 30)
        ],
        RoutingCondition.SPENT: [
            (f"${dollars:,}", f"${dollars}") for dollars in (10, 25, 50, 100, 250, 500, 1000)
        ],
    }
    wanted = typed.casefold().strip()
    chosen = [one for one in known if when in (None, one.value)]
    offered = [pair for one in chosen for pair in known[one]]
    return [(words, value) for words, value in offered if words.casefold().startswith(wanted)][:_OFFERED]


def panel(
    rules: Sequence[RoutingRule],
    lists: Mapping[str, RoutingListState],
    handle: str,
    sees: MoneyView,
    ref: Reference | None,
    note: str = "",
) -> tuple[Post, tuple[Choice, ...]]:
    """The rules in order, and what can be done.

    `lists`: what is known of those on Fanvue; `ref`: of the buttons, None: nothing can be pressed.
    """
    is_on = any(rule.is_on for rule in rules)
    lines = [_line(place, rule, lists, sees) for place, rule in enumerate(rules, 1)] or [_NONE]
    heads = [part for part in (note, _IS_OFF if rules and not is_on else "") if part]
    post = Post(
        title=f"Who is offered @{safe(one_line(handle, 40))}'s fans first",
        body=(*heads, "\n".join(lines)),
        small=f"{_HOW} {_AS_OF}" if any(rule.list is not None for rule in rules) else _HOW,
        buttons=_buttons(ref, is_on=is_on, some=bool(rules)) if ref is not None else (),
    )
    return post, _choices(rules, sees, ref) if ref is not None else ()


def _buttons(ref: Reference, *, is_on: bool, some: bool) -> tuple[Button, ...]:
    add, switch = Button(ADD, ref, "Add a rule"), Button(ON, ref, "Turn on")
    return (add, Button(OFF, ref, "Turn off") if is_on else switch) if some else (add,)


def _choices(rules: Sequence[RoutingRule], sees: MoneyView, ref: Reference) -> tuple[Choice, ...]:
    options = tuple(
        ChoiceOption(rule.id, f"{place}. {who(rule, sees)}"[:100]) for place, rule in enumerate(rules, 1)
    )
    made = []
    if len(options) > 1:
        made.append(Choice(UP, ref, "Move a rule up", options[1:]))
    if options:
        made.append(Choice(REMOVE, ref, "Remove a rule", options))
    return tuple(made)


def _line(place: int, rule: RoutingRule, lists: Mapping[str, RoutingListState], sees: MoneyView) -> str:
    target = f"<@&{rule.target}>" if rule.target_kind == "role" else f"<@{rule.target}>"
    minutes = "1 minute" if rule.minutes == 1 else f"{rule.minutes} minutes"
    said = f"{place}. {safe(who(rule, sees))} → {target}, everyone after {minutes}"
    return said if rule.list is None else f"{said} · {state_of(lists.get(rule.list))}"


def who(rule: RoutingRule, sees: MoneyView) -> str:
    """Which fans a rule is about: plain text."""
    if rule.condition is RoutingCondition.VIP:
        return "VIPs"
    if rule.condition is RoutingCondition.TAG:
        return f"Tag “{rule.word or 'unreadable'}”"
    if rule.condition is RoutingCondition.LIST:
        return f"List “{one_line(rule.word or 'unreadable', _NAME)}”"
    if rule.condition is RoutingCondition.LANGUAGE:
        return f"Speaks {rule.word or 'an unreadable language'}"
    if rule.condition is RoutingCondition.NEW:
        return "New fans, first day" if rule.number == 1 else f"New fans, first {rule.number} days"
    if rule.condition is RoutingCondition.SPENT:
        return f"Spent {_amount(rule.number or 0, sees)}"
    return "Every fan"


def _amount(cents: Cents, sees: MoneyView) -> str:
    """No more than its reader may know: another lead may have chosen it."""
    if sees is MoneyView.HIDDEN:
        return "at least an amount that you do not see"
    if sees is MoneyView.BANDED and floor_of(cents) != cents:
        return f"at least an amount from {shown_to(sees).money(cents)}"
    return f"at least {money(cents)}"
