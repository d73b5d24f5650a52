"""The windows of a picker when they are sent: words, a price, a text, files."""

from collections.abc import Awaitable, Callable, Mapping

from bot.access.policy import Action
from bot.discord.answers import Said, in_place
from bot.discord.asking import asks
from bot.discord.bridge import Asked, WindowHandlers, service
from bot.discord.typed_input import files_in
from bot.features.publishing.picker import texts
from bot.features.publishing.picker.rules import PickRefused
from bot.features.publishing.picker.service import MediaPickerService
from bot.features.publishing.uploads.kind_rules import UploadRefused
from bot.model.language import tr
from bot.text.price_input import NotAPrice, cents_of
from cogs.publishing.picker_uploads import with_files
from cogs.publishing.picker_views import PickerPlace, press, shown, step_of

Window = Callable[[Asked, str, Mapping[str, str]], Awaitable[None]]


def windows_of(place: PickerPlace) -> WindowHandlers:
    """Its windows, by their actions."""
    return {
        f"{place.prefix}.search": _searched(place),
        f"{place.prefix}.price": _priced(place),
        f"{place.prefix}.upload": _uploaded(place),
        **({f"{place.prefix}.text": _written(place)} if place.writes else {}),
    }


def _searched(place: PickerPlace) -> Window:
    @asks(Action.MEDIA, place.about)
    async def sent(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
        words = fields.get("words", "")
        await press(asked, place, ref, lambda picker, port, step: picker.look_in(port, step, words=words))

    return sent


def _priced(place: PickerPlace) -> Window:
    @asks(Action.MEDIA, place.about)
    async def sent(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
        try:
            cents = cents_of(fields.get("price"))
        except NotAPrice as wrong:
            said = str(wrong)
            await press(asked, place, ref, lambda picker, port, step: picker.show(port, step, said))
            return
        await press(asked, place, ref, lambda picker, port, step: picker.price(port, step, cents))

    return sent


def _written(place: PickerPlace) -> Window:
    @asks(Action.MEDIA, place.about)
    async def sent(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
        text, files = fields.get("text", ""), files_in(asked, "files")

        async def deed() -> Said:
            step, port, notice = await step_of(asked, ref), place.port(asked), ""
            try:
                if files:
                    return await with_files(asked, port, step, files, text=text)
            except UploadRefused as refused:
                notice = str(refused)
            return shown(await service(asked, MediaPickerService).write(port, step, text, notice))

        await in_place(asked, deed)

    return sent


def _uploaded(place: PickerPlace) -> Window:
    @asks(Action.MEDIA, place.about)
    async def sent(asked: Asked, ref: str, _fields: Mapping[str, str]) -> None:
        files = files_in(asked, "files")

        async def deed() -> Said:
            step, port, notice = await step_of(asked, ref), place.port(asked), tr(texts.NO_FILES)
            try:
                if files:
                    return await with_files(asked, port, step, files)
            except (UploadRefused, PickRefused) as refused:
                notice = str(refused)
            return shown(await service(asked, MediaPickerService).show(port, step, notice))

        await in_place(asked, deed)

    return sent
