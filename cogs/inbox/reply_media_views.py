"""Media added to a reply: the picker over what was typed, and its [Send]."""

from bot.access.permits import Access
from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, tell, two_phase
from bot.discord.asking import actor_of, asks, creator_of, here, role_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, WindowHandlers, service
from bot.discord.discord_permissions import why_not_read
from bot.features.inbox.checks.pending_reply_service import PendingReplyService
from bot.features.inbox.reply_media.composition import ReplyComposition
from bot.features.publishing.media.fanvue import VaultUnavailable
from bot.features.publishing.picker import texts
from bot.features.publishing.picker.service import MediaPickerService, PickerScreen
from bot.model.errors import DeliveryFailed
from bot.model.ports import Post
from bot.text.reply_rules import ReplyRefused
from cogs.inbox.reply_views import NO_PRICE, may_answer, may_price, sends_alone
from cogs.publishing.picker_views import PickerPlace, buttons_of, lists_of, shown, step_of, windows_of
from storage.records import CommandId, DraftId

_SEND = "Send"


def _composition(asked: Asked) -> ReplyComposition:
    return service(asked, ReplyComposition)


_PLACE = PickerPlace(_composition, ReplyComposition.prefix, here)


async def begun(asked: Asked, command: CommandId, found: Post | str) -> Said:
    """The picker over a reply that was just typed; `found`: what is shown where it cannot be.

    The permit is for REPLY.
    """
    draft = await _composition(asked).begun(command)
    if draft is not None and await _may_look(asked):
        composition, picker = _composition(asked), service(asked, MediaPickerService)
        try:
            return shown(await picker.show(composition, await step_of(asked, draft)))
        except (VaultUnavailable, DeliveryFailed):  # it is kept, and [Add media] tries again
            pass
    return AnswerContent(found) if isinstance(found, Post) else found


@asks(Action.REPLY, here)
async def send(asked: Asked, ref: str) -> None:
    """The button [Send] of the picker: all checks look at it now."""
    wish = await may_answer(asked)
    if wish is None:
        return
    pressing = service(asked, PendingReplyService)
    if await pressing.is_priced(wish, DraftId(ref)) and not await may_price(asked):
        await tell(asked, NO_PRICE)
        return
    reads, role, alone = why_not_read(asked.permissions) is None, role_of(asked), sends_alone(asked)

    async def accept(command: CommandId) -> Said | None:
        stopped = await _stopped(asked, ref)
        if stopped is not None:
            await pressing.cancel(command)
            return shown(stopped)
        found = await pressing.send(command)
        return AnswerContent(found) if isinstance(found, Post) else found

    await two_phase(
        asked,
        stage=lambda: pressing.stage(wish, DraftId(ref), reads=reads, role=role, alone=alone),
        accept=accept,
        cancel=pressing.cancel,
        in_place=True,
    )


async def _stopped(asked: Asked, ref: str) -> PickerScreen | None:
    """The picker again, with what keeps this from being sent as it is."""
    composition, picker = _composition(asked), service(asked, MediaPickerService)
    step = await step_of(asked, ref)
    if await composition.late(step):
        return await picker.show(composition, step, texts.LATE)
    stopped = await picker.trouble(composition, step, _SEND)
    if stopped is not None and not await _may_look(asked):
        raise ReplyRefused(texts.NO_VAULT)
    return stopped


async def _may_look(asked: Asked) -> bool:
    access = service(asked, Access)
    return await access.authorize(actor_of(asked), Action.MEDIA, creator_of(asked)) is not None


BUTTONS: ButtonHandlers = {**buttons_of(_PLACE), f"{_PLACE.prefix}.send": send}
LISTS: ListHandlers = lists_of(_PLACE)
WINDOWS: WindowHandlers = windows_of(_PLACE)
