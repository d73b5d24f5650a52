"""A desk's team: says what was asked for."""

from collections.abc import Collection, Sequence

from bot.access.channel_view import See
from bot.access.grant_input import GrantRequest
from bot.access.permits import ActionConfirmation, Actor, Permit
from bot.access.policy import Action
from bot.features.people.team.access_doctor import AccessDoctor
from bot.features.people.team.grant_service import TeamGrantService
from bot.features.people.team.leave_service import CreatorLeaveService
from bot.features.people.team.service import TeamService
from bot.model.ports import Post
from storage.records import CreatorId, EffectId
from tests.discord.desk import Desk, DeskServices


# ruff: noqa: ARG002 - the signatures are the real ones'
class DeskLeaving:
    """Knows one creator, about whom anybody may speak."""

    async def offered(self, actor: Actor, typed: str, *, back: bool) -> Sequence[tuple[str, str]]:
        return (("@mila", "mila"),)

    async def ask(self, actor: Actor, wanted: str | None) -> Post | str | None:
        return Post(body=(f"Take {wanted} off?",))

    async def leave(self, yes: ActionConfirmation) -> str | None:
        return f"{yes.question(Action.TEAM_LEAVE)} is off."

    async def stay(self, actor: Actor, ref: str) -> str:
        return f"{ref} stays."

    async def back(self, actor: Actor, wanted: str | None) -> str | None:
        return f"{wanted} is back."


class DeskGranting:
    """Shows every proposal; its previews are about whatever waits on the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def propose(self, permit: Permit, wanted: GrantRequest) -> Post | str:
        return Post(body=(f"{wanted.subject.kind} {wanted.subject.id} as {wanted.role}?",))

    async def creator_of(self, ref: str) -> CreatorId | None:
        return self._desk.waiting.get(EffectId(ref))

    async def confirm(self, yes: ActionConfirmation) -> str | None:
        return f"{yes.question(Action.TEAM_GRANT)} is done."

    async def cancel(self, actor: Actor, ref: str) -> str:
        return f"{ref} is not done."


class DeskLooking:
    """Names what was asked for."""

    async def show(self, permit: Permit, page: int) -> Post:
        return Post(body=(f"The team of {permit.creator}, page {page}.",))

    async def explain(
        self,
        asker: Actor,
        about: Actor,
        wanted: str | None,
        among: Collection[CreatorId] | None = None,
    ) -> Post:
        return Post(body=(f"What {about.user} may.",))

    async def offered(self, actor: Actor, typed: str) -> Sequence[tuple[str, str]]:
        return (("@mila", "mila"),)


class DeskOverseeing:
    """Names what was asked for."""

    async def examine(self, permit: Permit, see: See, page: int = 1) -> Post | str:
        return Post(body=(f"All is well with {permit.creator}.",))

    async def look(self, see: See) -> None:
        return None

    async def look_at_roles(self, see: See) -> None:
        return None


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {
        AccessDoctor: DeskOverseeing(),
        CreatorLeaveService: DeskLeaving(),
        TeamGrantService: DeskGranting(desk),
        TeamService: DeskLooking(),
    }
