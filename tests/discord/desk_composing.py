"""`Composing` of a desk: one draft of Mila's, which is everybody's."""

# ruff: noqa: ARG002 - the signatures are the ports'; a desk needs less than the real thing

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.access.permits import Permit
from bot.discord.uses_composing import DraftInputUses, DraftStep
from bot.engine.input_windows import InputWindowHolder
from bot.model.choices import Choice
from bot.model.ports import Post
from storage.records import CreatorId, DraftId, Link
from tests.discord.desk import MILA


@dataclass(frozen=True)
class DeskScreen:
    """A sentence."""

    post: Post
    choices: tuple[Choice, ...] = ()
    back: str = ""


@dataclass(frozen=True)
class DeskWritten:
    """Nothing yet."""

    text: str = ""
    price: str = ""
    media: str = ""
    preview: str = ""
    when: str = ""
    sought_to: str = ""
    sought_without: str = ""


class DeskComposing:
    """Says what it was told."""

    async def whose(self, ref: DraftId, holder: InputWindowHolder) -> CreatorId | None:
        return MILA

    async def open(self, step: DraftStep, typed: Mapping[str, str]) -> DeskScreen:
        return _said("A draft.")

    async def go_on(self, step: DraftStep) -> DeskScreen:
        return _said("The draft.")

    async def anew(self, step: DraftStep) -> DeskScreen:
        return _said("A new draft.")

    async def drop(self, step: DraftStep) -> DeskScreen:
        return _said("Thrown away.")

    async def written(self, step: DraftStep) -> DraftInputUses | None:
        return DeskWritten()

    async def choose(self, step: DraftStep, values: Sequence[str], *, without: bool) -> DeskScreen:
        return _said("Chosen.")

    async def find(self, step: DraftStep, to: str, without: str) -> DeskScreen:
        return _said("Found.")

    async def write(self, step: DraftStep, fields: Mapping[str, str]) -> DeskScreen:
        return _said("Written.")

    async def time(self, step: DraftStep, typed: str) -> DeskScreen:
        return _said("Timed.")

    async def templates(self, step: DraftStep, permit: Permit) -> DeskScreen:
        return _said("Templates.")

    async def fill(self, step: DraftStep, permit: Permit, wanted: str) -> DeskScreen:
        return _said("Filled.")

    async def vault(self, step: DraftStep, offered: Sequence[tuple[str, str]]) -> DeskScreen:
        return _said("The vault.")

    async def items(
        self, step: DraftStep, offered: Sequence[tuple[str, str]], values: Sequence[str], *, cover: bool
    ) -> DeskScreen:
        return _said("Items.")

    async def leaving(self, step: DraftStep) -> DeskScreen:
        return _said("Who is left out.")

    async def leave(self, step: DraftStep, values: Sequence[str]) -> DeskScreen:
        return _said("Left out.")

    async def ready(self, step: DraftStep) -> Mapping[str, Any] | None:
        return {}

    async def before(self, step: DraftStep, content: Mapping[str, Any], permit: Permit) -> str:
        return ""

    async def look(self, step: DraftStep, link: Link, interaction: str) -> DeskScreen | None:
        return None

    async def say(self, step: DraftStep, sentence: str) -> DeskScreen:
        return _said(sentence)


def _said(sentence: str) -> DeskScreen:
    return DeskScreen(Post(body=(sentence,)))
