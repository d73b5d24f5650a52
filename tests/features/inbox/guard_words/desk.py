"""The services of forbidden words at a desk: no word is forbidden."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping

from bot.access.permits import ActionConfirmation, Permit
from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard_words.import_service import GuardWordImportService
from bot.features.inbox.guard_words.service import GuardWordExport, GuardWordService
from bot.model.ports import Post
from storage.records import DraftId
from tests.discord.desk import Desk, DeskServices


class DeskGuardWords:
    """Lists that say what they were asked."""

    async def show(self, permit: Permit) -> Post:
        return Post(body=("No words yet.",))

    async def like(self, permit: Permit, typed: str) -> list[tuple[str, str]]:
        return [("real name (block)", "own:real name")]

    async def add(self, permit: Permit, phrase: str, level: str, *, shared: bool) -> str:
        return f"{phrase}: {level}."

    async def remove(self, permit: Permit, wanted: str) -> str:
        return f"{wanted} is off."

    async def export(self, permit: Permit, *, shared: bool) -> GuardWordExport:
        return GuardWordExport(b"block: real name\n", 1)

    async def test(self, permit: Permit, text: str) -> Mapping[str, GuardLevel]:
        return {}

    async def ask(self, permit: Permit, content: bytes, *, shared: bool) -> Post:
        return Post(body=("1 new.",))

    async def yes(self, yes: ActionConfirmation, *, replace: bool) -> str:
        return "Done."

    async def no(self, permit: Permit, ref: DraftId) -> str:
        return "Not imported."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskGuardWords()
    return {GuardWordService: one, GuardWordImportService: one}
