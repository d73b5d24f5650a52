"""/link, /unlink, /account: one's own connection to Fanvue."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.guild.answers import ONLY_ON_A_SERVER, Said, Shown, private, tell, two_phase, wish_of
from bot.guild.bridge import Asked, Bridge
from bot.guild.cards import WebButton
from bot.guild.choosing import NO_LINK, own_choices, own_link, own_links
from bot.relay.listening import LiveEvent
from bot.relay.ports import Button, Post
from bot.relay.safe_text import safe
from storage.records import CommandId, DiscordId, Forum, Link, LinkState

_STATES = {
    LinkState.ACTIVE: "connected",
    LinkState.RELINK_REQUIRED: "needs a new sign-in: run /link",
    LinkState.UNLINKING: "is being disconnected",
    LinkState.CLOSED: "disconnected",
}


class Account(commands.Cog):
    """Connecting and disconnecting Fanvue."""

    @app_commands.command(name="link", description="Connect your Fanvue account to this server.")
    async def link(self, interaction: discord.Interaction[Any]) -> None:
        """The page that the button opens proves that it is the same person."""
        asked: Asked = interaction
        wish = wish_of(asked)
        if wish is None:
            await tell(asked, ONLY_ON_A_SERVER)
            return
        uses = asked.client.uses
        await two_phase(
            asked,
            stage=lambda: uses.commands.stage(wish, action="link"),
            accept=lambda command: _link(asked, command),
            cancel=uses.commands.cancel,
        )

    @app_commands.command(name="unlink", description="Disconnect a Fanvue account of yours.")
    @app_commands.describe(creator="Which of your connected accounts.")
    async def unlink(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Asks once more before anything is revoked."""
        await private(interaction, lambda: _ask_unlink(interaction, creator))

    unlink.autocomplete("creator")(own_choices)

    @app_commands.command(name="account", description="Show your Fanvue connections and what they lack.")
    async def account(self, interaction: discord.Interaction[Any]) -> None:
        """Shown to the asking person alone."""
        await private(interaction, lambda: _account(interaction))


async def _link(asked: Asked, command: CommandId) -> Said:
    uses = asked.client.uses
    if asked.guild_id is None or not await uses.commands.accept(command):
        return "This was not done in time. Please run /link again."
    url = await uses.linking.begin(
        DiscordId(asked.user.id),
        asked.user.display_name,
        DiscordId(asked.guild_id),
        asked.guild.name if asked.guild is not None else "this server",
        command,
    )
    post = Post(
        title="Connect Fanvue",
        body=(
            "1. Open the page. It works for you only, once, for ten minutes.",
            "2. Sign in with Discord, so that it is surely you, then with Fanvue.",
            "3. Come back here: this message asks whether it is the right account.",
        ),
        small="If somebody else asked you to do this, do not open it.",
    )
    return Shown(post, (WebButton("Open the page", url),))


async def _ask_unlink(asked: Asked, chosen: str | None) -> Said:
    link = await own_link(asked, chosen)
    if isinstance(link, str):
        return link
    post = Post(
        title=f"Disconnect @{safe(link.handle)}?",
        body=(
            "New messages no longer arrive here, and replies that still wait are not sent.",
            "The threads stay. You can connect again at any time with /link.",
        ),
        buttons=(
            Button("unlink.yes", link.id, "Yes, disconnect", "danger"),
            Button("unlink.no", link.id, "No, keep it"),
        ),
    )
    return Shown(post)


async def _account(asked: Asked) -> Said:
    links = await own_links(asked)
    if not links:
        return NO_LINK
    uses = asked.client.uses
    forums = await uses.places.of_guild(DiscordId(asked.guild_id)) if asked.guild_id else []
    lines: list[str] = []
    for link in links:
        lines.append(_line(link, forums, uses.scopes))
        lines += _live(await uses.live_events(link))
    return Shown(Post(title="Your Fanvue", body=tuple(lines)))


def _live(events: Sequence[LiveEvent]) -> list[str]:
    """Every live event on a line of its own, under a heading; nothing where there are none."""
    told = [f"`{event.name}` {_how(event)}" for event in events]
    return ["Live events from Fanvue:\n" + "\n".join(told)] if told else []


def _how(event: LiveEvent) -> str:
    if event.lacks is not None:
        return f"cannot come: the scope {event.lacks} is missing"
    return "never seen" if event.seen is None else f"seen <t:{event.seen // 1000}:R>"


def _line(link: Link, forums: Sequence[Forum], wanted: Sequence[str]) -> str:
    parts = [f"**@{safe(link.handle)}** {_STATES[link.state]}."]
    lacking = [scope for scope in wanted if scope not in link.scopes.split()]
    if lacking:
        parts.append(f"Fanvue did not allow {', '.join(lacking)}: run /link again to allow it.")
    forum = next((forum.id for forum in forums if forum.creator == link.creator), None)
    parts.append(f"Fans are in <#{forum}>." if forum else "It has no forum on this server: run /setup.")
    return " ".join(parts)


async def setup(bot: Bridge) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Account())
