"""`Pricing` of a desk: one hint for everybody, and every question is asked."""

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.features.inbox.pricing.setting import PriceLimitSetting
from bot.model.ports import Post
from storage.inbox.price_limits import RolePriceLimits
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_answers import answering


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""

    def yes(yes: ActionConfirmation) -> str:
        yes.question(Action.PRICE_LIMITS)
        return "Done."

    return answering(
        PriceLimitSetting,
        binding=RolePriceLimits(),
        hint="Usually $12.00 here.",
        show=Post(body=("No limits.",)),
        ask=lambda role, wanted: Post(body=(f"{role} to {dict(wanted)}?",)),
        yes=yes,
        no="Left.",
    )
