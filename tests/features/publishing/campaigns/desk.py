"""A desk's campaigns: there is one planned mass message."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.access.roles import MoneyView
from bot.features.publishing.campaigns.service import CampaignService
from bot.model.ports import Picture, Post
from storage.records import CreatorId, EffectId, Link
from tests.discord.desk import Desk, DeskServices


class DeskCampaigns:
    """Every creator has sent one."""

    async def show(self, link: Link, level: MoneyView) -> Post:
        return Post(body=("One planned mass message.",))

    async def compare(self, link: Link, level: MoneyView, *, last: int, figure: str) -> tuple[Post, Picture]:
        return Post(body=("One sent mass message.",)), Picture("campaigns.png", b"\x89PNG", "One bar.")

    async def waits_here(self, creator: CreatorId, ref: EffectId) -> bool:
        return False

    async def like(self, link: Link, typed: str, how: str) -> Sequence[tuple[str, str]]:
        return (("New set tonight!", "aaaaaaaa-bbbb"),)


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {CampaignService: DeskCampaigns()}
