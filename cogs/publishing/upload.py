"""/media upload: files from Discord into a creator's vault."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here_or_chosen
from bot.discord.bridge import DiscordBridge
from bot.discord.command_examples import example
from bot.features.publishing.uploads.service import UploadNames
from bot.model.language import msgid
from cogs.publishing.media_views import offer_folders
from cogs.publishing.upload_views import here_or_only, upload, upload_from

NAME = "Add to vault"


class UploadCog(commands.GroupCog, group_name="media"):
    """Up to ten at once."""

    @app_commands.command(
        name="upload", description="Put files into the vault, for /reply, /post new and /mass new."
    )
    @app_commands.describe(
        file="A picture, video, audio or PDF file, as large as Discord allows; Fanvue takes 1.5 GiB.",
        **{f"file{number}": "Another file." for number in range(2, 11)},
        folder="A folder of the vault for them; create it on Fanvue first.",
        name="Its name in the vault; with several files each keeps its own.",
    )
    @example("/media upload file:beach.mp4 name:{name}", name=msgid("the beach video"))
    @asks(Action.UPLOAD, here_or_chosen)
    async def upload(  # noqa: PLR0913, PLR0917 - Discord has no option for several files
        self,
        interaction: discord.Interaction[Any],
        file: discord.Attachment,
        file2: discord.Attachment | None = None,
        file3: discord.Attachment | None = None,
        file4: discord.Attachment | None = None,
        file5: discord.Attachment | None = None,
        file6: discord.Attachment | None = None,
        file7: discord.Attachment | None = None,
        file8: discord.Attachment | None = None,
        file9: discord.Attachment | None = None,
        file10: discord.Attachment | None = None,
        folder: app_commands.Range[str, 1, 255] | None = None,
        name: app_commands.Range[str, 1, 255] | None = None,
        creator: str | None = None,
    ) -> None:
        """Their progress is shown to the asking person alone."""
        more = (file2, file3, file4, file5, file6, file7, file8, file9, file10)
        await upload(
            interaction, [file, *(one for one in more if one is not None)], UploadNames(name, folder)
        )

    upload.autocomplete("folder")(offer_folders)


@example(
    msgid("Press and hold a message with files → Apps → {menu}"),
    does=msgid("Put a message's files into the vault, and delete it here."),
)
@asks(Action.UPLOAD, here_or_only)
async def add_to_vault(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """The message is deleted only after the vault has all of them."""
    await upload_from(interaction, message)


async def setup(bot: DiscordBridge) -> None:
    """Called by the bot before it connects."""
    bot.tree.add_command(app_commands.ContextMenu(name=NAME, callback=add_to_vault), override=True)
