"""`Removing` of a desk: nobody is ever removed."""

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.features.people.offboarding.service import OffboardingService
from bot.model.ports import Post
from storage.records import DiscordId
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_answers import answering


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""

    def confirm(yes: ActionConfirmation) -> Post | str:
        yes.question(Action.TEAM_REMOVE)
        return "Nobody was removed."

    def close_anew(guild: DiscordId) -> None:
        desk.noticed.append(("closed anew", guild))

    return answering(
        OffboardingService,
        ask=lambda member: f"Remove <@{member.user}>?",
        concerns=lambda ref: [about for waits, about in desk.waiting.items() if waits == ref],
        stage=lambda wish: desk.keep(wish, "team.remove"),
        confirm=confirm,
        close_anew=close_anew,
        keep="Nobody was removed.",
    )
