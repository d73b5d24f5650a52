"""/template: answers that a team uses again."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here, here_or_chosen
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.inbox.template_file_views import CSV, export_templates, import_templates
from cogs.inbox.template_picker_views import open_filled
from cogs.inbox.template_views import (
    add_template,
    edit_template,
    list_templates,
    offer_templates,
    offer_templates_here,
    offer_templates_to_change,
    remove_template,
    show_template,
)

_WHICH = msgid("Its name; choose from the list as you type.")
_SHARED = "shared"


class TemplateCog(commands.GroupCog, group_name="template"):
    """Written by leads, used by members who may reply."""

    @app_commands.command(name="add", description="Add a template.")
    @app_commands.describe(whose="For one creator, unless you say otherwise.")
    @app_commands.choices(whose=[app_commands.Choice(name="for all creators of this server", value=_SHARED)])
    @example("/template add")
    @asks(Action.TEMPLATE_EDIT, here_or_chosen)
    async def add(
        self, interaction: discord.Interaction[Any], whose: str | None = None, creator: str | None = None
    ) -> None:
        await add_template(interaction, shared=whose == _SHARED)

    @app_commands.command(name="edit", description="Change a template.")
    @app_commands.describe(template=_WHICH)
    @example("/template edit template:{name}", name=msgid("good morning"))
    @asks(Action.TEMPLATE_EDIT, here_or_chosen)
    async def edit(
        self, interaction: discord.Interaction[Any], template: str, creator: str | None = None
    ) -> None:
        """Opens a window with it."""
        await edit_template(interaction, template)

    @app_commands.command(name="show", description="Read a template, with its price and media.")
    @app_commands.describe(template=_WHICH)
    @example("/template show template:{name}", name=msgid("good morning"))
    @asks(Action.TEMPLATE_USE, here_or_chosen)
    async def show(
        self, interaction: discord.Interaction[Any], template: str, creator: str | None = None
    ) -> None:
        """Shown to the asking person alone."""
        await show_template(interaction, template)

    @app_commands.command(name="list", description="List all templates, last used first.")
    @app_commands.describe(page="Which page, if there are several.")
    @example("/template list page:2")
    @asks(Action.TEMPLATE_USE, here_or_chosen)
    async def listed(
        self,
        interaction: discord.Interaction[Any],
        page: app_commands.Range[int, 1, 99] = 1,
        creator: str | None = None,
    ) -> None:
        """Shown to the asking person alone."""
        await list_templates(interaction, page)

    @app_commands.command(name="use", description="Open the reply window with a template.")
    @app_commands.describe(template=_WHICH)
    @example("/template use template:{name}", name=msgid("good morning"))
    @asks(Action.REPLY, here)
    async def use(self, interaction: discord.Interaction[Any], template: str) -> None:
        """In a fan's thread; nothing is sent before the window is."""
        await open_filled(interaction, template, None)

    @app_commands.command(name="export", description="Export all templates as a file, only for you.")
    @app_commands.describe(kind="JSON, unless you choose otherwise.")
    @app_commands.choices(kind=[app_commands.Choice(name="CSV, for a spreadsheet", value=CSV)])
    @example("/template export kind:CSV, for a spreadsheet")
    @asks(Action.TEMPLATE_EDIT, here_or_chosen)
    async def export(
        self, interaction: discord.Interaction[Any], kind: str | None = None, creator: str | None = None
    ) -> None:
        """In an answer that only the asking person sees."""
        await export_templates(interaction, kind)

    @app_commands.command(name="import", description="Import templates from a file. You confirm first.")
    @app_commands.describe(file="JSON or CSV, as made by /template export.")
    @example("/template import file:templates.csv")
    @asks(Action.TEMPLATE_IMPORT, here_or_chosen)
    async def import_(
        self, interaction: discord.Interaction[Any], file: discord.Attachment, creator: str | None = None
    ) -> None:
        """The whole file is checked first; nothing is kept if a line is wrong."""
        await import_templates(interaction, file)

    @app_commands.command(name="remove", description="Delete a template.")
    @app_commands.describe(template=_WHICH)
    @example("/template remove template:{name}", name=msgid("good morning"))
    @asks(Action.TEMPLATE_EDIT, here_or_chosen)
    async def remove(
        self, interaction: discord.Interaction[Any], template: str, creator: str | None = None
    ) -> None:
        """The answer still has what it said."""
        await remove_template(interaction, template)

    edit.autocomplete("template")(offer_templates_to_change)
    use.autocomplete("template")(offer_templates_here)
    show.autocomplete("template")(offer_templates)
    remove.autocomplete("template")(offer_templates_to_change)
