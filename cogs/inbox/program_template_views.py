"""The buttons under a program's template: Open and Discard."""

from bot.access.policy import Action
from bot.discord.asking import asks, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.inbox.program_template_drafts.model import PROGRAM_TEMPLATE, drafted
from bot.features.inbox.templates.service import TemplateService
from bot.features.operations.channel_drafts.press_service import ChannelDraftPressService
from cogs.inbox.template_views import open_template
from cogs.operations.channel_draft_views import by_program, discard


@asks(Action.TEMPLATE_EDIT, by_program)
async def open_draft(asked: Asked, ref: str) -> None:
    """The button [Open]: the window of /template add with it, to be read; saving it takes the draft."""
    content = await service(asked, ChannelDraftPressService).content(ref)
    begun = await service(asked, TemplateService).begin_drafted(permit_of(asked), drafted(ref, content))
    await open_template(asked, begun)


@asks(Action.TEMPLATE_EDIT, by_program)
async def discard_draft(asked: Asked, ref: str) -> None:
    """The button [Discard]."""
    await discard(asked, ref)


BUTTONS: ButtonHandlers = {
    PROGRAM_TEMPLATE.button("open"): open_draft,
    PROGRAM_TEMPLATE.button("discard"): discard_draft,
}
