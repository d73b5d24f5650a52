"""`Composing` of a desk: one draft of Mila's, which is everybody's."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping, Sequence
from typing import Any

from bot.access.permits import Permit
from bot.engine.input_windows import InputWindowHolder
from bot.features.publishing.drafts.composition import DraftComposition
from bot.features.publishing.drafts.model import DraftContent, DraftStep
from bot.features.publishing.drafts.service import DraftService
from bot.features.publishing.drafts.texts import DraftScreen
from bot.features.publishing.picker.model import Change, PickedMessage, PickerStep
from bot.features.publishing.proposals.model import Also, nothing_else
from bot.model.ports import MessageToFan, Post
from storage.records import CreatorId, DraftId, Link
from tests.discord.desk import MILA, Desk, DeskServices


class DeskComposing:
    """Says what it was told."""

    async def whose(self, ref: DraftId, holder: InputWindowHolder) -> CreatorId | None:
        return MILA

    async def open(
        self,
        step: DraftStep,
        typed: Mapping[str, str],
        *,
        also: Also = nothing_else,
        drafted: Mapping[str, Any] | None = None,
    ) -> DraftScreen:
        return _said("A draft.")

    async def go_on(self, step: DraftStep) -> DraftScreen:
        return _said("The draft.")

    async def anew(self, step: DraftStep) -> DraftScreen:
        return _said("A new draft.")

    async def drop(self, step: DraftStep) -> DraftScreen:
        return _said("Discarded.")

    async def written(self, step: DraftStep) -> DraftContent | None:
        return DraftContent()

    async def choose(self, step: DraftStep, values: Sequence[str], *, without: bool) -> DraftScreen:
        return _said("Chosen.")

    async def find(self, step: DraftStep, to: str, without: str) -> DraftScreen:
        return _said("Found.")

    async def write(self, step: DraftStep, fields: Mapping[str, str], note: str = "") -> DraftScreen:
        return _said("Written.")

    async def time(self, step: DraftStep, typed: str) -> DraftScreen:
        return _said("Timed.")

    async def templates(self, step: DraftStep, permit: Permit) -> DraftScreen:
        return _said("Templates.")

    async def fill(self, step: DraftStep, permit: Permit, wanted: str) -> DraftScreen:
        return _said("Filled.")

    async def vault(self, step: DraftStep, offered: Sequence[tuple[str, str]]) -> DraftScreen:
        return _said("The vault.")

    async def items(
        self, step: DraftStep, offered: Sequence[tuple[str, str]], values: Sequence[str], *, cover: bool
    ) -> DraftScreen:
        return _said("Items.")

    async def leaving(self, step: DraftStep) -> DraftScreen:
        return _said("Who is left out.")

    async def leave(self, step: DraftStep, values: Sequence[str]) -> DraftScreen:
        return _said("Left out.")

    async def ready(self, step: DraftStep) -> Mapping[str, Any] | None:
        return {}

    async def before(self, step: DraftStep, content: Mapping[str, Any], permit: Permit) -> str:
        return ""

    async def look(self, step: DraftStep, link: Link, interaction: str) -> DraftScreen | None:
        return None

    async def say(self, step: DraftStep, sentence: str) -> DraftScreen:
        return _said(sentence)


class DeskDraftMedia:
    """`DraftComposition` of a desk."""

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        return change(PickedMessage(step.ref, MessageToFan("hello")))


def _said(sentence: str) -> DraftScreen:
    return DraftScreen(Post(body=(sentence,)))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {DraftService: DeskComposing(), DraftComposition: DeskDraftMedia()}
