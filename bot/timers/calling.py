"""Whom a ping calls: whose fan it is, then the team, then its leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.access.permits import grant_of
from bot.access.roles import Grant, Permission
from storage import creators, forums, grants, talks
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, FanId, Millis

_MOST = 20  # people who are named one by one


class Step(StrEnum):
    """In this order, each once for each wait."""

    THEIRS = "theirs"  # whoever answers the fan now, else whoever answered last
    TEAM = "team"
    LEADS = "leads"


@dataclass(frozen=True)
class Called:
    """Whom to mention."""

    members: tuple[DiscordId, ...] = ()
    roles: tuple[DiscordId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.members or self.roles)


async def called(tx: Transaction, creator: CreatorId, fan: FanId, step: Step, *, now: Millis) -> Called:
    """Who it is at this moment; nobody, where nobody fits."""
    forum, link = await forums.of_creator(tx, creator), await creators.open_link(tx, creator)
    if forum is None:
        return Called()
    given = [grant_of(kept) for kept in await grants.of_creator(tx, creator, forum.guild)]
    owner = () if link is None else (link.discord_user,)
    if step is Step.THEIRS:
        talk = await talks.known(tx, creator, fan)
        whose = talk.holder(now) or talk.owner
        return Called((whose,)) if whose is not None and (whose in owner or _may(given, whose)) else Called()
    if step is Step.TEAM:
        found = _with(given, Permission.REPLY)
        return Called(roles=found.roles) if found.roles else found
    leads = _with(given, Permission.APPROVE)
    return Called(tuple(dict.fromkeys((*leads.members, *owner)))[:_MOST], leads.roles)


def _may(given: Sequence[Grant], member: DiscordId) -> bool:
    """Whether somebody can still answer, as far as grants tell: who has a Discord role only Discord knows."""
    personal = [grant for grant in given if grant.kind == "member" and grant.subject == member]
    counted = personal or [grant for grant in given if grant.kind == "role"]
    return any(Permission.REPLY in grant.permissions for grant in counted)


def _with(given: Iterable[Grant], permission: Permission) -> Called:
    fitting = [grant for grant in given if permission in grant.permissions]
    members = tuple(grant.subject for grant in fitting if grant.kind == "member")
    return Called(members[:_MOST], tuple(grant.subject for grant in fitting if grant.kind == "role"))
