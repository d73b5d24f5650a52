"""The picker of a desk: every vault looks empty."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.features.publishing.picker.model import PickerStep
from bot.features.publishing.picker.ports import CompositionPort
from bot.features.publishing.picker.service import MediaPickerService, PickerScreen
from bot.model.ports import Post
from storage.records import Cents, CommandId, TemplateId
from tests.discord.desk import Desk, DeskServices

_EMPTY = PickerScreen(Post(body=("The vault is empty.",)))


class DeskPicker:
    """`MediaPickerService` of a desk."""

    async def show(self, port: CompositionPort, step: PickerStep, notice: str = "") -> PickerScreen:
        return _EMPTY

    async def toggle(self, port: CompositionPort, step: PickerStep, page: str, number: int) -> PickerScreen:
        return _EMPTY

    async def turn(self, port: CompositionPort, step: PickerStep, by: int) -> PickerScreen:
        return _EMPTY

    async def look_in(
        self, port: CompositionPort, step: PickerStep, *, folder: str | None = None, words: str = ""
    ) -> PickerScreen:
        return _EMPTY

    async def take(self, port: CompositionPort, step: PickerStep, template: TemplateId) -> PickerScreen:
        return _EMPTY

    async def price(self, port: CompositionPort, step: PickerStep, cents: Cents | None) -> PickerScreen:
        return _EMPTY

    async def write(
        self, port: CompositionPort, step: PickerStep, text: str, notice: str = ""
    ) -> PickerScreen:
        return _EMPTY

    async def attach(
        self, port: CompositionPort, step: PickerStep, files: CommandId, text: str | None = None
    ) -> None:
        """Nothing waits for them."""

    async def preview(self, port: CompositionPort, step: PickerStep, place: int | None) -> PickerScreen:
        return _EMPTY

    async def clear(self, port: CompositionPort, step: PickerStep) -> PickerScreen:
        return _EMPTY

    async def trouble(self, port: CompositionPort, step: PickerStep, send: str) -> PickerScreen | None:
        return None


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {MediaPickerService: DeskPicker()}
