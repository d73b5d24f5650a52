"""What waits for a person, as members see and settle it: a private list."""

from collections.abc import Awaitable, Callable

import discord

from bot.guild.answers import ONLY_ON_A_SERVER, Said, Shown, in_place, private, tell
from bot.guild.bridge import Asked
from bot.guild.rights import may_settle
from bot.guild.uses import Home
from storage.records import DiscordId, EffectId

_NOT_YOURS = "This belongs to nothing that waits here."  # the same words for absent and forbidden
_NOBODY = (
    "There is no creator here whose fans you may answer. Ask someone who manages this server for "
    "“Send Messages in Threads” in the creator's forum."
)
Settle = Callable[[EffectId, DiscordId], Awaitable[str]]


async def show_list(asked: Asked, number: int = 0, *, turn: bool = False) -> None:
    """Answer with one page of all that this member may settle; `turn`: in place of the page before."""
    if asked.guild_id is None:
        await tell(asked, ONLY_ON_A_SERVER)
        return
    guild = DiscordId(asked.guild_id)
    problems = asked.client.uses.problems

    async def deed() -> Said:
        mine = [home.creator for home in await problems.homes(guild) if _may(asked, home)]
        return Shown(await problems.page(mine, number)) if mine else _NOBODY

    await (in_place if turn else private)(asked, deed)


async def show_status(asked: Asked) -> None:
    """Answer with the state of all creators whose fans this member may answer, and of their own."""
    if asked.guild_id is None:
        await tell(asked, ONLY_ON_A_SERVER)
        return
    guild = DiscordId(asked.guild_id)
    uses = asked.client.uses

    async def deed() -> Said:
        theirs = {home.creator for home in await uses.problems.homes(guild) if _may(asked, home)}
        theirs |= {link.creator for link in await uses.linking.links_of(DiscordId(asked.user.id))}
        return Shown(await uses.status(sorted(theirs))) if theirs else _NOBODY

    await private(asked, deed)


async def settle(asked: Asked, ref: str, word: Settle) -> None:
    """Let a member's word count, if it is theirs to give at this moment."""
    if asked.guild_id is None:
        await tell(asked, ONLY_ON_A_SERVER)
        return
    guild = DiscordId(asked.guild_id)

    async def deed() -> Said:
        home = await asked.client.uses.problems.home_of(EffectId(ref), guild)
        if home is None or not _may(asked, home):
            return _NOT_YOURS
        return await word(EffectId(ref), DiscordId(asked.user.id))

    await private(asked, deed)


def _may(asked: Asked, home: Home) -> bool:
    forum = asked.guild.get_channel(home.forum.id) if asked.guild and home.forum else None
    known = forum is not None and isinstance(asked.user, discord.Member)
    in_forum = forum.permissions_for(asked.user) if known else None  # type: ignore[union-attr,arg-type]  # known says so
    return may_settle(asked.permissions, in_forum)
