"""`MassSafety` of a desk: whatever is typed holds, whatever waits is cancelled."""

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.features.publishing.safety.cancellation_service import MassMessageCancellationService
from bot.features.publishing.safety.limit_setting import MassCapSetting, MassLimitSetting
from bot.features.publishing.safety.quiet_hours_setting import QuietHoursSetting
from bot.features.publishing.safety.second_person_service import SecondPersonService
from bot.model.ports import Post
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_answers import answering


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""

    def approve(yes: ActionConfirmation) -> Post | str:
        yes.question(Action.MASS)
        return "Confirmed."

    return (
        answering(MassCapSetting, set="Set.")
        | answering(
            MassLimitSetting,
            MassMessageCancellationService,
            SecondPersonService,
            look="Looked at.",
            stage=lambda wish: desk.keep(wish, "second"),
            approve=approve,
            refuse="Refused.",
            set=lambda typed: f"Typed: {sorted(typed)}.",
            stop="Cancelled.",
        )
        | answering(QuietHoursSetting, set=lambda typed: f"Quiet: {typed}.")
    )
