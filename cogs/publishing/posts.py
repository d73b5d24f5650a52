"""/post: list posts on Fanvue; edit, delete, pin or repost one."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen, each
from bot.discord.command_examples import example
from bot.model.language import msgid
from cogs.publishing.manage_post_views import ask, comment, edit, offer_posts, show_comments, show_posts
from cogs.publishing.media_views import offer_item, offer_items
from cogs.publishing.publish_post_views import offer_collections
from cogs.publishing.suggestion_views import show_mine

_POST = "Which post: type some words of it, or its day."
_AUDIENCES = {
    "Subscribers only": "subscribers",
    "Followers and subscribers": "followers-and-subscribers",
}


class PostsCog(commands.GroupCog, group_name="post"):
    """Existing posts; /post new makes a new one."""

    @app_commands.command(
        name="list", description="List published, scheduled or draft posts. Only you see it."
    )
    @app_commands.describe(
        show="Leave empty for published posts, newest first.",
        page="Which page.",
    )
    @example("/post list show:scheduled")
    @asks(Action.POST_LIST, chosen)
    async def listed(
        self,
        interaction: discord.Interaction[Any],
        show: Literal["published", "scheduled", "drafts"] = "published",
        page: app_commands.Range[int, 1, 500] = 1,
        creator: str | None = None,
    ) -> None:
        """Times are in the creator's zone."""
        await show_posts(interaction, show, page)

    @app_commands.command(
        name="edit", description="Change a post on Fanvue. You see before and after, and confirm."
    )
    @app_commands.describe(
        post=_POST,
        text="The new text, up to 5,000 characters. none: no text.",
        media="All its media from now on, in this order: type names to search. none: no media.",
        audience="Who may see it.",
        price="To unlock the media, in dollars: 4.99 or 5. free: no price.",
        preview="The one item everyone sees before paying: type its name. none: no preview.",
        collections="All its collections from now on, by name, separated by commas. none: in none.",
        when="A new time for an unpublished post: tomorrow 18:00, fri 8pm. now: right away.",
        expires="When it disappears: sun 20:00, in 2 weeks. never: it stays.",
    )
    @app_commands.choices(
        audience=[app_commands.Choice(name=words, value=name) for words, name in _AUDIENCES.items()]
    )
    @example("/post edit post:{post} price:6.99", post=msgid("morning"))
    @asks(Action.POST_CHANGE, chosen)
    async def edit(  # noqa: PLR0913, PLR0917 - one argument for each option
        self,
        interaction: discord.Interaction[Any],
        post: str,
        text: str | None = None,
        media: str | None = None,
        audience: str | None = None,
        price: str | None = None,
        preview: str | None = None,
        collections: str | None = None,
        when: str | None = None,
        expires: str | None = None,
        creator: str | None = None,
    ) -> None:
        """Unnamed options stay as they are."""
        typed = {
            "text": text,
            "media": media,
            "audience": audience,
            "price": price,
            "preview": preview,
            "collections": collections,
            "when": when,
            "expires": expires,
        }
        await edit(interaction, post, typed)

    @app_commands.command(
        name="delete", description=("Delete a post on Fanvue. You see it first and confirm.")
    )
    @app_commands.describe(post=_POST)
    @example("/post delete post:{post}", post=msgid("morning"))
    @asks(Action.POST_CHANGE, chosen)
    async def delete(
        self, interaction: discord.Interaction[Any], post: str, creator: str | None = None
    ) -> None:
        await ask(interaction, "delete", post)

    @app_commands.command(name="pin", description="Pin a post to the top of the creator's page.")
    @app_commands.describe(post=_POST)
    @example("/post pin post:{post}", post=msgid("morning"))
    @asks(Action.POST_CHANGE, chosen)
    async def pin(self, interaction: discord.Interaction[Any], post: str, creator: str | None = None) -> None:
        """Asked about like all that everybody sees."""
        await ask(interaction, "pin", post)

    @app_commands.command(name="unpin", description="Unpin a post, back to its place by time.")
    @app_commands.describe(post=_POST)
    @example("/post unpin post:{post}", post=msgid("morning"))
    @asks(Action.POST_CHANGE, chosen)
    async def unpin(
        self, interaction: discord.Interaction[Any], post: str, creator: str | None = None
    ) -> None:
        await ask(interaction, "unpin", post)

    @app_commands.command(name="repost", description="Repost a published post.")
    @app_commands.describe(post=_POST)
    @example("/post repost post:{post}", post=msgid("morning"))
    @asks(Action.POST_CHANGE, chosen)
    async def repost(
        self, interaction: discord.Interaction[Any], post: str, creator: str | None = None
    ) -> None:
        await ask(interaction, "repost", post)

    @app_commands.command(
        name="comments", description="Read the newest comments below a post. Only you see it."
    )
    @app_commands.describe(post=_POST)
    @example("/post comments post:{post}", post=msgid("morning"))
    @asks(Action.POST_LIST, chosen)
    async def comments(
        self, interaction: discord.Interaction[Any], post: str, creator: str | None = None
    ) -> None:
        """Read on Fanvue now; nothing is kept."""
        await show_comments(interaction, post)

    @app_commands.command(
        name="comment", description="Comment below a post as the creator. You confirm it first."
    )
    @app_commands.describe(post=_POST, text="The comment's text.")
    @example("/post comment post:{post} text:{text}", post=msgid("morning"), text=msgid("Thank you all!"))
    @asks(Action.POST_CHANGE, chosen)
    async def comment(
        self, interaction: discord.Interaction[Any], post: str, text: str, creator: str | None = None
    ) -> None:
        """Published once; a lost answer is looked up among the comments."""
        await comment(interaction, post, text)

    edit.autocomplete("media")(offer_items)
    edit.autocomplete("preview")(offer_item)
    edit.autocomplete("collections")(offer_collections)

    @app_commands.command(name="suggested", description="Posts you suggested: change one, or take it back.")
    @example("/post suggested")
    @asks(Action.POST_ASK, each)
    async def suggested(self, interaction: discord.Interaction[Any]) -> None:
        """About all creators of this server; the newest first."""
        await show_mine(interaction)

    comments.autocomplete("post")(offer_posts)
    for _one in (edit, delete, pin, unpin, repost, comment):
        _one.autocomplete("post")(offer_posts)
