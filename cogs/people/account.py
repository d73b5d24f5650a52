"""/account show, /account unlink: one's own connections to Fanvue."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import Said, private
from bot.discord.asking import asks, chosen, nobody
from bot.discord.autocomplete import NO_LINK
from bot.discord.bridge import Asked, service
from bot.discord.command_examples import example
from bot.features.people.accounts.scope_rules import off
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.agency.service import AgencyService
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.relay.forum_places import ForumPlaces
from bot.relay.live_event_status import LiveEvent, LiveEventStatus
from bot.text.colours import QUIET_COLOUR
from bot.text.safe_text import safe
from cogs.people.account_views import ask_end
from storage.records import DiscordId, Forum, Link, LinkKind, LinkState

_STATES = {
    LinkState.ACTIVE: msgid("connected"),
    LinkState.RELINK_REQUIRED: msgid("needs a new sign-in: run /link"),
    LinkState.UNLINKING: msgid("is being disconnected"),
    LinkState.CLOSED: msgid("disconnected"),
}


class AccountCog(commands.GroupCog, group_name="account"):
    """What one has connected oneself."""

    @app_commands.command(name="unlink", description="Disconnect a Fanvue account of yours.")
    @app_commands.describe(creator="Which of your connected accounts.")
    @example("/account unlink")
    @asks(Action.UNLINK, chosen)
    async def unlink(self, interaction: discord.Interaction[Any], creator: str | None = None) -> None:
        """Asks once more before anything is revoked."""
        await private(interaction, lambda: ask_end(interaction))

    @app_commands.command(name="show", description="Show your Fanvue connections and what they are missing.")
    @example("/account show")
    @asks(Action.ACCOUNT, nobody)
    async def show(self, interaction: discord.Interaction[Any]) -> None:
        """Shown to the asking person alone."""
        await private(interaction, lambda: _account(interaction))


async def _account(asked: Asked) -> Said:
    links = await service(asked, AccountLinkService).links_of(DiscordId(asked.user.id))
    if not links:
        return tr(NO_LINK)
    forums = await service(asked, ForumPlaces).of_guild(DiscordId(asked.guild_id)) if asked.guild_id else []
    lines: list[str] = []
    for link in links:
        lines.append(_line(link, forums))
        lines += _features(link, asked.client.context.scopes) if link.via is None else []
        events = await service(asked, LiveEventStatus).of(link) if link.kind is LinkKind.OWN else ()
        lines += _live(events) if len(links) == 1 else _counted(events)
        lines += await service(asked, AgencyService).lines(link)
    return Post(title=tr("Your Fanvue"), body=tuple(lines), accent=QUIET_COLOUR)


def _features(link: Link, asked: Sequence[str]) -> list[str]:
    """Features that do not work, and why; nothing about a link that works only after a new sign-in."""
    if link.state is not LinkState.ACTIVE:
        return []
    lines = off(link.scopes.split(), asked)
    return ["\n".join(lines)] if lines else []


def _live(events: Sequence[LiveEvent]) -> list[str]:
    """Every live event that came or cannot come on a line of its own, and the others in one."""
    told = [f"`{event.name}` {_how(event)}" for event in events if event.seen is not None or event.lacks]
    silent = ", ".join(f"`{event.name}`" for event in events if event.seen is None and not event.lacks)
    told += (
        [tr("Not seen yet, which is fine until it happens once: {silent}", silent=silent)] if silent else []
    )
    return [tr("Live events from Fanvue:\n{events}", events="\n".join(told))] if told else []


def _counted(events: Sequence[LiveEvent]) -> list[str]:
    """The same in one line: with several accounts the lists would not fit into one message."""
    if not events:
        return []
    lacking = sum(event.lacks is not None for event in events)
    seen = sum(event.seen is not None for event in events)
    if not lacking:
        return [tr("Live events from Fanvue: {seen} of {events} seen.", seen=seen, events=len(events))]
    return [
        tr(
            "Live events from Fanvue: {seen} of {events} seen; {lacking} can't arrive.",
            seen=seen,
            events=len(events),
            lacking=lacking,
        )
    ]


def _how(event: LiveEvent) -> str:
    if event.lacks is not None:
        return tr("can't arrive: the scope {scope} is missing", scope=event.lacks)
    return tr("not seen yet") if event.seen is None else tr("seen <t:{seen}:R>", seen=event.seen // 1000)


def _line(link: Link, forums: Sequence[Forum]) -> str:
    parts = [f"**@{safe(link.handle)}** {tr(_STATES[link.state])}."]
    if link.kind is LinkKind.MEMBER:
        return parts[0]
    places = tr(" and ").join(f"<#{forum.id}>" for forum in forums if forum.creator == link.creator)
    parts.append(
        tr("Fans are in {places}.", places=places)
        if places
        else tr("It has no forum on this server: run /setup.")
    )
    return " ".join(parts)
