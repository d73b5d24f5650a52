"""What commands and buttons need of a creator's vault."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.model.choices import Choice
from bot.model.ports import Picture, Post
from storage.records import CreatorId, DiscordId, FanId, FanvueMessageId, Link, LinkId, MediaId


class MediaPageUses(Protocol):
    """A page of a vault, and what of it can be chosen."""

    @property
    def post(self) -> Post:
        """What is shown."""

    @property
    def choice(self) -> Choice | None:
        """What can be chosen; None on an empty page."""

    @property
    def pick(self) -> Choice | None:
        """What can be picked; None where nothing of a page can be sent."""


class MessageMediaUses(Protocol):
    """The media of a message. Who may see it is checked before; it never fails."""

    async def pictures(
        self, link: Link | None, fan: FanId, message: FanvueMessageId, *, adult: bool
    ) -> tuple[Sequence[str], Sequence[Picture]]:
        """Sentences about the media, and their previews, only where the channel is for adults.

        `link`: of the creator, as the asking person uses it; None where nobody has connected it.
        """


class MediaUses(Protocol):
    """Vaults. Whose they are is checked before. Refusals are raised with a sentence."""

    @property
    def messages(self) -> MessageMediaUses:
        """What goes with messages, in a vault or not."""

    async def browse(
        self,
        link: Link,
        owner: DiscordId,
        *,
        kind: str | None,
        folder: str | None,
        search: str,
        fan: FanId | None,
        bundles: bool,
    ) -> MediaPageUses:
        """The first page of what is wanted; what `fan` has bought is marked. `bundles`: they may keep."""

    async def turn(self, ref: str, owner: DiscordId, own: Collection[LinkId]) -> MediaPageUses:
        """The page that a button leads to; `own`: the person's links at this moment."""

    async def items(
        self, ref: str, which: Sequence[str], owner: DiscordId, own: Collection[LinkId], *, adult: bool
    ) -> tuple[Post, Sequence[Picture]]:
        """Items of a page; previews only where the channel is for adults."""

    async def pick(
        self, ref: str, which: Sequence[str], owner: DiscordId, own: Collection[LinkId]
    ) -> MediaPageUses:
        """These of a page are picked."""

    def picked(self, ref: str, owner: DiscordId, own: Collection[LinkId]) -> tuple[Link, Sequence[MediaId]]:
        """What a button is about, and in whose vault it lies."""

    def creator_of(self, ref: str, owner: DiscordId) -> CreatorId | None:
        """In whose vault somebody's open list lies."""

    async def suggest(self, link: Link, typed: str, *, several: bool) -> Sequence[tuple[str, str]]:
        """Items to offer: what is shown, and what is sent."""

    async def names(self, link: Link) -> Mapping[str, str]:
        """What the newest items are called, by their ids."""

    async def lines(self, link: Link, media: Sequence[MediaId], *, short: bool) -> Mapping[str, str] | None:
        """What these items are, safe to be shown; what is gone is absent. None where nobody can tell."""

    async def folders(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        """Folders to offer, likewise."""
