"""Media and price of a draft: the picker over what many will read."""

from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, WindowHandlers, service
from bot.features.publishing.drafts.composition import DraftComposition
from cogs.publishing.draft_screens import by_composition
from cogs.publishing.picker_views import PickerPlace, buttons_of, lists_of, windows_of


def _composition(asked: Asked) -> DraftComposition:
    return service(asked, DraftComposition)


_PLACE = PickerPlace(_composition, DraftComposition.prefix, by_composition)
_OPEN = buttons_of(_PLACE)

# [Media and price], and [From the vault] under messages of earlier versions.
BUTTONS: ButtonHandlers = {
    **_OPEN,
    "compose.offer": _OPEN[f"{_PLACE.prefix}.open"],
    "compose.vault": _OPEN[f"{_PLACE.prefix}.open"],
}
LISTS: ListHandlers = lists_of(_PLACE)
WINDOWS: WindowHandlers = windows_of(_PLACE)
