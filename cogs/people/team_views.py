"""/team: who is in a creator's team, and whether the creator is on the server."""

from collections.abc import Awaitable, Callable
from typing import ParamSpec

import discord

from bot.access.grant_input import GrantNotUnderstood, GrantRequest, GrantSubject
from bot.access.permits import Actor
from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, in_place, private, tell
from bot.discord.asking import NOT_HERE, actor_of, asks, by_grant, by_ref, nobody, permit_of
from bot.discord.bridge import Asked
from bot.discord.channel_visibility import ChannelVisibility
from bot.discord.confirming import confirmed
from bot.model.ports import Post
from storage.records import DiscordId

P = ParamSpec("P")
Typed = Callable[[GrantSubject], GrantRequest]
A_BOT = "That is a bot. A team is made of people, and of roles."


def said(found: Post | str | None) -> Said:
    """An answer; what is not there and what is not allowed look the same."""
    if found is None:
        return NOT_HERE
    return AnswerContent(found) if isinstance(found, Post) else found


def saying(
    deed: Callable[P, Awaitable[Post | str | None]], *given: P.args, **options: P.kwargs
) -> Callable[[], Awaitable[Said]]:
    """The deed with what it is given, for whoever runs it; its answer in words."""

    async def run() -> Said:
        return said(await deed(*given, **options))

    return run


async def ask_leave(asked: Asked, creator: str | None) -> None:
    """/team leave: the question."""
    leaving, actor = asked.client.uses.team.leaving, actor_of(asked)
    await private(asked, saying(leaving.ask, actor, creator))


@asks(Action.TEAM_LEAVE, nobody, confirms=True)
async def leave(asked: Asked, _ref: str) -> None:
    """The second press: one side's word is taken back."""
    await in_place(asked, saying(asked.client.uses.team.leaving.leave, confirmed(asked)))


@asks(Action.TEAM_LEAVE, nobody)
async def stay(asked: Asked, ref: str) -> None:
    """Nothing is to change."""
    leaving, actor = asked.client.uses.team.leaving, actor_of(asked)
    await in_place(asked, saying(leaving.stay, actor, ref))


async def come_back(asked: Asked, creator: str | None) -> None:
    """/team return."""
    leaving, actor = asked.client.uses.team.leaving, actor_of(asked)
    await private(asked, saying(leaving.back, actor, creator))


# ── who may do what ──


async def propose(asked: Asked, subject: discord.User | discord.Member | discord.Role, typed: Typed) -> None:
    """/team grant and /team revoke: what would hold then, in words, with two buttons."""
    granting, permit = asked.client.uses.team.granting, permit_of(asked)
    if isinstance(subject, discord.User | discord.Member) and subject.bot:
        await tell(asked, A_BOT)
        return
    try:
        wanted = typed(subject_of(subject))
    except GrantNotUnderstood as unclear:
        await tell(asked, str(unclear))
        return

    async def deed() -> Said:
        return said(await granting.propose(permit, wanted))

    await private(asked, deed)


@asks(Action.TEAM_GRANT, by_grant, confirms=True)
async def confirm(asked: Asked, _ref: str) -> None:
    """The press that counts."""
    await in_place(asked, saying(asked.client.uses.team.granting.confirm, confirmed(asked)))


@asks(Action.TEAM_GRANT, by_grant)
async def cancel(asked: Asked, ref: str) -> None:
    """Nothing is to change."""
    granting, actor = asked.client.uses.team.granting, actor_of(asked)
    await in_place(asked, saying(granting.cancel, actor, ref))


async def show_team(asked: Asked, page: int) -> None:
    """/team show."""
    looking, permit = asked.client.uses.team.looking, permit_of(asked)
    await private(asked, saying(looking.show, permit, page))


async def explain_team(
    asked: Asked, member: discord.User | discord.Member | None, creator: str | None
) -> None:
    """/team explain: about oneself anybody, about others whoever manages a team."""
    looking, actor = asked.client.uses.team.looking, actor_of(asked)

    async def deed() -> Said:
        if member is None or member.id == actor.user:
            return said(await looking.explain(actor, actor, creator))
        permits = await asked.client.uses.access.permitted(actor, Action.TEAM_SHOW)
        among = {permit.creator for permit in permits if permit.creator is not None}
        if not among:
            return NOT_HERE
        return said(await looking.explain(actor, _as(member, actor), creator, among))

    await private(asked, deed)


async def examine(asked: Asked, page: int = 1) -> None:
    """/team doctor."""
    overseeing, permit = asked.client.uses.team.overseeing, permit_of(asked)

    async def deed() -> Said:
        return said(await overseeing.examine(permit, ChannelVisibility(asked.client).see, page))

    await private(asked, deed)


@asks(Action.DOCTOR, by_ref)
async def look_now(asked: Asked, _ref: str) -> None:
    """The button under a weekly report."""
    await examine(asked)


def subject_of(chosen: discord.User | discord.Member | discord.Role) -> GrantSubject:
    """A member with the roles they have now, or a role."""
    if isinstance(chosen, discord.Role):
        return GrantSubject("role", DiscordId(chosen.id))
    return GrantSubject("member", DiscordId(chosen.id), tuple(sorted(_roles(chosen))))


def _as(member: discord.User | discord.Member, asker: Actor) -> Actor:
    return Actor(user=DiscordId(member.id), guild=asker.guild, roles=frozenset(_roles(member)))


def _roles(member: discord.User | discord.Member) -> list[DiscordId]:
    # As in `actor_of`: the ids of the payload itself. Who has left the server has none.
    return [DiscordId(role) for role in member._roles] if isinstance(member, discord.Member) else []  # noqa: SLF001
