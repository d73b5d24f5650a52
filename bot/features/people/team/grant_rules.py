"""The rules for changing a team (pure)."""

from collections.abc import Iterable

from bot.access.grant_input import GrantRequest
from bot.access.roles import RoleGrant, TeamStanding, may_give


def touched(wanted: GrantRequest, before: RoleGrant | None, by_roles: Iterable[RoleGrant]) -> list[RoleGrant]:
    """Every grant whose effect on somebody would begin or end.

    A grant to a member personally stands in the place of what their Discord roles give them: to make one
    takes that away, to end one gives it back. So it counts with the rest.
    """
    wished = wanted.grant("wanted")
    changed = [grant for grant in (wished, before) if grant is not None]
    return [*changed, *by_roles] if wanted.subject.kind == "member" else changed


def may_change(giver: TeamStanding, grants: Iterable[RoleGrant]) -> bool:
    """Whether the giver has all that these grants give, and stands above each of them."""
    return all(may_give(giver, grant, None) for grant in grants)
