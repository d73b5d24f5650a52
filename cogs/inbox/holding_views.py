"""/inbox hold, and the button under a reply that waits for its time."""

from bot.access.policy import Action
from bot.discord.answers import in_place, private
from bot.discord.asking import asks, here, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.inbox.holding.cancellation_service import ReplyCancellationService
from bot.features.inbox.holding.setting import ReplyHoldSetting
from cogs.inbox.reply_views import answer_wish_of
from storage.records import EffectId


async def hold_replies(asked: Asked, seconds: int | None) -> None:
    """/inbox hold."""
    permit = permit_of(asked)
    await private(asked, lambda: service(asked, ReplyHoldSetting).hold(permit, seconds))


@asks(Action.REPLY, here)
async def cancel_reply(asked: Asked, ref: str) -> None:
    """The button [Cancel]: for the sender alone."""
    wish = answer_wish_of(asked)
    cancel, actor, channel = service(asked, ReplyCancellationService).cancel, wish.actor, wish.channel

    await in_place(asked, lambda: cancel(actor, channel, EffectId(ref)))


BUTTONS: ButtonHandlers = {
    "reply.cancel": cancel_reply,
}
