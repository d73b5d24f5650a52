"""A desk's alerts: says what it was told."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.access.permits import Actor, Permit
from bot.features.operations.alerts.explanation_service import AlertExplanationService
from bot.features.operations.alerts.service import AlertRuleService
from bot.model.ports import Post
from bot.relay.alerts import AlertChoice
from tests.discord.desk import Desk, DeskServices


class DeskAlerts:
    """Keeps no rule."""

    async def for_creator(self, permit: Permit, chosen: AlertChoice) -> str:
        return f"For a creator: {chosen.kind}."

    async def for_team(self, permits: Sequence[Permit], chosen: AlertChoice) -> str:
        return f"For the team: {chosen.kind}."

    async def for_me(self, permits: Sequence[Permit], chosen: AlertChoice, *, about_one: bool) -> str:
        return f"For me: {chosen.kind}."

    async def why(self, actor: Actor, ref: str) -> str:
        return "Because."

    async def show(self, permits: Sequence[Permit]) -> Post:
        return Post(body=("No rule.",))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskAlerts()
    return {AlertExplanationService: one, AlertRuleService: one}
