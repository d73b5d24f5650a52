"""/reply: answer the fan of this thread."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, here
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.inbox.reply_media_views import begun, lacks_media
from cogs.inbox.reply_views import reply
from cogs.inbox.template_views import offer_templates_here, reply_with
from cogs.publishing.media_views import offer_item_here, offer_items_here


class ReplyCog(commands.Cog):
    @app_commands.command(name="reply", description="Answer this thread's fan on Fanvue.")
    @app_commands.describe(
        text="What the fan will read, up to 5,000 characters.",
        price="In dollars, for media only: 4.99 or 5. At least 3.",
        media="Media from the vault: type a name to search. For a gallery use Reply → Add media.",
        preview="The one item that the fan sees before paying: type its name.",
        when="Send it later: 18:00, tomorrow 6pm, in 2 hours. We ask you again if the fan writes.",
        template="A template by its name. Anything else you fill in replaces its part.",
    )
    @example("/reply text:{text}", text=msgid("Good evening!"))
    @asks(Action.REPLY, here)
    async def reply(
        self,
        interaction: discord.Interaction[Any],
        text: str | None = None,
        price: str | None = None,
        media: str | None = None,
        preview: str | None = None,
        template: str | None = None,
        when: str | None = None,
    ) -> None:
        """Nothing is decided here: the reply goes to the use case in two phases."""
        if template is None:
            lacks = await lacks_media(interaction, text, price, media)
            await reply(
                interaction,
                text=text,
                price=price,
                media=media,
                preview=preview,
                when=when,
                goes_on=begun if lacks else None,
            )
        else:
            await reply_with(
                interaction,
                template=template,
                text=text,
                price=price,
                media=media,
                preview=preview,
                when=when,
            )

    reply.autocomplete("media")(offer_items_here)
    reply.autocomplete("preview")(offer_item_here)
    reply.autocomplete("template")(offer_templates_here)
