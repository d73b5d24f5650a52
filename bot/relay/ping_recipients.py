"""The recipients of a ping about a creator: members, a team, leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.access.permits import grant_of
from bot.access.roles import Permission, RoleGrant
from storage.database import Transaction
from storage.inbox import forums
from storage.people import creators, grants
from storage.records import CreatorId, DiscordId

_MOST = 20  # people who are named one by one


@dataclass(frozen=True)
class PingRecipients:
    members: tuple[DiscordId, ...] = ()
    roles: tuple[DiscordId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.members or self.roles)


@dataclass(frozen=True)
class CreatorTeam:
    """The team of a creator on the server where its alerts are told."""

    given: Sequence[RoleGrant]
    owner: tuple[DiscordId, ...]

    def may_answer(self, member: DiscordId) -> bool:
        """Whether somebody can still answer, as far as grants tell: only Discord knows who has a role."""
        return self.may(member, Permission.REPLY)

    def may(self, member: DiscordId, permission: Permission) -> bool:
        """The same of any permission."""
        personal = [grant for grant in self.given if grant.kind == "member" and grant.subject == member]
        counted = personal or [grant for grant in self.given if grant.kind == "role"]
        return member in self.owner or any(permission in grant.permissions for grant in counted)

    def team(self) -> PingRecipients:
        """The roles that may answer; where no role does, the members who may."""
        found = _with(self.given, Permission.REPLY)
        return PingRecipients(roles=found.roles) if found.roles else found

    def leads(self) -> PingRecipients:
        """Those who may settle doubts, and the owner."""
        found = _with(self.given, Permission.APPROVE)
        return PingRecipients(tuple(dict.fromkeys((*found.members, *self.owner)))[:_MOST], found.roles)


async def crew_of(tx: Transaction, creator: CreatorId) -> CreatorTeam | None:
    """The present team; None where the creator is on no server."""
    forum, link = await forums.of_creator(tx, creator), await creators.open_link(tx, creator)
    if forum is None:
        return None
    given = [grant_of(kept) for kept in await grants.of_creator(tx, creator, forum.guild)]
    return CreatorTeam(given, () if link is None else (link.discord_user,))


def _with(given: Iterable[RoleGrant], permission: Permission) -> PingRecipients:
    fitting = [grant for grant in given if permission in grant.permissions]
    members = tuple(grant.subject for grant in fitting if grant.kind == "member")
    return PingRecipients(
        members[:_MOST], tuple(sorted(one.subject for one in fitting if one.kind == "role"))
    )
