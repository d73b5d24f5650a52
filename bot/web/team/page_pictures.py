"""Which pictures the page may show: the forum's rule on Discord is the page's."""

from collections.abc import Mapping, Sequence

from bot.access.policy import Action
from bot.fanvue.figures import MediaRow
from bot.features.publishing.picker.vault_pictures import VaultPictures
from bot.model.errors import DeliveryFailed
from bot.relay.redaction import Restricted
from bot.web.team.patience import Pause, patiently
from bot.web.team.views import ViewRequest
from storage.database import Database
from storage.inbox import forums
from storage.records import Link, MediaId


class PagePictures:
    """Only for those who may open the vault, as the table said for this very request."""

    def __init__(
        self, pictures: VaultPictures, *, restricted: Restricted, database: Database, pause: Pause
    ) -> None:
        """`restricted`: whether a forum is for adults only. Raises what asking Discord raises."""
        self._pictures = pictures
        self._restricted = restricted
        self._database = database
        self._pause = pause

    async def shown(self, asked: ViewRequest) -> bool:
        """Whether the creator's forum is age-restricted, as Discord asks for where media are shown."""
        forum = await self._database.read(lambda tx: forums.of_creator(tx, asked.creator))
        if forum is None:
            return False
        try:
            return await patiently(lambda: self._restricted(forum.id), self._pause)
        except DeliveryFailed:
            return False

    async def rows(self, asked: ViewRequest, media: Sequence[MediaId]) -> Mapping[MediaId, MediaRow]:
        """These items with their forms, as far as Fanvue says."""
        link = _vault_of(asked)
        return {} if link is None else await self._pictures.rows(link, media)

    async def picture(self, asked: ViewRequest, media: MediaId) -> bytes | None:
        """One as JPEG; None: there is none to show."""
        link = _vault_of(asked)
        if link is None or not await self.shown(asked):
            return None
        return await self._pictures.of(link, media)


def _vault_of(asked: ViewRequest) -> Link | None:
    """By which link this reader may look into it."""
    permit = asked.permits.get(Action.MEDIA)
    return None if permit is None else permit.link
