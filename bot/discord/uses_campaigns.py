"""What commands need of the board of mass messages."""

from collections.abc import Sequence
from typing import Protocol

from bot.access.roles import MoneyView
from bot.model.ports import Picture, Post
from storage.records import EffectId, Link


class CampaignUses(Protocol):
    """Mass messages as Fanvue lists them. Refusals are raised with a sentence."""

    async def show(self, link: Link, level: MoneyView) -> Post:
        """The newest ones; `level`: how exactly whoever asks sees figures."""

    async def compare(self, link: Link, level: MoneyView, *, last: int, figure: str) -> tuple[Post, Picture]:
        """The last ones that went out, side by side as a picture; `figure`: which."""

    async def message_of(self, effect: EffectId) -> str | None:
        """The id on Fanvue of what this effect sent or planned; None: it did not, or not yet."""

    async def like(self, link: Link, typed: str, how: str) -> Sequence[tuple[str, str]]:
        """What to offer while one is chosen, words and value; `how`: change, cancel or recall."""
