"""`Notes` of a desk: a list for each thread."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.features.inbox.notes.search_service import FanSearchService
from bot.features.inbox.notes.service import NoteService
from bot.features.inbox.notes.tag_service import FanTagService
from bot.model.ports import Post
from storage.records import DiscordId, DraftId
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_answers import answering


class DeskNotes:
    """Knows what was written down where; a note's key is its place, in as many letters as a key has."""

    def __init__(self) -> None:
        self.kept: dict[DiscordId, dict[str, str]] = {}

    async def page(self, channel: DiscordId, number: int = 0) -> Post:
        return Post(body=(f"Page {number}", *self.kept.get(channel, {}).values()))

    async def add(self, actor: DiscordId, channel: DiscordId, text: str) -> Post:
        kept = self.kept.setdefault(channel, {})
        kept[f"{len(kept):022d}"] = text
        return Post(body=(f"Noted by {actor}.",))

    async def begin(self, actor: DiscordId, channel: DiscordId, note: str) -> tuple[DraftId, str] | None:
        return DraftId(note), self.kept.get(channel, {}).get(note, "What is known.")

    async def edit(self, actor: DiscordId, channel: DiscordId, window: DraftId, text: str) -> Post:
        self.kept.setdefault(channel, {})[window] = text
        return Post(body=(f"Changed by {actor}.",))

    async def remove(self, actor: DiscordId, channel: DiscordId, note: str) -> str:
        self.kept.get(channel, {}).pop(note, None)
        return f"Removed by {actor}."

    async def suggest(self, channel: DiscordId, typed: str) -> Sequence[tuple[str, str]]:
        return [("What is known.", "0" * 22)]


class DeskTags:
    """Everybody is new here."""

    def __init__(self) -> None:
        self.kept: set[tuple[DiscordId, str]] = set()

    async def add(self, actor: DiscordId, channel: DiscordId, typed: str) -> str:
        self.kept.add((channel, typed))
        return f"Tagged by {actor}."

    async def remove(self, actor: DiscordId, channel: DiscordId, typed: str) -> str:
        self.kept.discard((channel, typed))
        return f"Taken away by {actor}."

    async def offer_known(self, channel: DiscordId, typed: str) -> Sequence[str]:
        return ["new"]

    async def offer_held(self, channel: DiscordId, typed: str) -> Sequence[str]:
        return ["new"]


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return answering(
        FanSearchService, find=lambda creators, typed: Post(body=(f"{typed}: nobody of {len(creators)}.",))
    ) | {FanTagService: DeskTags(), NoteService: DeskNotes()}
