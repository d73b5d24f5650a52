"""Builds the tools of agents that run elsewhere."""

from typing import Final

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.agent_sign_in.token_service import AgentTokenService
from bot.features.operations.agent_tools.remote_page import RemoteToolsPage
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.api_keys.key_pace import KeyPace
from bot.features.operations.api_keys.service import ApiKeyService

_A_MINUTE: Final = 120  # messages of one key, most of which are no tool
_AT_ONCE: Final = 4


def build(ctx: FeatureContext) -> Feature:
    """After keys. Its tools ask the pages that other features have behind the door for keys."""
    page = RemoteToolsPage(
        ctx.get(ApiKeyDoor),
        KeyPace(ctx.clock, a_minute=_A_MINUTE, at_once=_AT_ONCE),
        keys=ctx.get(ApiKeyService).known,
        tokens=ctx.get(AgentTokenService).known,
        url=ctx.settings.public_url,
    )
    return Feature(name="agent tools", brings=page.entries())
