"""/fan note, /fan tag, /fan items: the team's knowledge of a fan."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.inbox.note_views import NOTE_LIMIT, add_note, edit_note, list_notes, offer_notes, remove_note
from cogs.inbox.purchase_views import show_items
from cogs.inbox.tag_views import TAG_LIMIT, add_tag, offer_held, offer_known, remove_tag

_WHICH = msgid("Choose one from the list as you type.")


class FanCog(commands.GroupCog, group_name="fan"):
    """Everything here is private: the fan and other teams never see it."""

    note = app_commands.Group(name="note", description="Team notes about this thread's fan.")

    @note.command(name="add", description="Add a note about this thread's fan.")
    @app_commands.describe(text="Up to 1,500 characters. Leave empty to get a window with more room.")
    @example("/fan note add text:{text}", text=msgid("Has a dog called Rex"))
    @asks(Action.NOTE_WRITE, here)
    async def add(
        self,
        interaction: discord.Interaction[Any],
        text: app_commands.Range[str, 1, NOTE_LIMIT] | None = None,
    ) -> None:
        """The creator's whole team reads it."""
        await add_note(interaction, text)

    @note.command(name="list", description="Show all notes about this thread's fan, only to you.")
    @example("/fan note list")
    @asks(Action.NOTE_READ, here)
    async def list(self, interaction: discord.Interaction[Any]) -> None:
        """Newest first."""
        await list_notes(interaction)

    @note.command(name="edit", description="Change a note about this thread's fan.")
    @app_commands.describe(note=_WHICH)
    @example("/fan note edit note:{note}", note=msgid("1 · Has a dog"))
    @asks(Action.NOTE_WRITE, here)
    async def edit(self, interaction: discord.Interaction[Any], note: str) -> None:
        """It says who wrote it, and who changed it last."""
        await edit_note(interaction, note)

    @note.command(name="remove", description="Remove a note about this thread's fan for good.")
    @app_commands.describe(note=_WHICH)
    @example("/fan note remove note:{note}", note=msgid("1 · Has a dog"))
    @asks(Action.NOTE_WRITE, here)
    async def remove(self, interaction: discord.Interaction[Any], note: str) -> None:
        """The audit says that it was done, not what it said."""
        await remove_note(interaction, note)

    edit.autocomplete("note")(offer_notes)
    remove.autocomplete("note")(offer_notes)

    tag = app_commands.Group(name="tag", description="Short words to find a fan again.")

    @tag.command(name="add", description="Tag this thread's fan with a word, such as vip.")
    @app_commands.describe(tag="Up to 24 characters. Your team's other tags are suggested as you type.")
    @example("/fan tag add tag:vip")
    @asks(Action.FAN_TAG, here)
    async def tag_add(
        self, interaction: discord.Interaction[Any], tag: app_commands.Range[str, 1, TAG_LIMIT]
    ) -> None:
        await add_tag(interaction, tag)

    @tag.command(name="remove", description="Remove a tag from this thread's fan.")
    @app_commands.describe(tag=_WHICH)
    @example("/fan tag remove tag:vip")
    @asks(Action.FAN_TAG, here)
    async def tag_remove(self, interaction: discord.Interaction[Any], tag: str) -> None:
        await remove_tag(interaction, tag)

    @app_commands.command(name="items", description="What this thread's fan was sent, and bought.")
    @example("/fan items")
    @asks(Action.FAN_ITEMS, here)
    async def items(self, interaction: discord.Interaction[Any]) -> None:
        """Also the mass messages that they may have received."""
        await show_items(interaction)

    tag_add.autocomplete("tag")(offer_known)
    tag_remove.autocomplete("tag")(offer_held)
