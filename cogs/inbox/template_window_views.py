"""The window of a template when it is sent: saved, or with its media chosen next."""

from collections.abc import Mapping, Sequence

from bot.access.policy import Action
from bot.discord.answers import Said, private
from bot.discord.asking import asks, permit_of
from bot.discord.bridge import Asked, WindowHandlers, service
from bot.discord.rejected_answers import said_of
from bot.discord.typed_input import WindowFile, files_in
from bot.features.inbox.template_media.composition import TemplateComposition
from bot.features.inbox.templates.service import TemplateService
from bot.features.publishing.picker.service import MediaPickerService
from bot.features.publishing.uploads.kind_rules import UploadRefused
from bot.model.language import tr
from bot.relay.message_template import TypedTemplate
from bot.text.price_input import NotAPrice, cents_of, ids_of
from bot.text.rejected_input import RejectedInput, given_back
from cogs.inbox.reply_views import NO_PRICE, may_price
from cogs.inbox.template_views import by_template
from cogs.publishing.picker_uploads import with_files
from cogs.publishing.picker_views import may_look, shown, step_of
from storage.records import DraftId


@asks(Action.TEMPLATE_EDIT, by_template)
async def submitted_template(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    """A window for a template was sent."""
    try:
        price = cents_of(fields.get("price"), tr("Not saved."))
    except NotAPrice as wrong:
        await _back(asked, str(wrong), fields)
        return
    if price is not None and not await may_price(asked):
        await _back(asked, tr(NO_PRICE), fields)
        return
    carried = await service(asked, TemplateService).carried(permit_of(asked), DraftId(ref))
    media, preview = ids_of(fields.get("media")), (fields.get("preview") or "").strip()
    typed = TypedTemplate(
        name=fields.get("name", ""),
        text=fields.get("text"),
        price=price,
        media=media if "media" in fields else carried.media,  # of a window of an earlier version
        preview=(preview if "media" in fields else carried.preview) or None,
    )

    async def deed() -> Said:
        files = files_in(asked, "files")
        bare = not (typed.text or "").strip() and not typed.media
        if (files or bare) and await may_look(asked):
            return await _gallery(asked, ref, typed, files)
        return said_of(await service(asked, TemplateService).save(permit_of(asked), DraftId(ref), typed))

    await private(asked, deed)


async def _gallery(asked: Asked, ref: str, typed: TypedTemplate, files: Sequence[WindowFile]) -> Said:
    """The media come next: those from the window, or those that are chosen."""
    composition, notice = service(asked, TemplateComposition), ""
    opened = await composition.begin(permit_of(asked), DraftId(ref), typed)
    if isinstance(opened, RejectedInput):
        return said_of(opened)
    step = await step_of(asked, opened)
    try:
        if files:
            return await with_files(asked, composition, step, files)
    except UploadRefused as refused:
        notice = str(refused)
    return shown(await service(asked, MediaPickerService).show(composition, step, notice))


async def _back(asked: Asked, why: str, fields: Mapping[str, str]) -> None:
    """Nothing was saved; the answer has the typed text."""
    order = ("text", "name", "price", "media", "preview")
    typed = "\n".join(filter(None, (fields.get(name, "").strip() for name in order)))

    async def deed() -> Said:
        return said_of(given_back(why, typed))

    await private(asked, deed)


WINDOWS: WindowHandlers = {
    "template.edit": submitted_template,
}
