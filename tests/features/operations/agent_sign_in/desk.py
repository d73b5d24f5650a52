"""Agents that ask at a desk: one waits for each press."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.features.operations.agent_sign_in.consent_service import AgentConsentService
from bot.features.operations.api_keys.key_rules import ApiKeyWish
from bot.model.ports import Post
from storage.people.api_keys import ApiKeyScope
from storage.records import CreatorId
from tests.discord.desk import MILA, Desk, DeskServices


class DeskAgents:
    """Lets in whoever asks."""

    async def ask(self, permit: Permit, code: str) -> Post | str:
        return f"Connect {code}?"

    async def widest(self, permit: Permit, ref: str) -> ApiKeyScope | None:
        return ApiKeyScope.DRAFTS

    async def creator(self, ref: str) -> CreatorId | None:
        return MILA

    async def connect(self, permit: Permit, ref: str, wish: ApiKeyWish) -> str:
        return "Connected."

    async def refuse(self, permit: Permit, ref: str) -> str:
        return "Not connected."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {AgentConsentService: DeskAgents()}
