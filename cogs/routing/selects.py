"""Lists to choose from: they survive restarts, and each choice is checked."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Self

import discord
from discord import ui

from bot.discord.answers import tell
from bot.discord.bridge import Asked, DiscordBridge
from bot.discord.controls import CHOICE_TEMPLATE
from bot.discord.error_handling import guarded
from bot.model.language import tr


class BridgeSelect(ui.DynamicItem[ui.Select[Any]], template=CHOICE_TEMPLATE):
    """Every list of the bridge."""

    def __init__(self, select: ui.Select[Any], action: str, ref: str) -> None:
        super().__init__(select)
        self.action = action
        self.ref = ref

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The list in which something was chosen."""
        assert isinstance(item, ui.Select)
        return cls(item, match["action"], match["ref"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what its action says, or say that it is out of use."""
        handler = interaction.client.controls.lists.get(self.action, _stale)
        data: Mapping[str, Any] = interaction.data or {}
        chosen = tuple(map(str, data.get("values") or ()))
        await guarded(interaction, lambda: handler(interaction, self.ref, chosen))


async def setup(bot: DiscordBridge) -> None:
    """Called by the bot before it connects."""
    bot.add_dynamic_items(BridgeSelect)


async def _stale(asked: Asked, _ref: str, _chosen: Sequence[str]) -> None:
    await tell(asked, tr("This list is no longer in use. Please use the newest message, or a command."))
