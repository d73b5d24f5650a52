"""/team: who is in a creator's team, and whether the creator is on the server."""

from collections.abc import Awaitable, Callable
from typing import ParamSpec

import discord

from bot.access.grant_input import GrantNotUnderstood, GrantRequest, GrantSubject
from bot.access.permits import Access, Actor
from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import Said, in_place, private, tell
from bot.discord.asking import (
    NOT_HERE,
    Given,
    Options,
    Resolved,
    actor_of,
    asks,
    by_ref,
    nobody,
    permit_about,
    permit_of,
)
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.channel_visibility import ChannelVisibility
from bot.discord.confirming import confirmed
from bot.features.people.team.access_doctor import AccessDoctor
from bot.features.people.team.grant_service import TeamGrantService
from bot.features.people.team.leave_service import CreatorLeaveService
from bot.features.people.team.service import TeamService
from bot.model.language import msgid, tr
from bot.model.ports import Post
from storage.records import DiscordId

P = ParamSpec("P")
Typed = Callable[[GrantSubject], GrantRequest]
A_BOT = msgid("That is a bot. A team has people and roles.")


def said(found: Post | str | None) -> Said:
    """An answer; missing and forbidden things look the same."""
    return tr(NOT_HERE) if found is None else found


def saying(
    deed: Callable[P, Awaitable[Post | str | None]], *given: P.args, **options: P.kwargs
) -> Callable[[], Awaitable[Said]]:
    """The action with its arguments, for the caller to run; its answer in words."""

    async def run() -> Said:
        return said(await deed(*given, **options))

    return run


async def by_grant(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator whose team a preview would change."""
    creator = await service(asked, TeamGrantService).creator_of(str(given[1]))
    return await permit_about(asked, action, ActionSubject(creator) if creator is not None else None)


async def ask_leave(asked: Asked, creator: str | None) -> None:
    """/account leave: the question."""
    leaving, actor = service(asked, CreatorLeaveService), actor_of(asked)
    await private(asked, saying(leaving.ask, actor, creator))


@asks(Action.TEAM_LEAVE, nobody, confirms=True)
async def leave(asked: Asked, _ref: str) -> None:
    """The second press: one side's word is taken back."""
    await in_place(asked, saying(service(asked, CreatorLeaveService).leave, confirmed(asked)))


@asks(Action.TEAM_LEAVE, nobody)
async def stay(asked: Asked, ref: str) -> None:
    leaving, actor = service(asked, CreatorLeaveService), actor_of(asked)
    await in_place(asked, saying(leaving.stay, actor, ref))


async def come_back(asked: Asked, creator: str | None) -> None:
    """/account return."""
    leaving, actor = service(asked, CreatorLeaveService), actor_of(asked)
    await private(asked, saying(leaving.back, actor, creator))


# ── who may do what ──


async def propose(asked: Asked, subject: discord.User | discord.Member | discord.Role, typed: Typed) -> None:
    """/team grant and /team revoke: the rights after it, in words, with two buttons."""
    granting, permit = service(asked, TeamGrantService), permit_of(asked)
    if isinstance(subject, discord.User | discord.Member) and subject.bot:
        await tell(asked, tr(A_BOT))
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
    await in_place(asked, saying(service(asked, TeamGrantService).confirm, confirmed(asked)))


@asks(Action.TEAM_GRANT, by_grant)
async def cancel(asked: Asked, ref: str) -> None:
    granting, actor = service(asked, TeamGrantService), actor_of(asked)
    await in_place(asked, saying(granting.cancel, actor, ref))


async def show_team(asked: Asked, page: int) -> None:
    """/team show."""
    looking, permit = service(asked, TeamService), permit_of(asked)
    await private(asked, saying(looking.show, permit, page))


async def explain_team(
    asked: Asked, member: discord.User | discord.Member | None, creator: str | None
) -> None:
    """/team explain: anybody about themselves, people who manage a team about others."""
    looking, actor = service(asked, TeamService), actor_of(asked)

    async def deed() -> Said:
        if member is None or member.id == actor.user:
            return said(await looking.explain(actor, actor, creator))
        permits = await service(asked, Access).permitted(actor, Action.TEAM_SHOW)
        among = {permit.creator for permit in permits if permit.creator is not None}
        if not among:
            return tr(NOT_HERE)
        return said(await looking.explain(actor, _as(member, actor), creator, among))

    await private(asked, deed)


async def examine(asked: Asked, page: int = 1) -> None:
    """/team doctor."""
    overseeing, permit = service(asked, AccessDoctor), permit_of(asked)

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


BUTTONS: ButtonHandlers = {
    "team.confirm": confirm,
    "team.cancel": cancel,
    "team.doctor": look_now,
    "team.leave": leave,
    "team.stay": stay,
}
