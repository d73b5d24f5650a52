"""Every button and window: they survive restarts, each click is checked.

A button's custom_id names an action and a reference; the data behind it lies in the database.
"""

import re
from collections.abc import Mapping
from typing import Any, Self

import discord
from discord import ui

from bot.discord.answers import tell
from bot.discord.bridge import Asked, DiscordBridge
from bot.discord.controls import TEMPLATE
from bot.discord.error_handling import guarded
from bot.discord.typed_input import fields as fields_of
from bot.model.language import tr

_CUSTOM_ID = re.compile(TEMPLATE)


class BridgeButton(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """Every button of the bridge."""

    def __init__(self, button: ui.Button[Any], action: str, ref: str) -> None:
        super().__init__(button)
        self.action = action
        self.ref = ref

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        assert isinstance(item, ui.Button)
        return cls(item, match["action"], match["ref"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what its action says, or say that it is out of use."""
        handler = interaction.client.controls.buttons.get(self.action, _stale)
        await guarded(interaction, lambda: handler(interaction, self.ref))


async def submitted(asked: Asked) -> None:
    """Take a window that was sent, also one that was opened before the bridge was restarted."""
    data: Mapping[str, Any] = asked.data or {}
    match = _CUSTOM_ID.fullmatch(str(data.get("custom_id", "")))
    handler = None if match is None else asked.client.controls.windows.get(match["action"])
    if match is not None and handler is not None:
        fields = dict(fields_of(data.get("components", ())))
        ref = match["ref"]
        await guarded(asked, lambda: handler(asked, ref, fields))


async def take_window(interaction: discord.Interaction[Any]) -> None:
    """Windows are taken here and not by discord.py, which forgets them at a restart."""
    if interaction.type is discord.InteractionType.modal_submit:
        await submitted(interaction)


async def setup(bot: DiscordBridge) -> None:
    """Called by the bot before it connects."""
    bot.add_dynamic_items(BridgeButton)
    bot.add_listener(take_window, "on_interaction")


async def _stale(asked: Asked, _ref: str) -> None:
    await tell(asked, tr("This button is no longer in use. Please use the newest message, or a command."))
