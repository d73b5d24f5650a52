"""/team remove and its two buttons."""

import discord

from bot.access.permits import Access, Actor
from bot.access.policy import Action
from bot.discord.answers import ONLY_ON_A_SERVER, private, server_wish_of, two_phase
from bot.discord.asking import Given, Options, Resolved, actor_of, asks, chosen, each, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.confirming import confirmed
from bot.features.people.offboarding.service import OffboardingService
from bot.model.language import tr
from storage.records import DiscordId, DraftId


async def one_or_each(asked: Asked, action: Action, given: Given, options: Options) -> Resolved:
    """About the creator that is chosen; without one, about each for whom they may."""
    wanted = options.get("creator") or getattr(asked.namespace, "creator", None)
    return await (chosen if wanted else each)(asked, action, given, options)


async def ask_removal(asked: Asked, member: discord.Member | discord.User, *, named: bool) -> None:
    """The question, with what ends."""
    mine = [permit.creator for permit in permits_of(asked) if permit.creator is not None]
    removing, by, theirs = service(asked, OffboardingService), actor_of(asked), _actor(asked, member)
    bypasses = _bypasses(asked, member)
    await private(asked, lambda: removing.ask(by, theirs, mine, named=named, bypasses=bypasses))


async def by_removal(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About every creator of the button's question: for all of them, or for none."""
    if asked.guild_id is None:
        return tr(ONLY_ON_A_SERVER)
    actor = actor_of(asked)
    about = await service(asked, OffboardingService).concerns(str(given[1]))
    permits = [await service(asked, Access).authorize(actor, action, creator) for creator in about]
    allowed = [permit for permit in permits if permit is not None]
    return allowed if len(allowed) == len(permits) else []


@asks(Action.TEAM_REMOVE, by_removal, confirms=True)
async def remove(asked: Asked, ref: str) -> None:
    """The button [Remove them]."""
    wish = server_wish_of(asked)
    removing, proof = service(asked, OffboardingService), confirmed(asked)
    await two_phase(
        asked,
        stage=lambda: removing.stage(wish, DraftId(ref)),
        accept=lambda command: removing.confirm(command, proof),
        in_place=True,
    )


@asks(Action.TEAM_REMOVE, by_removal)
async def keep(asked: Asked, ref: str) -> None:
    """The button [Keep them]."""
    removing, me = service(asked, OffboardingService), DiscordId(asked.user.id)
    await private(asked, lambda: removing.keep(DraftId(ref), me), in_place=True)


def _actor(asked: Asked, member: discord.Member | discord.User) -> Actor:
    # The payload's ids, as in `bot.discord.asking.actor_of`; somebody who has left the server has no roles.
    roles = member._roles if isinstance(member, discord.Member) else ()  # noqa: SLF001 - see above
    return Actor(
        DiscordId(member.id), DiscordId(asked.guild_id or 0), frozenset(DiscordId(role) for role in roles)
    )


def _bypasses(asked: Asked, member: discord.Member | discord.User) -> bool:
    """Whether Discord shows them every channel, regardless of its permissions."""
    owner = asked.guild.owner_id if asked.guild is not None else None
    rights = member.resolved_permissions if isinstance(member, discord.Member) else None
    return member.id == owner or (rights is not None and rights.administrator)


BUTTONS: ButtonHandlers = {
    "team.remove": remove,
    "team.keep": keep,
}
