"""A desk's followed posts, and the buttons in their threads."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.features.publishing.post_threads.follow_service import PostFollowService
from bot.features.publishing.post_threads.service import PostThreadService
from bot.model.ports import Post
from tests.discord.desk import Desk, DeskServices


class DeskPostcards:
    """Whether posts are followed, and the buttons in their threads; both in one."""

    async def set(self, permit: Permit, *, on: bool) -> str:
        return "Followed." if on else "Not followed."

    async def post_of(self, ref: str) -> str | None:
        return "11111111-2222-4333-8444-555555555555"

    async def answered(self, ref: str) -> str:
        return ""

    async def figures(self, ref: str, level: MoneyView) -> Post | str:
        return Post(body=("Figures.",))


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskPostcards()
    return {PostFollowService: one, PostThreadService: one}
