"""A desk's snoozes: it says until when, and nobody is on any page."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Collection, Mapping, Sequence

from bot.access.roles import MoneyView
from bot.engine.input_windows import InputWindowHolder
from bot.features.inbox.snooze.bulk_service import BulkSnoozeQuestion, BulkSnoozeService
from bot.features.inbox.snooze.service import SnoozeService
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId, DraftId
from tests.discord.desk import Desk, DeskServices


class DeskAside:
    """`Aside` of a desk: says what it was told."""

    async def snooze(self, actor: DiscordId, channel: DiscordId, typed: str) -> str:
        return f"Snoozed until {typed}."

    async def close(self, actor: DiscordId, channel: DiscordId) -> str:
        return "Closed."

    async def reopen(self, actor: DiscordId, channel: DiscordId) -> str:
        return "Open."

    async def times(self, creator: CreatorId) -> Sequence[tuple[str, str]]:
        return [("For 1 hour", "in 1 hour")]


class DeskSeveral:
    """`Several` of a desk: nobody is on any page."""

    async def whom(
        self,
        of: Mapping[CreatorId, MoneyView],
        holder: InputWindowHolder,
        page: str,
        may: Collection[CreatorId],
    ) -> BulkSnoozeQuestion:
        return BulkSnoozeQuestion(Post(body=(f"Whom? {len(may)} may be asked about.",)))

    async def until(
        self, holder: InputWindowHolder, ref: DraftId, chosen: Sequence[str], may: Collection[CreatorId]
    ) -> BulkSnoozeQuestion:
        return BulkSnoozeQuestion(Post(body=("Until when?",)))

    async def put_off(
        self, holder: InputWindowHolder, ref: DraftId, typed: str, may: Collection[CreatorId]
    ) -> Post:
        return Post(body=(f"Until {typed}.",))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {BulkSnoozeService: DeskSeveral(), SnoozeService: DeskAside()}
