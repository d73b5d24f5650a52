"""Texts about who is offered a fan first (pure)."""

from collections.abc import Mapping, Sequence

from bot.access.roles import MoneyView
from bot.features.inbox.routing.languages import LANGUAGES
from bot.features.inbox.routing.rules import DAYS, LONGEST, MOST, RoutingRule
from bot.features.inbox.routing_lists.model import RoutingListState
from bot.features.inbox.routing_lists.texts import state_of
from bot.features.money.periods.bands import floor_of, shown_to
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.render import money, whole_money
from bot.text.safe_text import one_line, safe
from storage.inbox.routing_rules import RoutingCondition
from storage.records import Cents, Reference

ADD, UP, REMOVE, OFF, ON = "routing.add", "routing.up", "routing.remove", "routing.off", "routing.on"
CONDITIONS = {
    RoutingCondition.VIP: msgid("The fan has the tag vip"),
    RoutingCondition.TAG: msgid("The fan has another tag"),
    RoutingCondition.LIST: msgid("The fan is on a Fanvue list"),
    RoutingCondition.LANGUAGE: msgid("The fan speaks a language (a tag says which)"),
    RoutingCondition.NEW: msgid("The fan is new"),
    RoutingCondition.SPENT: msgid("The fan spent at least an amount"),
    RoutingCondition.EVERYONE: msgid("Every fan"),
}
_FULL = msgid("There are {most} rules, the most that we keep. Remove one with /inbox routing first.")
WHEN_FIRST = msgid("Choose both: which fans, and the member or role who is offered them first.")
ONE_TARGET = msgid("Choose a role or a member, not both. Add a second rule for the other one.")
_NEEDS_VALUE = {
    RoutingCondition.TAG: msgid("Write the tag as the value, for example: late night."),
    RoutingCondition.LIST: msgid(
        "Choose one of the creator's lists on Fanvue as the value, or write its name."
    ),
    RoutingCondition.LANGUAGE: msgid("Write the language as the value, for example: German."),
    RoutingCondition.NEW: msgid("Write as the value for how many days a fan is new, from 1 to {most}."),
    RoutingCondition.SPENT: msgid("Write the amount as the value, for example: $100."),
}
NO_VALUE = msgid("Leave the value empty: this rule needs none.")
LONG_TAG = msgid("A tag has at most {most} characters. Write it as the fan has it.")
NO_LANGUAGE = msgid(
    "We don't know the language “{typed}”. Write for example German, or choose “another tag”."
)
NO_ANSWER = msgid("Fanvue does not tell us its lists right now, so no rule was added. Try again in a minute.")
NO_AMOUNT = msgid("“{typed}” is not an amount. Write for example $100.")
NO_FIGURES = msgid("You can't see figures, so you can't use an amount here. Choose another condition.")
NOT_AN_EDGE = msgid(
    "You see figures in ranges, so choose where one starts: $10, $25, $50, $100, $250 and so on."
)
TOO_WIDE = msgid("Choose a smaller role than @everyone: without a rule everyone is offered a fan anyway.")
MEMBER_MAY_NOT = msgid(
    "{member} may not answer this creator's fans. /team grant lets them, then add the rule."
)
ROLE_MAY_NOT = msgid(
    "We know nobody with {role} who may answer these fans. Give the role access with /team grant, "
    "then try again."
)
GONE = msgid("This rule was just removed. The list shows what is set now.")
NOTHING_TO_MOVE = msgid("This rule is already the first.")
ADDED = msgid("Added as rule {number}.")
REMOVED = msgid("Removed.")
MOVED = msgid("Moved up.")
SWITCHED_OFF = msgid("Turned off. Everyone is offered every fan, and the rules are kept.")
SWITCHED_ON = msgid("Turned on.")
_NAME = 60  # characters of a list's name
_OFFERED = 25  # Discord shows no more
_NONE = msgid("No rule yet: everyone is offered every fan right away.")
_HOW = msgid("The first rule that fits counts. Anyone may answer at any time.")
_AS_OF = msgid("We read lists about every 15 minutes, long ones less often.")
_IS_OFF = msgid("Off: everyone is offered every fan right away.")


def full() -> str:
    """There is no room for another one."""
    return tr(_FULL, most=MOST)


def no_minutes() -> str:
    return tr("Minutes are a whole number from 1 to {most}.", most=LONGEST)


def takes_value(condition: RoutingCondition) -> bool:
    """Whether a rule with this condition has a value."""
    return condition in _NEEDS_VALUE


def needs_value(condition: RoutingCondition) -> str:
    """What to write as the value of such a rule."""
    return tr(_NEEDS_VALUE[condition], most=DAYS)


def never_matches(upper: int, lower: int) -> str:
    """Which of two rules makes the other one pointless; they are counted from 1."""
    return tr(
        "Rule {lower} would never match: rule {upper} above it takes the same fans. Remove "
        "rule {upper} first.",
        lower=lower,
        upper=upper,
    )


def rules_ended(number: int) -> str:
    """For the person who took a member out of the team."""
    return tr_many("{n} routing rule for them ended.", "{n} routing rules for them ended.", number, n=number)


def offered_values(when: str | None, typed: str) -> list[tuple[str, str]]:
    """What `value:` may be for a condition, or for any: words, and the value. `typed`: how it begins."""
    known = {
        RoutingCondition.LANGUAGE: [(tr(name), name) for name in LANGUAGES],
        RoutingCondition.NEW: [
            (tr_many("{n} day", "{n} days", days), str(days)) for days in (1, 3, 7, 14, 30)
        ],
        RoutingCondition.SPENT: [
            (whole_money(dollars), f"${dollars}") for dollars in (10, 25, 50, 100, 250, 500, 1000)
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
    lines = [_line(place, rule, lists, sees) for place, rule in enumerate(rules, 1)] or [tr(_NONE)]
    heads = [part for part in (note, tr(_IS_OFF) if rules and not is_on else "") if part]
    post = Post(
        title=tr("Who is offered @{handle}'s fans first", handle=safe(one_line(handle, 40))),
        body=(*heads, "\n".join(lines)),
        small=f"{tr(_HOW)} {tr(_AS_OF)}" if any(rule.list is not None for rule in rules) else tr(_HOW),
        buttons=_buttons(ref, is_on=is_on, some=bool(rules)) if ref is not None else (),
    )
    return post, _choices(rules, sees, ref) if ref is not None else ()


def _buttons(ref: Reference, *, is_on: bool, some: bool) -> tuple[Button, ...]:
    add, switch = Button(ADD, ref, tr("Add a rule")), Button(ON, ref, tr("Turn on"))
    return (add, Button(OFF, ref, tr("Turn off")) if is_on else switch) if some else (add,)


def _choices(rules: Sequence[RoutingRule], sees: MoneyView, ref: Reference) -> tuple[Choice, ...]:
    options = tuple(
        ChoiceOption(rule.id, f"{place}. {who(rule, sees)}"[:100]) for place, rule in enumerate(rules, 1)
    )
    made = []
    if len(options) > 1:
        made.append(Choice(UP, ref, tr("Move a rule up"), options[1:]))
    if options:
        made.append(Choice(REMOVE, ref, tr("Remove a rule"), options))
    return tuple(made)


def _line(place: int, rule: RoutingRule, lists: Mapping[str, RoutingListState], sees: MoneyView) -> str:
    target = f"<@&{rule.target}>" if rule.target_kind == "role" else f"<@{rule.target}>"
    # Translators: {who}: which fans; {target}: who is offered them first
    said = tr_many(
        "{place}. {who} → {target}, everyone after {n} minute",
        "{place}. {who} → {target}, everyone after {n} minutes",
        rule.minutes,
        place=place,
        who=safe(who(rule, sees)),
        target=target,
        n=rule.minutes,
    )
    return said if rule.list is None else f"{said} · {state_of(lists.get(rule.list))}"


def who(rule: RoutingRule, sees: MoneyView) -> str:
    """Which fans a rule is about: plain text."""
    if rule.condition is RoutingCondition.VIP:
        return tr("VIPs")
    if rule.condition is RoutingCondition.TAG:
        return tr("Tag “{name}”", name=rule.word or tr("unreadable"))
    if rule.condition is RoutingCondition.LIST:
        return tr("List “{name}”", name=one_line(rule.word or tr("unreadable"), _NAME))
    if rule.condition is RoutingCondition.LANGUAGE:
        return tr("Speaks {language}", language=tr(rule.word or msgid("an unreadable language")))
    if rule.condition is RoutingCondition.NEW:
        return tr_many("New fans, first day", "New fans, first {n} days", rule.number or 0)
    if rule.condition is RoutingCondition.SPENT:
        return tr("Spent {amount}", amount=_amount(rule.number or 0, sees))
    return tr("Every fan")


def _amount(cents: Cents, sees: MoneyView) -> str:
    """No more than its reader may know: another lead may have chosen it."""
    if sees is MoneyView.HIDDEN:
        return tr("at least an amount that you do not see")
    if sees is MoneyView.BANDED and floor_of(cents) != cents:
        return tr("at least an amount from {range}", range=shown_to(sees).money(cents))
    return tr("at least {price}", price=money(cents))
