"""/inbox scheduled: replies that wait for their time, and cancelling one."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.access.roles import Permission
from bot.discord.answers import private
from bot.discord.asking import actor_of, asks, by_ref, permit_of, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.inbox.scheduled.service import ScheduledReplyService
from bot.features.inbox.scheduled.texts import CANCEL
from storage.records import DiscordId, EffectId


async def show_scheduled(asked: Asked) -> None:
    """/inbox scheduled: one's own, and everybody's where one leads."""
    leads = {one.creator: _leads(one) for one in permits_of(asked) if one.creator is not None}
    actor, guild = actor_of(asked).user, DiscordId(asked.guild_id or 0)
    await private(asked, lambda: service(asked, ScheduledReplyService).listed(leads, actor, guild))


@asks(Action.INBOX, by_ref)
async def cancel_scheduled(asked: Asked, ref: str) -> None:
    """The button [Cancel] there: for its author, and for leads."""
    actor, leads = actor_of(asked).user, _leads(permit_of(asked))
    cancel = service(asked, ScheduledReplyService).cancel
    await private(asked, lambda: cancel(EffectId(ref), actor, leads=leads))


def _leads(permit: Permit) -> bool:
    return permit.standing is not None and Permission.APPROVE in permit.standing.permissions


BUTTONS: ButtonHandlers = {
    CANCEL: cancel_scheduled,
}
