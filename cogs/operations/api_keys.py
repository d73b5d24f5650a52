"""/settings keys: programs that may read a creator's data."""

from collections.abc import Mapping
from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import Said, private
from bot.discord.asking import asks, here_or_chosen, permit_of
from bot.discord.bridge import Asked, service
from bot.discord.command_examples import example
from bot.features.operations.agent_sign_in.consent_service import AgentConsentService
from bot.features.operations.api_keys.owner_service import OwnerKeyService

_ROLES: Final = {
    "Viewer: who waits": "viewer",
    "Chatter: and the vault": "chatter",
    "Manager: and figures as ranges": "manager",
    "Owner: and exact figures": "owner",
}


_SCOPES: Final = {
    "Lists and figures": "data",
    "Also what fans write": "chats",
    "Also drafts for your team": "drafts",
}


@asks(Action.API_KEYS, here_or_chosen, offers=True)
async def offer_keys(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Those that open something."""
    found = await service(asked, OwnerKeyService).offered(permit_of(asked), typed)
    return [app_commands.Choice(name=words[:100], value=value) for words, value in found]


def _choices(words: Mapping[str, str]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=one, value=value) for one, value in words.items()]


class ApiKeyCog(commands.GroupCog, group_name="settings"):
    """For whoever connected the creator."""

    keys = app_commands.Group(name="keys", description="Programs that may read a creator's data.")

    @keys.command(name="show", description="Show which programs have a key, and when each was last used.")
    @example("/settings keys show")
    @asks(Action.API_KEYS, here_or_chosen)
    async def show(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Without the keys themselves, which are kept nowhere."""
        await private(interaction, lambda: service(interaction, OwnerKeyService).show(permit_of(interaction)))

    @keys.command(name="new", description="Make a key for a program. It is shown once.")
    @app_commands.describe(
        name="What uses it.",
        role="As which role it reads.",
        scope="What it opens: lists and figures unless you choose.",
        days="How many days it lasts: 90 unless you choose.",
    )
    @app_commands.choices(role=_choices(_ROLES), scope=_choices(_SCOPES))
    @example("/settings keys new name:n8n role:Viewer: who waits")
    @asks(Action.API_KEYS, here_or_chosen)
    async def new(
        self,
        interaction: discord.Interaction[Any],
        name: app_commands.Range[str, 1, 40],
        role: str,
        scope: str = "data",
        days: app_commands.Range[int, 1, 365] = 90,
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""

        async def deed() -> Said:
            keys = service(interaction, OwnerKeyService)
            wanted = {"name": name, "role": role, "scope": scope, "days": str(days)}
            return await keys.new(permit_of(interaction), wanted)

        await private(interaction, deed)

    @keys.command(name="connect", description="Connect an agent that shows a code.")
    @app_commands.describe(code="The code on its page.")
    @example("/settings keys connect code:BCDF-GHJK")
    @asks(Action.API_KEYS, here_or_chosen)
    async def connect(
        self,
        interaction: discord.Interaction[Any],
        code: app_commands.Range[str, 1, 40],
        creator: str | None = None,
    ) -> None:
        """Says first which agent it is."""
        await private(
            interaction, lambda: service(interaction, AgentConsentService).ask(permit_of(interaction), code)
        )

    @keys.command(name="revoke", description="Revoke a program's key. It stops working at once.")
    @app_commands.describe(key="Which key.")
    @example("/settings keys revoke key:n8n")
    @asks(Action.API_KEYS, here_or_chosen)
    async def revoke(
        self,
        interaction: discord.Interaction[Any],
        key: app_commands.Range[str, 1, 100],
        creator: str | None = None,
    ) -> None:
        """It may be made again, so nobody is asked twice."""
        keys = service(interaction, OwnerKeyService)
        await private(interaction, lambda: keys.revoke(permit_of(interaction), key))

    revoke.autocomplete("key")(offer_keys)
