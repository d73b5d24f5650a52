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
from cogs.inbox.board_views import pick_waiting
from cogs.inbox.bulk_snooze_views import ask_until, put_off
from cogs.inbox.snooze_views import pick_time
from cogs.inbox.template_picker_views import picked
from cogs.operations.setup_views import PICK, pick_setup
from cogs.publishing import draft_views, fan_test_views
from cogs.publishing.media_selection_views import pick_items
from cogs.publishing.media_views import show_items

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
    **draft_views.LISTS,
    **fan_test_views.LISTS,
}
