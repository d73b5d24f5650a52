"""Agents that ask at a desk: one waits for each press."""

from bot.features.operations.agent_sign_in.consent_service import AgentConsentService
from storage.people.api_keys import ApiKeyScope
from tests.discord.desk import MILA
from tests.discord.desk_answers import answering

STAND_INS = answering(
    AgentConsentService,
    ask=lambda code: f"Connect {code}?",
    widest=ApiKeyScope.DRAFTS,
    creator=MILA,
    connect="Connected.",
    refuse="Not connected.",
)
