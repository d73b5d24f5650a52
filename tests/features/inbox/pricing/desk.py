"""`Pricing` of a desk: one hint for everybody, and every question is asked."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping

from bot.access.permits import ActionConfirmation, Permit
from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.features.inbox.pricing.setting import PriceLimitSetting
from bot.model.ports import Post
from storage.inbox.price_limits import RolePriceLimits
from storage.records import Cents, DraftId
from tests.discord.desk import Desk, DeskServices


class DeskPricing:
    """Limits that nobody keeps."""

    async def binding(self, permit: Permit) -> RolePriceLimits:
        return RolePriceLimits()

    async def hint(self, permit: Permit) -> str | None:
        return "Usually $12.00 here."

    async def show(self, permit: Permit) -> Post:
        return Post(body=("No limits.",))

    async def ask(self, permit: Permit, role: TeamRole, wanted: Mapping[str, Cents | None]) -> Post:
        return Post(body=(f"{role} to {dict(wanted)}?",))

    async def yes(self, yes: ActionConfirmation) -> str:
        yes.question(Action.PRICE_LIMITS)
        return "Done."

    async def no(self, permit: Permit, ref: DraftId) -> str:
        return "Left."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {PriceLimitSetting: DeskPricing()}
