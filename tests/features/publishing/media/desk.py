"""`Media` of a desk: every vault looks empty."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Collection, Mapping, Sequence

from bot.features.publishing.media.answer_service import MediaAnswerService, OpenMediaAnswer
from bot.features.publishing.media.creator_pictures import CreatorPictures
from bot.features.publishing.media.message_service import MediaRequest, MessageMediaService, ShownMedia
from bot.features.publishing.media.service import MediaPage, MediaService
from bot.model.ports import Picture, Post
from storage.records import CreatorId, DiscordId, FanId, Link, LinkId, LinkState, MediaId
from tests.discord.desk import MILA, Desk, DeskServices

_LINK = Link(
    LinkId("link-of-mila"), MILA, DiscordId(1), DiscordId(1), 1, LinkState.ACTIVE, "read:media", "mila"
)


class DeskMessages:
    """No message has media."""

    async def shown(self, asked: MediaRequest) -> ShownMedia:
        return ShownMedia(())


class DeskMediaAnswers:
    """None is open."""

    def turned(self, ref: str) -> OpenMediaAnswer | None:
        return None


class DeskMedia:
    """`Media` of a desk: every vault looks empty."""

    async def browse(
        self,
        link: Link,
        owner: DiscordId,
        *,
        kind: str | None = None,
        folder: str | None = None,
        search: str = "",
        fan: FanId | None = None,
        bundles: bool = False,
    ) -> MediaPage:
        return MediaPage(Post(body=("The vault is empty.",)), choice=None)

    async def turn(self, ref: str, owner: DiscordId, own: Collection[LinkId]) -> MediaPage:
        return MediaPage(Post(body=("The vault is empty.",)), choice=None)

    async def items(
        self, ref: str, which: Sequence[str], owner: DiscordId, own: Collection[LinkId], *, adult: bool
    ) -> tuple[Post, Sequence[Picture]]:
        return Post(body=("An item.",)), ()

    async def pick(
        self, ref: str, which: Sequence[str], owner: DiscordId, own: Collection[LinkId]
    ) -> MediaPage:
        return MediaPage(Post(body=("The vault is empty.",)), choice=None)

    def picked(self, ref: str, owner: DiscordId, own: Collection[LinkId]) -> tuple[Link, Sequence[MediaId]]:
        return _LINK, (MediaId("11111111-2222-4333-8444-555555555555"),)

    def creator_of(self, ref: str, owner: DiscordId) -> CreatorId | None:
        return MILA

    async def suggest(self, link: Link, typed: str, *, several: bool) -> Sequence[tuple[str, str]]:
        return (("Beach", "11111111-2222-4333-8444-555555555555"),)

    async def names(self, link: Link) -> Mapping[str, str]:
        return {}

    async def lines(self, link: Link, media: Sequence[MediaId], *, short: bool) -> Mapping[str, str] | None:
        return None

    async def folders(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        return (("Summer", "Summer"),)


class DeskPictures:
    """Nobody has a picture."""

    async def of(self, creators: Sequence[CreatorId]) -> Mapping[CreatorId, bytes]:
        return {}


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {
        CreatorPictures: DeskPictures(),
        MediaAnswerService: DeskMediaAnswers(),
        MediaService: DeskMedia(),
        MessageMediaService: DeskMessages(),
    }
