"""Roles of a team and what each allows, about one creator on one server (pure)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.model.language import msgid, tr
from storage.records import DiscordId, Millis


class Permission(StrEnum):
    """One thing that may be allowed or taken away singly."""

    READ = "read"  # what fans wrote, as far as the bridge shows it privately
    DRAFT = "draft"  # write replies that a lead looks at first; whoever may reply may do this
    REPLY = "reply"
    PRICE = "price"  # with a price on it
    UNSEND = "unsend"
    MEDIA = "media"  # look through the vault
    MASS = "mass"
    POST = "post"
    MONEY = "money"  # see figures; how exactly is a matter of `MoneyView`
    APPROVE = "approve"  # whoever has it is a lead: settles what is in doubt
    AUDIT = "audit"
    PAUSE = "pause"
    EXPORT = "export"
    RELINK = "relink"  # sign the creator in again when Fanvue asks for it
    TEAM = "team"  # say who may do what


class MoneyView(StrEnum):
    """The precision of visible figures."""

    HIDDEN = "hidden"
    BANDED = "banded"  # "$100 to $250"
    EXACT = "exact"


class TeamRole(StrEnum):
    """A person's role for a creator, the least first."""

    NONE = "none"  # for one member: nothing, whatever their Discord roles give
    TRAINEE = "trainee"
    VIEWER = "viewer"
    CHATTER = "chatter"
    MANAGER = "manager"
    OWNER = "owner"  # never granted: whoever connected the creator's own account


_P = Permission
_CHATTER = frozenset({_P.READ, _P.REPLY, _P.PRICE, _P.UNSEND, _P.MEDIA})
_MANAGER = _CHATTER | {_P.MASS, _P.POST, _P.MONEY, _P.APPROVE, _P.AUDIT}
ALLOWS: dict[TeamRole, frozenset[Permission]] = {
    TeamRole.NONE: frozenset(),
    TeamRole.TRAINEE: frozenset({_P.READ, _P.DRAFT}),
    TeamRole.VIEWER: frozenset({_P.READ}),
    TeamRole.CHATTER: _CHATTER,
    TeamRole.MANAGER: _MANAGER,
    TeamRole.OWNER: frozenset(Permission),
}
SEES: dict[TeamRole, MoneyView] = dict.fromkeys(TeamRole, MoneyView.HIDDEN) | {
    TeamRole.MANAGER: MoneyView.BANDED,
    TeamRole.OWNER: MoneyView.EXACT,
}
_RANK = list(TeamRole)
_EXACTNESS = list(MoneyView)


@dataclass(frozen=True)
class RoleGrant:
    """A person's grant about a creator on a server: a role, with single permissions more or less."""

    id: str
    kind: str  # "member" or "role"
    subject: DiscordId  # a Discord user, or a role of the server
    role: TeamRole
    plus: frozenset[Permission] = frozenset()
    minus: frozenset[Permission] = frozenset()
    money: MoneyView | None = None  # None: what the role sees
    by: DiscordId | None = None
    at: Millis = 0

    @property
    def permissions(self) -> frozenset[Permission]:
        """All that it allows; seeing figures goes with `sees`."""
        allowed = (ALLOWS[self.role] | self.plus) - self.minus
        if _P.REPLY in allowed:
            allowed |= {_P.DRAFT} - self.minus
        return allowed | {_P.MONEY} if self.sees is not MoneyView.HIDDEN else allowed - {_P.MONEY}

    @property
    def sees(self) -> MoneyView:
        """The precision of figures."""
        if _P.MONEY in self.minus:
            return MoneyView.HIDDEN
        usual = SEES[self.role]
        if usual is MoneyView.HIDDEN and _P.MONEY in self.plus:
            usual = MoneyView.BANDED
        return self.money or usual


@dataclass(frozen=True)
class TeamStanding:
    """A person's role and rights about one creator, all grants taken together."""

    role: TeamRole
    permissions: frozenset[Permission]
    money: MoneyView
    from_grants: tuple[RoleGrant, ...] = ()  # where it comes from; empty for the owner

    def within(self, other: "TeamStanding") -> "TeamStanding":
        """What both may: the lesser role, the permissions of both, the vaguer figures."""
        return TeamStanding(
            role=min(self.role, other.role, key=rank),
            permissions=self.permissions & other.permissions,
            money=min(self.money, other.money, key=_EXACTNESS.index),
        )


OWNER = TeamStanding(TeamRole.OWNER, ALLOWS[TeamRole.OWNER], MoneyView.EXACT)


def standing(grants: Collection[RoleGrant]) -> TeamStanding | None:
    """Return these grants' status for one member, or None.

    A grant to the member personally stands alone, so that one person can be given less than their roles.
    """
    personal = tuple(grant for grant in grants if grant.kind == "member")
    counted = personal or tuple(grants)
    allowed = frozenset[Permission]().union(*(grant.permissions for grant in counted))
    if not allowed:
        return None
    return TeamStanding(
        role=max((grant.role for grant in counted), key=rank),
        permissions=allowed,
        money=max((grant.sees for grant in counted), key=_EXACTNESS.index),
        from_grants=counted,
    )


def rank(role: TeamRole) -> int:
    """Rank a role; more is higher."""
    return _RANK.index(role)


def may_give(giver: TeamStanding, wanted: RoleGrant, before: RoleGrant | None) -> bool:
    """Whether `giver` may replace `before` by `wanted`: nobody gives, or takes away, more than they have.

    Only the owner grants or takes what reaches as far as the giver's own role.
    """
    if giver.role is TeamRole.OWNER:
        return wanted.role is not TeamRole.OWNER
    if Permission.TEAM not in giver.permissions:
        return False
    touched = [wanted] if before is None else [wanted, before]
    return all(
        rank(grant.role) < rank(giver.role)
        and grant.permissions <= giver.permissions
        and _EXACTNESS.index(grant.sees) <= _EXACTNESS.index(giver.money)
        for grant in touched
    )


def in_words(permissions: Iterable[Permission]) -> str:
    """Permissions as people read them, always in the same order."""
    held = frozenset(permissions)
    if Permission.REPLY in held:
        held -= {Permission.DRAFT}  # goes without saying
    return ", ".join(tr(WORDS[one]) for one in Permission if one in held)


WORDS: dict[Permission, str] = {
    _P.READ: msgid("read what fans write"),
    _P.DRAFT: msgid("write replies that a lead approves"),
    _P.REPLY: msgid("reply"),
    _P.PRICE: msgid("set prices"),
    _P.UNSEND: msgid("take messages back"),
    _P.MEDIA: msgid("open the vault"),
    _P.MASS: msgid("send mass messages"),
    _P.POST: msgid("publish posts"),
    _P.MONEY: msgid("see figures"),
    _P.APPROVE: msgid("settle what needs a decision"),
    _P.AUDIT: msgid("read the audit"),
    _P.PAUSE: msgid("pause sending"),
    _P.EXPORT: msgid("export data"),
    _P.RELINK: msgid("sign in again"),
    _P.TEAM: msgid("manage the team"),
}
