"""Builds the sign-in of agents."""

import os
from typing import Final

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.agent_sign_in.consent_service import AgentConsentService
from bot.features.operations.agent_sign_in.expiry import AgentRequestExpiry
from bot.features.operations.agent_sign_in.model import MCP_PATH
from bot.features.operations.agent_sign_in.records import AgentRequestRecords
from bot.features.operations.agent_sign_in.service import AgentAddresses, AgentSignInService
from bot.features.operations.agent_sign_in.token_service import AgentTokenService
from bot.features.operations.api_keys.service import ApiKeyService

_RANDOM: Final = os.urandom


def build(ctx: FeatureContext) -> Feature:
    """After keys: an agent that is let in has one."""
    records, keys = AgentRequestRecords(ctx.sealer), ctx.get(ApiKeyService)
    addresses = AgentAddresses(ctx.settings.public_url, ctx.settings.public_url + MCP_PATH)
    signing = AgentSignInService(
        ctx, records=records, signer=ctx.keyring, addresses=addresses, random=_RANDOM
    )
    tokens = AgentTokenService(ctx, records=records, keys=keys, resource=addresses.resource, random=_RANDOM)
    consent = AgentConsentService(ctx, records=records, keys=keys)
    lapsing = AgentRequestExpiry(database=ctx.database, clock=ctx.clock)
    return Feature(
        name="agent sign-in",
        services=(consent,),
        parts=(signing, tokens),
        tasks=(lapsing.task(divisor=ctx.divisor),),
    )
