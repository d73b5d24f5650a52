"""The buttons under a program's mass message: Open and Discard."""

from bot.access.policy import Action
from bot.discord.answers import Said, private
from bot.discord.asking import asks
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.operations.channel_drafts.press_service import ChannelDraftPressService
from bot.features.publishing.drafts.service import DraftService
from bot.features.publishing.program_mass_drafts.model import PROGRAM_MASS, carried_from, typed
from cogs.operations.channel_draft_views import by_program, discard
from cogs.publishing.draft_screens import shown, step_of
from storage.records import DiscordId


@asks(Action.MASS, by_program)
async def open_draft(asked: Asked, ref: str) -> None:
    """The button [Open]: it is the presser's own draft from now on, as /mass new begins one."""
    pressing = service(asked, ChannelDraftPressService)

    async def deed() -> Said:
        draft = await pressing.draft(ref)
        taking = pressing.taking(ref, DiscordId(asked.user.id))
        drafts, came = service(asked, DraftService), typed(draft.content)
        return shown(await drafts.open(step_of(asked, ""), came, also=taking, drafted=carried_from(draft)))

    await private(asked, deed)


@asks(Action.MASS, by_program)
async def discard_draft(asked: Asked, ref: str) -> None:
    """The button [Discard]."""
    await discard(asked, ref)


BUTTONS: ButtonHandlers = {
    PROGRAM_MASS.button("open"): open_draft,
    PROGRAM_MASS.button("discard"): discard_draft,
}
