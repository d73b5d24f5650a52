"""/inbox routing: the rules of a creator shown, added, moved, removed, switched."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.access.permits import Permit
from bot.access.roles import Permission
from bot.features.inbox.routing import texts
from bot.features.inbox.routing.candidates import RoutingCandidates
from bot.features.inbox.routing.input_rules import TypedRoutingRule, understood_rule
from bot.features.inbox.routing.offers import RoutingOffers
from bot.features.inbox.routing.rule_book import RoutingRuleBook
from bot.features.inbox.routing.rules import MOST, RoutingRefused, RoutingRule, hidden_by
from bot.features.inbox.routing_lists.model import RoutableList
from bot.features.inbox.routing_lists.service import RoutingListService
from bot.model.choices import Choice
from bot.model.discord_ports import MembershipPort
from bot.model.errors import DeliveryFailed, DeliveryRefused
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.ping_recipients import crew_of
from storage.database import Transaction
from storage.inbox import routing_lists, routing_offers, routing_rules
from storage.inbox.routing_rules import RoutingCondition, StoredRoutingRule
from storage.records import CreatorId, Reference


@dataclass(frozen=True)
class RoutingPanel:
    """The rules as they are shown, and the lists below them."""

    post: Post
    choices: tuple[Choice, ...]


class RoutingService:
    """Permits were given at the door, for one creator."""

    def __init__(
        self, ctx: Context, *, book: RoutingRuleBook, lists: RoutingListService, offers: RoutingOffers
    ) -> None:
        self._ctx = ctx
        self._book = book
        self._lists = lists
        self._offers = offers

    async def show(self, permit: Permit, note: str = "") -> RoutingPanel:
        """All rules of the permit's creator, below a sentence."""
        return await self._ctx.database.read(lambda tx: self._panel(tx, permit, note))

    async def add(self, permit: Permit, typed: TypedRoutingRule, members: MembershipPort) -> RoutingPanel:
        """Put a rule behind the others. Raises RoutingRefused."""
        meant = await self._list(permit, typed)
        rule = understood_rule(self._ctx.ids.new(), typed, permit.money, meant)
        await self._check_target(permit, rule, members)

        async def work(tx: Transaction, creator: CreatorId) -> str:
            kept = await routing_rules.of_creator(tx, creator)
            if len(kept) >= MOST:
                raise RoutingRefused(texts.full())
            self._check_order([*await self._book.rules(tx, creator), rule])
            last = max((one.place for one in kept), default=0)
            is_on = not kept or any(one.is_on for one in kept)
            await routing_rules.add(tx, self._kept(permit, creator, rule, last + 1, is_on=is_on))
            if meant is not None:
                await self._lists.keep(tx, creator, meant)
            return tr(texts.ADDED, number=len(kept) + 1)

        return await self._change(permit, f"add: {rule.condition}", work)

    async def values(self, permit: Permit, when: str | None, typed: str) -> Sequence[tuple[str, str]]:
        """What a condition's value may be, or any one's: words and value."""
        if when != RoutingCondition.LIST:
            return texts.offered_values(when, typed)
        assert permit.creator is not None, "the action is about a creator"
        try:
            return await self._lists.suggest(permit.creator, typed)
        except DeliveryFailed:
            return ()

    async def remove(self, permit: Permit, wanted: str) -> RoutingPanel:
        """Delete a rule; what is offered by it goes on. Raises RoutingRefused."""

        async def work(tx: Transaction, creator: CreatorId) -> str:
            await self._place(tx, creator, wanted)
            await routing_rules.remove(tx, wanted)
            await routing_lists.drop_unused(tx, creator)
            return tr(texts.REMOVED)

        return await self._change(permit, "remove", work)

    async def move_up(self, permit: Permit, wanted: str) -> RoutingPanel:
        """Change places with the rule above. Raises RoutingRefused."""

        async def work(tx: Transaction, creator: CreatorId) -> str:
            place = await self._place(tx, creator, wanted)
            if place == 0:
                raise RoutingRefused(tr(texts.NOTHING_TO_MOVE))
            rules = await self._book.rules(tx, creator)
            rules[place - 1], rules[place] = rules[place], rules[place - 1]
            self._check_order(rules)
            for number, rule in enumerate(rules, 1):
                await routing_rules.put_at(
                    tx, rule.id, number, by=permit.actor.user, now=self._ctx.clock.now()
                )
            return tr(texts.MOVED)

        return await self._change(permit, "move", work)

    async def switch(self, permit: Permit, *, is_on: bool) -> RoutingPanel:
        """Use the rules, or keep them unused: then everybody is offered at once what is offered now."""

        async def work(tx: Transaction, creator: CreatorId) -> str:
            by, now = permit.actor.user, self._ctx.clock.now()
            await routing_rules.switch(tx, creator, is_on=is_on, by=by, now=now)
            if not is_on:
                for offer in await routing_offers.of_creator(tx, creator):
                    await self._offers.open(tx, offer)
            return tr(texts.SWITCHED_ON) if is_on else tr(texts.SWITCHED_OFF)

        return await self._change(permit, "on" if is_on else "off", work)

    async def _list(self, permit: Permit, typed: TypedRoutingRule) -> RoutableList | None:
        if typed.when != RoutingCondition.LIST or not (typed.value or "").strip():
            return None
        assert permit.creator is not None, "the action is about a creator"
        try:
            return await self._lists.meant(permit.creator, typed.value or "")
        except DeliveryRefused as refused:
            raise RoutingRefused(refused.reason) from refused
        except DeliveryFailed as failed:
            raise RoutingRefused(tr(texts.NO_ANSWER)) from failed

    async def _check_target(self, permit: Permit, rule: RoutingRule, members: MembershipPort) -> None:
        """A rule whose member, or every member of whose role, may not answer would do nothing."""
        assert permit.creator is not None, "the action is about a creator"
        creator = permit.creator
        if rule.target == permit.actor.guild:
            raise RoutingRefused(tr(texts.TOO_WIDE))
        team = await self._ctx.database.read(lambda tx: crew_of(tx, creator))
        given = team.given if team is not None else ()
        if rule.target_kind == "role" and any(
            one.kind == "role" and one.subject == rule.target and Permission.DRAFT in one.permissions
            for one in given
        ):
            return
        asking = RoutingCandidates(database=self._ctx.database, members=members)
        if await asking.choose(creator, rule, now=self._ctx.clock.now(), quiet=False) is None:
            raise RoutingRefused(
                tr(texts.ROLE_MAY_NOT, role=f"<@&{rule.target}>")
                if rule.target_kind == "role"
                else tr(texts.MEMBER_MAY_NOT, member=f"<@{rule.target}>")
            )

    def _check_order(self, rules: list[RoutingRule]) -> None:
        hidden = hidden_by(rules)
        if hidden is not None:
            raise RoutingRefused(texts.never_matches(hidden[0] + 1, hidden[1] + 1))

    async def _place(self, tx: Transaction, creator: CreatorId, wanted: str) -> int:
        found = [one.id for one in await routing_rules.of_creator(tx, creator)]
        if wanted not in found:
            raise RoutingRefused(tr(texts.GONE))
        return found.index(wanted)

    def _kept(
        self, permit: Permit, creator: CreatorId, rule: RoutingRule, place: int, *, is_on: bool
    ) -> StoredRoutingRule:
        return StoredRoutingRule(
            id=rule.id,
            creator=creator,
            place=place,
            condition=rule.condition,
            number=rule.number,
            body=self._book.sealed(rule.id, creator, rule.word) if rule.list is None else None,
            target_kind=rule.target_kind,
            target=rule.target,
            minutes=rule.minutes,
            is_on=is_on,
            by=permit.actor.user,
            at=self._ctx.clock.now(),
            list=rule.list,
        )

    async def _change(
        self, permit: Permit, what: str, work: Callable[[Transaction, CreatorId], Awaitable[str]]
    ) -> RoutingPanel:
        """Do it, write it down, and show what is set then."""
        assert permit.creator is not None, "the action is about a creator"
        creator = permit.creator

        async def whole(tx: Transaction) -> RoutingPanel:
            note = await work(tx, creator)
            await self._ctx.trail.write(
                tx, "inbox.routing", "done", target=what, actor=permit.actor.user, creator=creator
            )
            return await self._panel(tx, permit, note)

        return await self._ctx.database.write(whole)

    async def _panel(self, tx: Transaction, permit: Permit, note: str) -> RoutingPanel:
        assert permit.creator is not None, "the action is about a creator"
        rules, link = await self._book.rules(tx, permit.creator), permit.link
        handle, ref = (link.handle, Reference(link.id)) if link is not None else (tr("this creator"), None)
        lists = await self._lists.states(tx, permit.creator)
        return RoutingPanel(*texts.panel(rules, lists, handle, permit.money, ref, note))
