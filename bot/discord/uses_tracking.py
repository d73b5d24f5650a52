"""What commands need of a creator's tracking links."""

from collections.abc import Sequence
from typing import Protocol

from bot.access.roles import MoneyView
from bot.model.ports import Post
from storage.records import Link


class TrackingUses(Protocol):
    """Lists of tracking links. Whether they may be seen was asked before."""

    async def page(self, link: Link, number: int) -> Post | str:
        """One page of them; or why there is none."""

    async def show(self, link: Link, typed: str, level: MoneyView) -> Post | str:
        """One with its figures; `level`: how exactly whoever asks sees figures."""

    async def fans(self, link: Link, typed: str, number: int) -> Post | str:
        """Who came by one."""

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        """Links that fit what is typed, words and id."""


class NoTracking:
    """No links: what holds until `bot.app.command_services` passes in better."""

    async def page(self, _link: Link, _number: int, /) -> Post | str:
        """None."""
        return "There are no tracking links."

    async def show(self, _link: Link, _typed: str, _level: MoneyView, /) -> Post | str:
        """None."""
        return "There are no tracking links."

    async def fans(self, _link: Link, _typed: str, _number: int, /) -> Post | str:
        """None."""
        return "There are no tracking links."

    async def like(self, _link: Link, _typed: str, /) -> Sequence[tuple[str, str]]:
        """None."""
        return ()
