"""Media of a template: the picker over it, and its [Save]."""

from bot.access.policy import Action
from bot.discord.answers import Said, in_place
from bot.discord.asking import asks, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, WindowHandlers, service
from bot.discord.rejected_answers import said_of
from bot.features.inbox.template_media.composition import TemplateComposition
from bot.features.inbox.templates.service import TemplateService
from bot.features.inbox.templates.texts import MEDIA
from bot.features.publishing.picker.service import MediaPickerService
from bot.model.language import msgid, tr
from bot.relay.message_template import TemplateRefused
from cogs.inbox.template_views import by_template
from cogs.publishing.picker_views import PickerPlace, buttons_of, lists_of, may_look, shown, step_of
from cogs.publishing.picker_window_views import windows_of
from storage.records import DraftId

_NO_VAULT = msgid("You may not open this vault, so nothing changed. The owner can allow it with /team grant.")


def _composition(asked: Asked) -> TemplateComposition:
    return service(asked, TemplateComposition)


_PLACE = PickerPlace(_composition, TemplateComposition.prefix, by_template, writes=False)


@asks(Action.TEMPLATE_EDIT, by_template)
async def choose_media(asked: Asked, ref: str) -> None:
    """The button [Media …] under a template."""

    async def deed() -> Said:
        await _must_look(asked)
        opened = await service(asked, TemplateService).change(permit_of(asked), ref)
        step = await step_of(asked, opened.ref)
        return shown(await service(asked, MediaPickerService).show(_composition(asked), step))

    await in_place(asked, deed)


@asks(Action.TEMPLATE_EDIT, by_template)
async def save(asked: Asked, ref: str) -> None:
    """The button [Save] of the picker."""

    async def deed() -> Said:
        await _must_look(asked)
        composition, picker = _composition(asked), service(asked, MediaPickerService)
        stopped = await picker.trouble(composition, await step_of(asked, ref), tr("Save"))
        if stopped is not None:
            return shown(stopped)
        return said_of(await composition.save(permit_of(asked), DraftId(ref)))

    await in_place(asked, deed)


@asks(Action.TEMPLATE_EDIT, by_template)
async def keep(asked: Asked, ref: str) -> None:
    """The button [Cancel] of the picker."""
    await in_place(asked, lambda: _composition(asked).keep(permit_of(asked), DraftId(ref)))


async def _must_look(asked: Asked) -> None:
    if not await may_look(asked):
        raise TemplateRefused(tr(_NO_VAULT))


BUTTONS: ButtonHandlers = {
    **buttons_of(_PLACE),
    MEDIA: choose_media,
    f"{_PLACE.prefix}.save": save,
    f"{_PLACE.prefix}.keep": keep,
}
LISTS: ListHandlers = lists_of(_PLACE)
WINDOWS: WindowHandlers = windows_of(_PLACE)
