"""`Access` and `Subjects` of a desk, by the real table."""

from collections.abc import Collection, Mapping, Sequence

from bot.access.permits import Actor, Permit, decide
from bot.access.policy import Action
from bot.access.roles import OWNER, RoleGrant, TeamRole, TeamStanding, standing
from bot.access.subjects import ActionSubject
from storage.records import CreatorId, DiscordId, EffectId, Link
from tests.discord.desk import MILA, Desk


class DeskAccess:
    """Decides by the real table, from what the desk remembers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def authorize(
        self, actor: Actor, action: Action, creator: CreatorId | None = None
    ) -> Permit | None:
        link = self._link(creator)
        return decide(actor, action, creator, link, self._standing(actor, creator, link))

    async def permitted(self, actor: Actor, action: Action) -> Sequence[Permit]:
        own = [link.creator for link in self._desk.links if link.discord_user == actor.user]
        near = dict.fromkeys([*own, *self._housed(actor)])
        found = [await self.authorize(actor, action, creator) for creator in near]
        return [permit for permit in found if permit is not None]

    async def abilities(self, actor: Actor, actions: Collection[Action]) -> Mapping[Action, Sequence[Permit]]:
        general = {action: await self.authorize(actor, action) for action in actions}
        return {
            action: [permit] if permit is not None else await self.permitted(actor, action)
            for action, permit in general.items()
        }

    def _housed(self, actor: Actor) -> list[CreatorId]:
        forums = [forum for forum in self._desk.forums.values() if forum.guild == actor.guild]
        at_home = actor.guild == self._desk.home
        shown = [MILA] if at_home and (self._desk.fans or self._desk.chats) else []
        return [*(forum.creator for forum in forums if forum.creator is not None), *shown]

    def _link(self, creator: CreatorId | None) -> Link | None:
        return next((link for link in self._desk.links if link.creator == creator), None)

    def _standing(self, actor: Actor, creator: CreatorId | None, link: Link | None) -> TeamStanding | None:
        if link is not None and link.discord_user == actor.user:
            return OWNER
        if creator not in self._housed(actor):
            return None
        if actor.user in self._desk.members:
            return standing(
                [RoleGrant("own", "member", actor.user, TeamRole(self._desk.members[actor.user]))]
            )
        roles = [(role, self._desk.roles[role]) for role in actor.roles if role in self._desk.roles]
        return standing([RoleGrant(str(subject), "role", subject, TeamRole(name)) for subject, name in roles])


class DeskSubjects:
    """Threads of fans are Mila's; what waits is whose the desk says."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def of_channel(self, channel: DiscordId, guild: DiscordId) -> ActionSubject | None:  # noqa: ARG002 - the real one's
        return ActionSubject(MILA) if channel in self._desk.fans else None

    async def of_name(self, wanted: str) -> ActionSubject | None:
        named = [link for link in self._desk.links if wanted in {link.id, f"@{link.handle}", link.handle}]
        return ActionSubject(named[0].creator) if named else None

    async def of_ref(self, ref: str) -> ActionSubject | None:
        told = {alert for alert, _ in self._desk.chats}
        creator = MILA if ref in told else self._desk.waiting.get(EffectId(ref))
        return ActionSubject(creator) if creator is not None else None

    async def of_kept_reply(self, ref: str, guild: DiscordId) -> ActionSubject | None:  # noqa: ARG002 - as above
        """Nothing is kept back."""
        return None

    async def of_draft(self, ref: str) -> ActionSubject | None:
        creator = self._desk.waiting.get(EffectId(ref))
        return ActionSubject(creator, Action.MASS) if creator is not None else None

    async def of_note(self, ref: str) -> ActionSubject | None:
        return await self.of_draft(ref)
