"""/help: the commands somebody may use here, each with an example, to them alone."""

from collections.abc import Mapping, Sequence

import discord
from discord import app_commands

from bot.access.permits import Access, Permit
from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.access.subjects import ActionSubjectFinder
from bot.discord.answers import Said, in_place, private
from bot.discord.asking import actor_of, asks, nobody
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.command_examples import CommandEntry, entries, say_to
from bot.model.language import tr
from cogs.operations import help_pages
from storage.records import CreatorId, DiscordId

_OFFERED = 25  # as many as Discord shows
Found = Mapping[Action, Sequence[Permit]]


async def show_command(asked: Asked, command: str) -> None:
    """/help command: all about one."""

    async def deed() -> Said:
        meant = help_pages.named(await mine(asked), command)
        return help_pages.one(meant) if meant is not None else tr(help_pages.UNKNOWN)

    await private(asked, deed)


@asks(Action.HELP, nobody)
async def turn_help(asked: Asked, ref: str) -> None:
    await in_place(asked, lambda: _page(asked, int(ref) if ref.isascii() and ref.isdigit() else 0))


@asks(Action.HELP, nobody, offers=True)
async def offer_commands(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Commands that fit what is typed, of those that one may use."""
    wanted = typed.strip().lstrip("/").casefold()
    fitting = [one for one in await mine(asked) if wanted in f"{one.name} {one.key}".casefold()]
    return [app_commands.Choice(name=one.name, value=one.key) for one in fitting[:_OFFERED]]


async def _page(asked: Asked, number: int) -> Said:
    creator, found = await _here(asked), await found_here(asked)
    shown, roles = _usable(asked, found, creator), _roles(found, creator)
    return help_pages.page(shown, roles, number, thread=creator is not None)


async def mine(asked: Asked) -> list[CommandEntry]:
    """The commands that this person may use here."""
    return _usable(asked, await found_here(asked), await _here(asked))


async def roles_here(asked: Asked) -> list[tuple[TeamRole, str]]:
    """What this person is for each creator, or for the one of this thread."""
    return _roles(await found_here(asked), await _here(asked))


async def found_here(asked: Asked) -> Found:
    """What this person may do here, by action."""
    actions = {entry.action for entry in entries(asked.client.tree)}
    return await service(asked, Access).abilities(actor_of(asked), actions)


async def _here(asked: Asked) -> CreatorId | None:
    """The creator in whose fan's thread this is."""
    if not isinstance(asked.channel, discord.Thread) or asked.channel_id is None:
        return None
    place, guild = DiscordId(asked.channel_id), DiscordId(asked.guild_id or 0)
    about = await service(asked, ActionSubjectFinder).of_channel(place, guild)
    return about.creator if about is not None else None


def _usable(asked: Asked, found: Found, creator: CreatorId | None) -> list[CommandEntry]:
    def may(entry: CommandEntry) -> bool:
        permits = found[entry.action]
        if entry.in_thread and creator is not None:
            return any(permit.creator in {creator, None} for permit in permits)
        return bool(permits)

    return [entry for entry in entries(asked.client.tree, say_to(asked)) if may(entry)]


def _roles(found: Found, creator: CreatorId | None) -> list[tuple[TeamRole, str]]:
    """Their roles for each creator, or for the one of this thread, by the creators' handles."""
    known: dict[CreatorId, tuple[TeamRole, str]] = {}
    for permit in (one for permits in found.values() for one in permits):
        if permit.creator is not None and permit.standing is not None and creator in {permit.creator, None}:
            handle = permit.link.handle if permit.link is not None else ""
            known[permit.creator] = (permit.standing.role, handle)
    return sorted(known.values(), key=lambda one: one[1])


BUTTONS: ButtonHandlers = {
    "help.page": turn_help,
}
