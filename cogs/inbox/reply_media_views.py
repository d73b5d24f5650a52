"""Media added to a reply: the picker over what was typed, and its [Send]."""

from dataclasses import replace

from bot.access.policy import Action
from bot.discord.answers import Said, tell, two_phase
from bot.discord.asking import asks, here, role_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, WindowHandlers, service
from bot.discord.discord_permissions import why_not_read
from bot.discord.typed_input import files_in
from bot.engine.commands import Commands
from bot.features.inbox.checks.pending_reply_service import PendingReplyService
from bot.features.inbox.reply_media.composition import ReplyComposition
from bot.features.publishing.media.fanvue import VaultUnavailable
from bot.features.publishing.picker import texts
from bot.features.publishing.picker.service import MediaPickerService, PickerScreen
from bot.features.publishing.uploads.kind_rules import UploadRefused
from bot.model.errors import DeliveryFailed
from bot.model.language import tr
from bot.model.ports import Post
from bot.text.reply_rules import ReplyRefused
from cogs.inbox.reply_views import NO_PRICE, answer_wish_of, may_price, sends_alone
from cogs.publishing.picker_uploads import with_files
from cogs.publishing.picker_views import PickerPlace, buttons_of, lists_of, may_look, shown, step_of
from cogs.publishing.picker_window_views import windows_of
from storage.records import CommandId, DraftId


def _composition(asked: Asked) -> ReplyComposition:
    return service(asked, ReplyComposition)


_PLACE = PickerPlace(_composition, ReplyComposition.prefix, here)


async def begun(asked: Asked, command: CommandId, found: Post | str) -> Said:
    """The picker over a reply that was just typed; `found`: what is shown where it cannot be.

    The permit is for REPLY.
    """
    composition, files, notice = _composition(asked), files_in(asked, "files"), ""
    draft = await composition.begun(command)
    if draft is not None and files:
        try:
            return await with_files(asked, composition, await step_of(asked, draft), files)
        except UploadRefused as refused:
            notice = str(refused)
    if draft is not None and await may_look(asked):
        picker = service(asked, MediaPickerService)
        try:
            return shown(await picker.show(composition, await step_of(asked, draft), notice))
        except (VaultUnavailable, DeliveryFailed):  # it is kept, and [Add media] tries again
            pass
    if notice and isinstance(found, Post):
        return replace(found, body=(notice, *found.body))
    return found


async def lacks_media(asked: Asked, text: str | None, price: str | None, media: str | None) -> bool:
    """Whether it is nothing yet, or a price without anything to buy, and its media can be chosen."""
    unfinished = bool((price or "").strip()) or not (text or "").strip()
    return unfinished and not (media or "").strip() and await may_look(asked)


@asks(Action.REPLY, here)
async def send(asked: Asked, ref: str) -> None:
    """The button [Send] of the picker: all checks look at it now."""
    wish = answer_wish_of(asked)
    pressing = service(asked, PendingReplyService)
    if await pressing.is_priced(wish, DraftId(ref)) and not await may_price(asked):
        await tell(asked, tr(NO_PRICE))
        return
    reads, role, alone = why_not_read(asked.permissions) is None, role_of(asked), sends_alone(asked)

    async def accept(command: CommandId) -> Said | None:
        stopped = await _stopped(asked, ref)
        if stopped is not None:
            await service(asked, Commands).cancel(command)
            return shown(stopped)
        return await pressing.send(command)

    await two_phase(
        asked,
        stage=lambda: pressing.stage(wish, DraftId(ref), reads=reads, role=role, alone=alone),
        accept=accept,
        in_place=True,
    )


async def _stopped(asked: Asked, ref: str) -> PickerScreen | None:
    """The picker again, with what keeps this from being sent as it is."""
    composition, picker = _composition(asked), service(asked, MediaPickerService)
    step = await step_of(asked, ref)
    if late := await composition.late(step):
        return await picker.show(composition, step, late)
    stopped = await picker.trouble(composition, step, tr("Send"))
    if stopped is not None and not await may_look(asked):
        raise ReplyRefused(tr(texts.NO_VAULT))
    return stopped


BUTTONS: ButtonHandlers = {**buttons_of(_PLACE), f"{_PLACE.prefix}.send": send}
LISTS: ListHandlers = lists_of(_PLACE)
WINDOWS: WindowHandlers = windows_of(_PLACE)
