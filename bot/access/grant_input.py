"""Parses typed words about a place in a team into a grant (pure)."""

import json
import re
from dataclasses import dataclass

from bot.access.roles import MoneyView, Permission, RoleGrant, TeamRole
from bot.model.language import tr
from storage.records import DiscordId

# What is offered as a role, with the words for it. The owner's is never granted.
GRANTED = (TeamRole.MANAGER, TeamRole.CHATTER, TeamRole.VIEWER, TeamRole.TRAINEE, TeamRole.NONE)
_BETWEEN = re.compile(r"[,;\s]+")


class GrantNotUnderstood(Exception):
    """Raised for input that makes no sense; str() is the sentence for its author."""


@dataclass(frozen=True)
class GrantSubject:
    """A member or a Discord role of the server; `roles`: a member's when they were chosen."""

    kind: str  # "member" or "role"
    id: DiscordId
    roles: tuple[DiscordId, ...] = ()


@dataclass(frozen=True)
class GrantRequest:
    """A requested change for a subject; `role` None: nothing is to hold for them any more."""

    subject: GrantSubject
    role: TeamRole | None
    plus: frozenset[Permission] = frozenset()
    minus: frozenset[Permission] = frozenset()
    money: MoneyView | None = None

    def grant(self, id_: str) -> RoleGrant | None:
        """The grant that this would be."""
        if self.role is None:
            return None
        return RoleGrant(
            id_, self.subject.kind, self.subject.id, self.role, self.plus, self.minus, self.money
        )


def understood(
    subject: GrantSubject, role: str, also: str | None, without: str | None, money: str | None
) -> GrantRequest:
    """A grant as it was typed. Raises GrantNotUnderstood."""
    if role not in GRANTED:
        raise GrantNotUnderstood(tr("Choose one of the roles from the list."))
    if money is not None and money not in set(MoneyView):
        raise GrantNotUnderstood(tr("Choose from the list how exactly figures may be seen."))
    plus, minus = _permissions(also), _permissions(without)
    if both := plus & minus:
        raise GrantNotUnderstood(tr("Under both `also:` and `except:`: {names}.", names=_names(both)))
    wanted = GrantRequest(
        subject, TeamRole(role), plus, minus, MoneyView(money) if money is not None else None
    )
    meant = wanted.grant("")
    if subject.kind == "role" and meant is not None and not meant.permissions:
        raise GrantNotUnderstood(tr("That would give this role nothing. Remove access with /team revoke."))
    return wanted


def packed(wanted: GrantRequest, before: str | None) -> str:
    """For a draft; `before`: the id of the grant that it would replace."""
    return json.dumps(
        {
            "kind": wanted.subject.kind,
            "subject": wanted.subject.id,
            "roles": wanted.subject.roles,
            "role": wanted.role,
            "plus": sorted(wanted.plus),
            "minus": sorted(wanted.minus),
            "money": wanted.money,
            "before": before,
        }
    )


def unpacked(target: str) -> tuple[GrantRequest, str | None]:
    """Undo `packed`."""
    kept = json.loads(target)
    subject = GrantSubject(kept["kind"], DiscordId(kept["subject"]), tuple(map(DiscordId, kept["roles"])))
    wanted = GrantRequest(
        subject,
        TeamRole(kept["role"]) if kept["role"] is not None else None,
        frozenset(map(Permission, kept["plus"])),
        frozenset(map(Permission, kept["minus"])),
        MoneyView(kept["money"]) if kept["money"] is not None else None,
    )
    return wanted, kept["before"]


def offered(typed: str) -> list[str]:
    """Suggest how a typed list of permissions may go on: the names so far, and one more."""
    *done, begun = _BETWEEN.split(typed.strip().casefold()) if typed.strip() else [""]
    if typed.endswith((" ", ",")) and begun:
        done, begun = [*done, begun], ""
    written = [name for name in done if name in set(Permission)]
    fitting = [one.value for one in Permission if one.value.startswith(begun) and one.value not in written]
    return [", ".join([*written, name]) for name in fitting]


def _permissions(names: str | None) -> frozenset[Permission]:
    words = [word for word in _BETWEEN.split((names or "").strip().casefold()) if word]
    if any(word not in set(Permission) for word in words):
        known = _names(Permission)
        raise GrantNotUnderstood(
            tr("Write permissions as they are called, with commas between: {known}.", known=known)
        )
    return frozenset(map(Permission, words))


def _names(permissions: "frozenset[Permission] | type[Permission]") -> str:
    return ", ".join(one.value for one in Permission if one in permissions)
