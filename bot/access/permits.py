"""The one question: may this person, here and now, do this about this creator."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.access.policy import POLICY, Action, ActionNeed
from bot.access.roles import OWNER, MoneyView, Permission, RoleGrant, TeamRole, TeamStanding, standing
from storage.database import Database, Transaction
from storage.people import consents, creators, grants
from storage.records import Command, CreatorId, DiscordId, Link, LinkKind


@dataclass(frozen=True)
class Actor:
    """The person clicking, as Discord tells it with the click."""

    user: DiscordId
    guild: DiscordId | None  # None in private messages, where hardly anything is allowed
    roles: frozenset[DiscordId] = frozenset()  # on this server
    manages: bool = False  # has Manage Server, or is an administrator


@dataclass(frozen=True, kw_only=True)
class Principal(Actor):
    """Whoever acts for this person without their press: with no right that not both have.

    What needs more than a permission, as one's own link, is a person's alone.
    """

    own: TeamStanding  # of the key that it is, or whose drafts it sends


@dataclass(frozen=True)
class Permit:
    """The answer Yes: who may do what about whom. Only `Access` makes one."""

    actor: Actor
    action: Action
    creator: CreatorId | None  # None where the action is about no creator
    link: Link | None  # the creator's own open link, where there is one
    standing: TeamStanding | None

    @property
    def money(self) -> MoneyView:
        """The precision of shown figures."""
        return self.standing.money if self.standing is not None else MoneyView.HIDDEN


class NotConfirmed(Exception):
    """Raised for a deed that is asked about twice, where nobody was asked, or about something else."""


@dataclass(frozen=True)
class ActionConfirmation:
    """A person's yes to the question about an action; every action marked `twice` requires one.

    Only the door makes one, out of the press that answers the question (`bot.discord.confirming`). An
    action learns from here alone who pressed and which question it was, so neither can differ from what
    was asked.
    """

    by: Actor
    action: Action
    _ref: str  # what the button names that was pressed
    _creators: frozenset[CreatorId] = frozenset()  # whom the permits of the press were about

    def question(self, *actions: Action) -> str:
        """Return the question of the button. Raises NotConfirmed unless it was about one of these."""
        if self.action not in actions:
            raise NotConfirmed(f"a yes to {self.action} is none to {' or '.join(actions)}")
        return self._ref

    def concerns(self, *creators: CreatorId) -> None:
        """Raises NotConfirmed unless the press was about all of these; some actions are about nobody."""
        if not _about_nobody(self.action) and not self._creators.issuperset(creators):
            raise NotConfirmed(f"a yes to {self.action} about one creator is none about another")

    def pressed(self, command: Command) -> str:
        """The question again, where its press was kept. Raises NotConfirmed for another one's press."""
        if (command.target, command.actor) != (self._ref, self.by.user):
            raise NotConfirmed(f"a yes to {self.action} is none to another question")
        return self._ref


class Access:
    """The one door. Every handler asks here at the moment of the click; nothing is remembered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def authorize(
        self, actor: Actor, action: Action, creator: CreatorId | None = None
    ) -> Permit | None:
        """Yes, or None: because it is forbidden or because there is no such creator, nobody can tell."""
        return await self._database.read(lambda tx: authorize(tx, actor, action, creator))

    async def permitted(self, actor: Actor, action: Action) -> list[Permit]:
        """Every creator about whom this person may do this here, one's own first."""

        async def work(tx: Transaction) -> list[Permit]:
            found = [await authorize(tx, actor, action, one) for one in await _near(tx, actor)]
            return [permit for permit in found if permit is not None]

        return await self._database.read(work)

    async def abilities(self, actor: Actor, actions: Collection[Action]) -> Mapping[Action, Sequence[Permit]]:
        """The same of many actions, in one look; of what is about no creator, whether they may at all."""
        return await self._database.read(lambda tx: abilities(tx, actor, actions))

    async def standing(self, actor: Actor, creator: CreatorId) -> TeamStanding | None:
        """Return this person's role and rights about a creator here, or None."""
        return await self._database.read(lambda tx: standing_of(tx, actor, creator))


async def authorize(
    tx: Transaction, actor: Actor, action: Action, creator: CreatorId | None
) -> Permit | None:
    """The same inside a transaction, so that what follows from the answer is decided with it."""
    if creator is not None and POLICY[action].visible == "thread" and await _left(tx, actor, creator):
        return None  # not even the owner acts in view of a server that their creator has left
    link = await creators.open_link(tx, creator) if creator is not None else None
    held = await standing_of(tx, actor, creator) if creator is not None else None
    return decide(actor, action, creator, link, held)


async def abilities(
    tx: Transaction, actor: Actor, actions: Collection[Action]
) -> Mapping[Action, Sequence[Permit]]:
    """Return what `authorize` says of all these actions and all near creators."""
    near = [
        (
            one,
            await creators.open_link(tx, one),
            await standing_of(tx, actor, one),
            await _left(tx, actor, one),
        )
        for one in await _near(tx, actor)
    ]
    found: dict[Action, list[Permit]] = {}
    for action in actions:
        shows = POLICY[action].visible == "thread"
        asked = [
            decide(actor, action, one, link, held) for one, link, held, left in near if not (left and shows)
        ]
        answers = [decide(actor, action, None, None, None)] if _about_nobody(action) else asked
        found[action] = [permit for permit in answers if permit is not None]
    return found


def decide(
    actor: Actor, action: Action, creator: CreatorId | None, link: Link | None, held: TeamStanding | None
) -> Permit | None:
    """Decide from the known facts (pure). An unknown fact allows nothing."""
    rule = POLICY[action]
    if actor.guild is None and not rule.anywhere:
        return None
    needs = rule.needs
    if isinstance(actor, Principal) and isinstance(needs, ActionNeed):
        return None
    if needs is ActionNeed.NOTHING:
        return Permit(actor, action, None, None, None)
    if needs is ActionNeed.MANAGE_SERVER:
        return Permit(actor, action, None, None, None) if actor.manages else None
    if creator is None or held is None:
        return None
    if link is not None and link.kind is LinkKind.MEMBER and action is not Action.UNLINK:
        return None  # this account is nobody's whose fans write here
    own = link is not None and link.discord_user == actor.user
    allowed = own if needs is ActionNeed.OWN_LINK else needs in held.permissions
    return Permit(actor, action, creator, link, held) if allowed else None


async def standing_of(tx: Transaction, actor: Actor, creator: CreatorId) -> TeamStanding | None:
    """Owner by their own open link, wherever they are; everybody else by grants, on this server only.

    Of a principal what it has of that itself.
    """
    held = await _held(tx, actor, creator)
    if held is None or not isinstance(actor, Principal):
        return held
    return held.within(actor.own)


async def _held(tx: Transaction, actor: Actor, creator: CreatorId) -> TeamStanding | None:
    link = await creators.open_link(tx, creator)
    if link is not None and link.discord_user == actor.user:
        return OWNER
    if actor.guild is None or not await consents.both(tx, creator, actor.guild):
        return None
    found = await grants.of_subjects(tx, creator, actor.guild, member=actor.user, roles=sorted(actor.roles))
    return standing([grant_of(row) for row in found])


def _about_nobody(action: Action) -> bool:
    return POLICY[action].needs in (ActionNeed.NOTHING, ActionNeed.MANAGE_SERVER)


async def _near(tx: Transaction, actor: Actor) -> Sequence[CreatorId]:
    own = [link.creator for link in await creators.links_of(tx, actor.user)]
    here = [] if actor.guild is None else await consents.of_guild(tx, actor.guild)
    return [*own, *(creator for creator in here if creator not in own)]


async def _left(tx: Transaction, actor: Actor, creator: CreatorId) -> bool:
    return actor.guild is not None and actor.guild in await consents.left(tx, creator)


def grant_of(kept: grants.GrantRecord) -> RoleGrant:
    """Return a row's grant. A role or permission no longer known gives nothing."""
    return RoleGrant(
        id=kept.id,
        kind=kept.kind,
        subject=kept.subject,
        role=TeamRole(kept.role) if kept.role in set(TeamRole) else TeamRole.NONE,
        plus=_permissions(kept.plus),
        minus=_permissions(kept.minus),
        money=MoneyView(kept.money) if kept.money in set(MoneyView) else None,
        by=kept.by,
        at=kept.at,
    )


def _permissions(names: str) -> frozenset[Permission]:
    return frozenset(one for one in Permission if one in names.split())
