"""The buttons under a program's mass message: Open and Discard."""

from typing import Any

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import Said, private
from bot.discord.asking import Options, asks, permit_about
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.publishing.drafts.service import DraftService
from bot.features.publishing.program_mass_drafts.press_service import ProgramMassPressService
from bot.features.publishing.program_mass_drafts.texts import DISCARD, GONE, OPEN
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import tr
from cogs.publishing.draft_screens import shown, step_of
from storage.records import DiscordId


async def by_program(
    asked: Asked, action: Action, given: tuple[Any, ...], _options: Options
) -> list[Permit] | str:
    """About the creator for whom a program wrote it."""
    creator = await service(asked, ProgramMassPressService).creator(str(given[1]))
    return tr(GONE) if creator is None else await permit_about(asked, action, ActionSubject(creator))


@asks(Action.MASS, by_program)
async def open_draft(asked: Asked, ref: str) -> None:
    """The button [Open]: it is the presser's own draft from now on, as /mass new begins one."""
    pressing = service(asked, ProgramMassPressService)

    async def deed() -> Said:
        try:
            content = await pressing.content(ref)
            taking, drafted = pressing.taking(ref, DiscordId(asked.user.id)), await pressing.drafted(ref)
            drafts = service(asked, DraftService)
            return shown(await drafts.open(step_of(asked, ""), content, also=taking, drafted=drafted))
        except ProposalRefused as refused:
            return refused.sentence

    await private(asked, deed)


@asks(Action.MASS, by_program)
async def discard_draft(asked: Asked, ref: str) -> None:
    """The button [Discard]."""

    async def deed() -> Said:
        try:
            return await service(asked, ProgramMassPressService).discard(ref, DiscordId(asked.user.id))
        except ProposalRefused as refused:
            return refused.sentence

    await private(asked, deed)


BUTTONS: ButtonHandlers = {OPEN: open_draft, DISCARD: discard_draft}
