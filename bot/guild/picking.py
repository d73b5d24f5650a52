"""Lists to choose from: they survive restarts, and each choice is checked."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Self

import discord
from discord import ui

from bot.discord.answers import tell
from bot.discord.bridge import Asked
from bot.discord.controls import CHOICE_TEMPLATE
from bot.discord.error_handling import guarded
from bot.guild import composing, one_fan
from bot.guild.media import show_items
from bot.guild.media_picks import pick_items
from bot.guild.putting_off import ask_until, put_off
from bot.guild.setting_up import PICK, pick_setup
from bot.guild.snoozing import pick_time
from bot.guild.template_picking import picked
from bot.guild.waiting import pick_waiting

_STALE = "This list is no longer in use. Please use the newest message, or a command."


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
        handler = LISTS.get(self.action, _stale)
        data: Mapping[str, Any] = interaction.data or {}
        chosen = tuple(map(str, data.get("values") or ()))
        await guarded(interaction, lambda: handler(interaction, self.ref, chosen))


async def _stale(asked: Asked, _ref: str, _chosen: Sequence[str]) -> None:
    await tell(asked, _STALE)


LISTS: Mapping[str, Callable[[Asked, str, Sequence[str]], Awaitable[None]]] = {
    "media.show": show_items,
    "media.pick": pick_items,
    "template.pick": picked,
    "inbox.pick": pick_waiting,
    "talk.snooze": pick_time,
    "inbox.fans": ask_until,
    "inbox.until": put_off,
    PICK: pick_setup,
    **composing.LISTS,
    **one_fan.LISTS,
}
