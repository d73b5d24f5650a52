"""What the buttons under programs' drafts in the alerts channel have in common."""

from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import private
from bot.discord.asking import Given, Options, Resolved, permit_about
from bot.discord.bridge import Asked, service
from bot.features.operations.channel_drafts.press_service import ChannelDraftPressService
from bot.features.operations.channel_drafts.texts import GONE
from bot.model.language import tr
from storage.records import DiscordId


async def by_program(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator for whom a program wrote it."""
    creator = await service(asked, ChannelDraftPressService).creator(str(given[1]), action)
    return tr(GONE) if creator is None else await permit_about(asked, action, ActionSubject(creator))


async def discard(asked: Asked, ref: str) -> None:
    """A button [Discard] was pressed by somebody who may."""
    await private(
        asked, lambda: service(asked, ChannelDraftPressService).discard(ref, DiscordId(asked.user.id))
    )
