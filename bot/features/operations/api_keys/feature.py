"""Builds the keys of programs."""

import os

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.api_keys import setting_rows
from bot.features.operations.api_keys.key_door import ApiKeyDoor
from bot.features.operations.api_keys.key_pace import KeyPace
from bot.features.operations.api_keys.owner_service import OwnerKeyService
from bot.features.operations.api_keys.pages import ApiKeyPages
from bot.features.operations.api_keys.service import ApiKeyService
from bot.features.operations.operator_requests.door import OperatorDoor


def build(ctx: FeatureContext) -> Feature:
    """Who has a key is let in by the door that it brings."""
    service = ApiKeyService(
        database=ctx.database, trail=ctx.effects.trail, clock=ctx.clock, ids=ctx.ids, random=os.urandom
    )
    operator = OperatorDoor(ctx.keyring, ctx.clock)
    door = ApiKeyDoor(service, KeyPace(ctx.clock))
    pages = ApiKeyPages(service, operator, ctx.clock)
    owner = OwnerKeyService(service, url=ctx.settings.public_url)
    return Feature(
        name="api_keys",
        services=(owner,),
        parts=(service, operator, door),
        brings=(*pages.entries(), *setting_rows.rows(ctx.clock)),
    )
