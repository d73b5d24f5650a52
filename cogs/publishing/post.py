"""/post new: publish a post on Fanvue, now or at a time, after a look at it."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.inbox.template_views import offer_templates, with_template
from cogs.publishing.media_views import offer_item, offer_items
from cogs.publishing.publish_post_views import offer_collections, post

_AUDIENCES = {
    "Subscribers only": "subscribers",
    "Followers and subscribers": "followers-and-subscribers",
}


class PostCog(commands.GroupCog, group_name="post"):
    """Posts that a creator publishes for everybody."""

    @app_commands.command(name="new", description="Publish a post on Fanvue. You see it first and confirm.")
    @app_commands.describe(
        text="The post's text, up to 5,000 characters.",
        audience="Who may see it. Leave empty for subscribers only.",
        media="Media from the vault: type a name. Without it: Media … in the preview is a gallery.",
        price="To unlock the media, in dollars: 4.99 or 5. At least 3. Leave empty for free.",
        preview="The one item everyone sees before paying: type its name.",
        when=(
            "In your time zone: tomorrow 18:00, fri 8pm, in 2 hours. Leave empty to publish once you confirm."
        ),
        expires="When it disappears: sun 20:00, in 2 weeks. Leave empty to keep it up.",
        collections="Names of collections, separated by commas.",
        template="A template by its name. Anything else you fill in replaces its part.",
    )
    @app_commands.choices(
        audience=[app_commands.Choice(name=words, value=name) for words, name in _AUDIENCES.items()]
    )
    @example("/post new text:{text} when:{when}", text=msgid("Good morning!"), when=msgid("fri 8pm"))
    @asks(Action.POST_ASK, chosen)
    async def post(  # noqa: PLR0913, PLR0917 - one argument for each option
        self,
        interaction: discord.Interaction[Any],
        text: str | None = None,
        audience: str = "subscribers",
        media: str | None = None,
        price: str | None = None,
        preview: str | None = None,
        when: str | None = None,
        expires: str | None = None,
        collections: str | None = None,
        template: str | None = None,
        creator: str | None = None,
    ) -> None:
        """Nothing is published before somebody who may publish has confirmed what the preview shows."""
        typed = {
            "text": text,
            "audience": audience,
            "media": media,
            "price": price,
            "preview": preview,
            "when": when,
            "expires": expires,
            "collections": collections,
        }
        await post(interaction, await with_template(interaction, template, typed))

    post.autocomplete("media")(offer_items)
    post.autocomplete("preview")(offer_item)
    post.autocomplete("collections")(offer_collections)
    post.autocomplete("template")(offer_templates)
