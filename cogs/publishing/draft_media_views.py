"""Media and price of a draft, and its text with files."""

from collections.abc import Mapping, Sequence

from bot.access.policy import Action
from bot.discord.answers import Said, in_place
from bot.discord.asking import asks
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, WindowHandlers, service
from bot.discord.typed_input import WindowFile, files_in
from bot.features.publishing.drafts.composition import DraftComposition
from bot.features.publishing.drafts.service import DraftService
from bot.features.publishing.picker.rules import PickRefused
from bot.features.publishing.uploads.kind_rules import UploadRefused
from cogs.publishing.draft_screens import by_composition, shown, step_of
from cogs.publishing.picker_uploads import with_files
from cogs.publishing.picker_views import PickerPlace, buttons_of, lists_of
from cogs.publishing.picker_views import step_of as picker_step_of
from cogs.publishing.picker_window_views import windows_of


def _composition(asked: Asked) -> DraftComposition:
    return service(asked, DraftComposition)


_PLACE = PickerPlace(_composition, DraftComposition.prefix, by_composition)
_OPEN = buttons_of(_PLACE)


@asks(Action.COMPOSE, by_composition)
async def submitted_text(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    """A text was written, perhaps with files; or media and a price, in a window of an earlier version."""
    files = files_in(asked, "files")

    async def deed() -> Said:
        note = ""
        try:
            if files:
                return await _with_files(asked, ref, fields.get("text", ""), files)
        except (UploadRefused, PickRefused) as refused:
            note = str(refused)
        return shown(await service(asked, DraftService).write(step_of(asked, ref), fields, note))

    await in_place(asked, deed)


async def _with_files(asked: Asked, ref: str, text: str, files: Sequence[WindowFile]) -> Said:
    """[Go on] leads to the draft: not everybody who uploads may look into the vault."""
    step = await picker_step_of(asked, ref)
    return await with_files(asked, _composition(asked), step, files, text=text, back="compose.go")


# [Media and price], and [From the vault] under messages of earlier versions.
BUTTONS: ButtonHandlers = {
    **_OPEN,
    "compose.offer": _OPEN[f"{_PLACE.prefix}.open"],
    "compose.vault": _OPEN[f"{_PLACE.prefix}.open"],
}
LISTS: ListHandlers = lists_of(_PLACE)
WINDOWS: WindowHandlers = {
    **windows_of(_PLACE),
    "compose.write": submitted_text,
    "compose.offer": submitted_text,
}
