"""A desk's schedule: nothing waits for its time."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping

from bot.features.inbox.scheduled.service import ScheduledReplyService
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId, EffectId
from tests.discord.desk import Desk, DeskServices


class DeskScheduled:
    """Replies that nobody schedules."""

    async def listed(self, leads: Mapping[CreatorId, bool], actor: DiscordId, guild: DiscordId) -> Post:
        return Post(title="Scheduled replies", body=("No scheduled replies.",))

    async def cancel(self, ref: EffectId, actor: DiscordId, *, leads: bool) -> str:
        return "Cancelled. Not sent."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {ScheduledReplyService: DeskScheduled()}
