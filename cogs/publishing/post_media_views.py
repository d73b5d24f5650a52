"""Media and price of a post or a mass message: the picker over its preview."""

from bot.access.policy import Action
from bot.access.subjects import ActionSubject, ActionSubjectFinder
from bot.discord.answers import Said, server_wish_of, two_phase
from bot.discord.asking import Given, Options, Resolved, asks, by_draft, permit_about
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, WindowHandlers, service
from bot.engine.commands import Commands
from bot.features.publishing.media.fanvue import VaultUnavailable
from bot.features.publishing.picker.service import MediaPickerService, PickerScreen
from bot.features.publishing.picker.texts import files_wait
from bot.features.publishing.post_media.composition import PostComposition, chosen
from bot.features.publishing.proposals.model import ProposalRefused
from bot.features.publishing.proposals.service import ProposalService
from bot.model.errors import DeliveryFailed
from bot.model.language import msgid, tr
from bot.model.ports import Post
from cogs.publishing.picker_views import PickerPlace, buttons_of, lists_of, may_look, shown, step_of
from cogs.publishing.picker_window_views import windows_of
from storage.records import CommandId, DraftId

_DONE = msgid("Done")


def _composition(asked: Asked) -> PostComposition:
    return service(asked, PostComposition)


async def by_post(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator of a preview; whose it is, the composition asks."""
    found = await service(asked, ActionSubjectFinder).of_draft(str(given[1]))
    return await permit_about(asked, action, ActionSubject(found.creator) if found is not None else None)


_PLACE = PickerPlace(_composition, PostComposition.prefix, by_post)


async def open_gallery(asked: Asked, preview: Post) -> Said:
    """The gallery in place of a preview that was just made; the preview itself where it cannot be shown."""
    step = await step_of(asked, preview.buttons[0].ref)
    try:
        return shown(await service(asked, MediaPickerService).show(_composition(asked), step))
    except (VaultUnavailable, DeliveryFailed):
        return preview  # its [Media …] tries again


@asks(Action.MASS, by_draft)
async def done(asked: Asked, ref: str) -> None:
    """The button [Done]: the preview again, with what was chosen."""
    wish, proposals = server_wish_of(asked), service(asked, ProposalService)

    async def accept(command: CommandId) -> Said:
        stopped = await _stopped(asked, ref)
        if stopped is not None:
            await service(asked, Commands).cancel(command)
            return shown(stopped)
        try:
            found = await proposals.instead(command, chosen)
        except ProposalRefused as refused:
            return await _refused(asked, ref, refused)
        return found

    await two_phase(
        asked,
        stage=lambda: proposals.stage_press(wish, DraftId(ref)),
        accept=accept,
        in_place=True,
    )


async def _refused(asked: Asked, ref: str, why: ProposalRefused) -> Said:
    """The picker again with the reason, so that nothing of what was chosen and written is lost."""
    if not await may_look(asked):
        raise why
    picker, step = service(asked, MediaPickerService), await step_of(asked, ref)
    return shown(await picker.show(_composition(asked), step, str(why)))


async def _stopped(asked: Asked, ref: str) -> PickerScreen | None:
    """The picker again, with what keeps this from being a post."""
    picker, step = service(asked, MediaPickerService), await step_of(asked, ref)
    if not await may_look(asked):  # the preview is looked up by itself, and says what is wrong
        now = await _composition(asked).change(step, lambda now: now)
        if now.waits:
            raise ProposalRefused(files_wait(now.waits, tr(_DONE)))
        return None
    return await picker.trouble(_composition(asked), step, tr(_DONE))


BUTTONS: ButtonHandlers = {**buttons_of(_PLACE), f"{_PLACE.prefix}.done": done}
LISTS: ListHandlers = lists_of(_PLACE)
WINDOWS: WindowHandlers = windows_of(_PLACE)
