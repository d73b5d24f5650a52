"""A creator's routing rules, opened, and the one that counts for a fan."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress

from bot.features.inbox.routing.rules import RoutedFan, RoutingRule, first_match
from bot.features.inbox.routing_lists.model import RoutingListState
from bot.features.inbox.routing_lists.service import RoutingListService
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import messages, routing_rules
from storage.inbox.routing_rules import RoutingCondition, StoredRoutingRule
from storage.money import spending
from storage.records import Cents, CreatorId, FanId, Millis

TagsOf = Callable[[Transaction, CreatorId, FanId], Awaitable[Sequence[str]]]


def rule_place(rule: str, creator: CreatorId) -> str:
    """The place of a rule's sealed word."""
    return f"routing_rules|body|{rule}|{creator}"


class RoutingRuleBook:
    """Every method is part of the caller's transaction."""

    def __init__(self, ctx: Context, *, tags: TagsOf, lists: RoutingListService) -> None:
        """`tags`: the words that a team put on a fan."""
        self._ctx = ctx
        self._pseudonyms = ctx.trail.pseudonyms
        self._tags = tags
        self._lists = lists

    async def rules(self, tx: Transaction, creator: CreatorId) -> list[RoutingRule]:
        """All of a creator's, in order. One whose word does not open matches nobody."""
        kept = await routing_rules.of_creator(tx, creator)
        named = any(one.list is not None for one in kept)
        lists = await self._lists.states(tx, creator) if named else {}
        return [self._opened(one, lists) for one in kept]

    async def rule(self, tx: Transaction, creator: CreatorId, wanted: str) -> RoutingRule | None:
        """One of a creator's, if it is in use."""
        found = await self.rules(tx, creator)
        return next((rule for rule in found if rule.id == wanted and rule.is_on), None)

    async def first(
        self, tx: Transaction, creator: CreatorId, fan: FanId, *, now: Millis
    ) -> RoutingRule | None:
        """The rule that counts for a fan who waits now."""
        rules = [rule for rule in await self.rules(tx, creator) if rule.is_on]
        if not rules:
            return None
        began = await messages.first_at(tx, creator, fan)
        asked = any(rule.condition is RoutingCondition.SPENT for rule in rules)
        listed = any(rule.condition is RoutingCondition.LIST for rule in rules)
        known = RoutedFan(
            tags=await self._tags(tx, creator, fan),
            known_for=now - began if began is not None else 0,
            spent=await self._spent(tx, creator, fan, now) if asked else None,
            lists=await self._lists.of_fan(tx, creator, fan) if listed else (),
        )
        return first_match(rules, known)

    def sealed(self, rule: str, creator: CreatorId, word: str | None) -> bytes | None:
        """A rule's word as it is kept."""
        return None if word is None else self._ctx.sealer.seal(rule_place(rule, creator), word.encode())

    def _opened(self, kept: StoredRoutingRule, lists: Mapping[str, RoutingListState]) -> RoutingRule:
        state = lists.get(kept.list) if kept.list is not None else None
        word = state.name if state is not None else None
        if kept.body is not None:
            try:
                word = self._ctx.sealer.open(rule_place(kept.id, kept.creator), kept.body).decode()
            except ValueError:
                word = None
        return RoutingRule(
            id=kept.id,
            condition=kept.condition,
            word=word,
            number=kept.number,
            target_kind=kept.target_kind,
            target=kept.target,
            minutes=kept.minutes,
            is_on=kept.is_on,
            list=kept.list,
        )

    async def _spent(self, tx: Transaction, creator: CreatorId, fan: FanId, now: Millis) -> Cents:
        """Nothing, where it cannot be known: a rule that fails must not keep the fan's message back."""
        with suppress(ValueError):
            name = await self._pseudonyms.known(tx, creator, fan)
            return 0 if name is None else await spending.of(tx, creator, name, now=now)
        return 0
