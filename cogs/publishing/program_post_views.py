"""The buttons under a post that waits to be opened: Open and Discard."""

from bot.access.policy import Action
from bot.discord.answers import Said, server_wish_of, shown_back, two_phase
from bot.discord.asking import asks, link_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.operations.channel_drafts.press_service import ChannelDraftPressService
from bot.features.publishing.program_post_drafts.model import PROGRAM_POST, typed
from bot.features.publishing.program_post_drafts.texts import not_opened
from bot.features.publishing.proposals.model import ProposalRefused
from bot.features.publishing.proposals.service import ProposalService
from cogs.operations.channel_draft_views import by_program, discard
from cogs.publishing.publish_post_views import POST, content_of
from storage.records import CommandId, DiscordId


@asks(Action.POST, by_program)
async def open_draft(asked: Asked, ref: str) -> None:
    """The button [Open]: its preview is the presser's own from now on, as /post new shows one."""
    wish = server_wish_of(asked)
    pressing, proposals = service(asked, ChannelDraftPressService), service(asked, ProposalService)
    draft, link = await pressing.draft(ref), link_of(asked)
    content = await content_of(asked, typed(draft.content))

    async def show(command: CommandId) -> Said:
        try:
            taking = pressing.taking(ref, DiscordId(asked.user.id))
            return await proposals.show(command, also=taking)
        except ProposalRefused as refused:  # it waits on, for somebody who can cure that
            return shown_back(not_opened(refused.sentence, draft.content["text"], draft.member))

    await two_phase(
        asked,
        stage=lambda: proposals.stage(wish, link, POST, content),
        accept=show,
    )


@asks(Action.POST, by_program)
async def discard_draft(asked: Asked, ref: str) -> None:
    """The button [Discard]."""
    await discard(asked, ref)


BUTTONS: ButtonHandlers = {
    PROGRAM_POST.button("open"): open_draft,
    PROGRAM_POST.button("discard"): discard_draft,
}
