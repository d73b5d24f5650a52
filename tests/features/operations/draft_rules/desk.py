"""Rules for drafts at a desk: what was wanted is said."""

from bot.access.permits import Permit
from bot.features.operations.draft_rules.setting import DraftRuleSetting, DraftRuleWish
from bot.model.ports import Post
from tests.discord.desk import Desk, DeskServices


class DeskDraftRules:
    """Takes whatever is wanted."""

    async def change(self, permit: Permit, wish: DraftRuleWish) -> Post | str:  # noqa: ARG002 - the real one's
        return f"Wanted: {wish.limit}."

    async def allow(self, permit: Permit, key: str) -> str:  # noqa: ARG002 - likewise
        return "Allowed."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {DraftRuleSetting: DeskDraftRules()}
