"""/mass list: the creator's own lists of fans on Fanvue, for mass messages."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here_or_chosen
from bot.discord.command_examples import example
from bot.model.language import msgid
from bot.text.price_input import ids_of
from cogs.publishing import list_views
from cogs.publishing.media_views import offer_item

_WHICH = "Which list; choose one as you type."
_NAME = "Up to 100 characters."
_FAN = "Which fan; leave empty for this thread's fan."
_FILL = "A new list's name, or an existing list."


class ListCog(commands.GroupCog, group_name="mass"):
    """Members who may send mass messages keep their lists, too."""

    lists = app_commands.Group(name="list", description="The creator's own lists of fans.")

    @lists.command(name="show", description="Show all lists and their progress, or who is on one.")
    @app_commands.rename(which="list")
    @app_commands.describe(which=_WHICH)
    @example("/mass list show")
    @asks(Action.LIST_SHOW, here_or_chosen)
    async def show(
        self, interaction: discord.Interaction[Any], which: str | None = None, creator: str | None = None
    ) -> None:
        """Read on Fanvue, shown to the asking person alone."""
        await list_views.show_lists(interaction, which)

    @lists.command(name="create", description="Create an empty list.")
    @app_commands.describe(name=_NAME)
    @example("/mass list create name:{name}", name=msgid("Big tippers"))
    @asks(Action.LIST_EDIT, here_or_chosen)
    async def create(
        self,
        interaction: discord.Interaction[Any],
        name: app_commands.Range[str, 1, 100],
        creator: str | None = None,
    ) -> None:
        await list_views.create(interaction, name)

    @lists.command(name="rename", description="Rename a list.")
    @app_commands.rename(which="list")
    @app_commands.describe(which=_WHICH, name=_NAME)
    @example("/mass list rename list:{name} name:Whales", name=msgid("Big tippers"))
    @asks(Action.LIST_EDIT, here_or_chosen)
    async def rename(
        self,
        interaction: discord.Interaction[Any],
        which: str,
        name: app_commands.Range[str, 1, 100],
        creator: str | None = None,
    ) -> None:
        """Its fans stay on it."""
        await list_views.rename(interaction, which, name)

    @lists.command(name="add", description="Put a fan on a list.")
    @app_commands.rename(which="list")
    @app_commands.describe(which=_WHICH, fan=_FAN)
    @example("/mass list add list:Whales")
    @asks(Action.LIST_EDIT, here_or_chosen)
    async def add(
        self,
        interaction: discord.Interaction[Any],
        which: str,
        fan: str | None = None,
        creator: str | None = None,
    ) -> None:
        """The fan is not told."""
        await list_views.add_fan(interaction, which, fan)

    @lists.command(name="remove", description="Remove a fan from a list.")
    @app_commands.rename(which="list")
    @app_commands.describe(which=_WHICH, fan=_FAN)
    @example("/mass list remove list:Whales")
    @asks(Action.LIST_EDIT, here_or_chosen)
    async def remove(
        self,
        interaction: discord.Interaction[Any],
        which: str,
        fan: str | None = None,
        creator: str | None = None,
    ) -> None:
        """The fan is not told."""
        await list_views.remove_fan(interaction, which, fan)

    @lists.command(name="delete", description="Delete a list. You confirm first.")
    @app_commands.rename(which="list")
    @app_commands.describe(which=_WHICH)
    @example("/mass list delete list:Whales")
    @asks(Action.LIST_DELETE, here_or_chosen)
    async def delete(
        self, interaction: discord.Interaction[Any], which: str, creator: str | None = None
    ) -> None:
        await list_views.ask_delete(interaction, which)

    @lists.command(name="build", description="Put all matching fans on a list. You confirm first.")
    @app_commands.describe(
        name=_FILL,
        spent="Paid at least this many dollars, as far as we know.",
        days="Only what was paid in this many last days; leave empty for all of it.",
        bought="Bought this item of the vault in a chat.",
        expired="Their subscription ended in this many last days; 0: at any time, as Fanvue lists it.",
    )
    @example("/mass list build name:Whales spent:100 days:30")
    @asks(Action.LIST_BUILD, here_or_chosen)
    async def build(
        self,
        interaction: discord.Interaction[Any],
        name: app_commands.Range[str, 1, 100],
        spent: app_commands.Range[int, 1, 1_000_000] | None = None,
        days: app_commands.Range[int, 1, 3650] | None = None,
        bought: str | None = None,
        expired: app_commands.Range[int, 0, 3650] | None = None,
        creator: str | None = None,
    ) -> None:
        """Several conditions must all hold."""
        item = next(iter(ids_of(bought)), None)
        query = {
            "spent": spent * 100 if spent is not None else None,
            "days": days,
            "bought": item,
            "expired": expired,
        }
        await list_views.build(interaction, name, query)

    @lists.command(name="import", description="Put the fans of a file on a list. You confirm first.")
    @app_commands.describe(
        name=_FILL,
        file="A handle on each line, or CSV with a column handle.",
    )
    @example("/mass list import name:Whales file:whales.csv")
    @asks(Action.LIST_BUILD, here_or_chosen)
    async def import_(
        self,
        interaction: discord.Interaction[Any],
        name: app_commands.Range[str, 1, 100],
        file: discord.Attachment,
        creator: str | None = None,
    ) -> None:
        """Handles that are nobody's are named."""
        await list_views.import_file(interaction, name, file)

    show.autocomplete("which")(list_views.offer_own_lists)
    rename.autocomplete("which")(list_views.offer_own_lists)
    add.autocomplete("which")(list_views.offer_own_lists)
    add.autocomplete("fan")(list_views.offer_list_fans)
    remove.autocomplete("which")(list_views.offer_own_lists)
    remove.autocomplete("fan")(list_views.offer_list_fans)
    delete.autocomplete("which")(list_views.offer_own_lists)
    build.autocomplete("name")(list_views.offer_own_lists)
    build.autocomplete("bought")(offer_item)
    import_.autocomplete("name")(list_views.offer_own_lists)
