"""A desk's team: says what was asked for."""

from bot.access.policy import Action
from bot.features.people.team.access_doctor import AccessDoctor
from bot.features.people.team.grant_service import TeamGrantService
from bot.features.people.team.leave_service import CreatorLeaveService
from bot.features.people.team.service import TeamService
from bot.model.ports import Post
from storage.records import EffectId
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_answers import answering


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return (
        answering(
            AccessDoctor,
            examine=lambda permit: Post(body=(f"All is well with {permit.creator}.",)),
            look=None,
            look_at_roles=None,
        )
        | answering(
            CreatorLeaveService,
            offered=(("@mila", "mila"),),
            ask=lambda wanted: Post(body=(f"Take {wanted} off?",)),
            leave=lambda yes: f"{yes.question(Action.TEAM_LEAVE)} is off.",
            stay=lambda ref: f"{ref} stays.",
            back=lambda wanted: f"{wanted} is back.",
        )
        | answering(
            TeamGrantService,
            propose=lambda wanted: Post(
                body=(f"{wanted.subject.kind} {wanted.subject.id} as {wanted.role}?",)
            ),
            creator_of=lambda ref: desk.waiting.get(EffectId(ref)),
            confirm=lambda yes: f"{yes.question(Action.TEAM_GRANT)} is done.",
            cancel=lambda ref: f"{ref} is not done.",
        )
        | answering(
            TeamService,
            show=lambda permit, page: Post(body=(f"The team of {permit.creator}, page {page}.",)),
            explain=lambda about: Post(body=(f"What {about.user} may.",)),
            offered=(("@mila", "mila"),),
        )
    )
