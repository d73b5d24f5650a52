"""`Routing` of a desk: says what it was told."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.features.inbox.routing.input_rules import TypedRoutingRule
from bot.features.inbox.routing.service import RoutingPanel, RoutingService
from bot.model.discord_ports import MembershipPort
from bot.model.ports import Post
from tests.discord.desk import Desk, DeskServices


class DeskRouting:
    """Nobody is offered anybody."""

    async def show(self, permit: Permit, note: str = "") -> RoutingPanel:
        return _said("The rules.")

    async def add(self, permit: Permit, typed: TypedRoutingRule, members: MembershipPort) -> RoutingPanel:
        return _said(f"Rule: {typed.when} for {typed.target_kind}.")

    async def values(self, permit: Permit, when: str | None, typed: str) -> Sequence[tuple[str, str]]:
        return [(typed or "vip", typed or "vip")]

    async def remove(self, permit: Permit, wanted: str) -> RoutingPanel:
        return _said("Removed.")

    async def move_up(self, permit: Permit, wanted: str) -> RoutingPanel:
        return _said("Moved.")

    async def switch(self, permit: Permit, *, is_on: bool) -> RoutingPanel:
        return _said(f"On: {is_on}.")


def _said(words: str) -> RoutingPanel:
    return RoutingPanel(Post(body=(words,)), ())


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {RoutingService: DeskRouting()}
