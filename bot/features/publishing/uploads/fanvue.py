"""A vault on Fanvue that files go into: one attempt each, in the relay's words."""

from collections.abc import AsyncIterator, Sequence

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.creator_calls import CreatorCalls
from bot.fanvue.errors import ObjectNotFound
from bot.fanvue.outcomes import as_outcomes
from bot.fanvue.part_store import PartStore
from bot.fanvue.uploads_api import UploadSession
from bot.features.publishing.uploads.bodies import UploadBody
from bot.features.publishing.uploads.ports import READY, UNTOLD, StartedUpload
from bot.model.acting_account import Identity
from storage.records import CreatorId, MediaId

_PART = 16 * 1024 * 1024  # where Fanvue does not say how a file is to be cut


class FanvueUploadVault(CreatorCalls):
    """A creator's vault. One attempt each, all of them safe to repeat; raises `DeliveryFailed`.

    TryLater where a repeat may help, else Refused or Gone.
    """

    def __init__(self, fanvue: FanvueClient, identity: Identity, store: PartStore) -> None:
        """`identity` says whose account speaks for a creator."""
        super().__init__(fanvue, identity)
        self._store = store

    async def begin(self, creator: CreatorId, body: UploadBody, size: int) -> StartedUpload:
        """An unclear one leaves an upload that nobody uses, and nothing in the vault."""
        api = await self._uploading(creator)
        with as_outcomes(reading=True):
            session = await api.uploads.begin(
                name=body.name, filename=body.filename, kind=body.kind, size=size
            )
        return StartedUpload(session.media_uuid, session.upload_id, part_size(session, size))

    async def send(
        self, creator: CreatorId, upload: str, number: int, chunks: AsyncIterator[bytes], size: int
    ) -> str:
        """Each attempt asks for a fresh address, so none is ever kept."""
        api = await self._uploading(creator)
        with as_outcomes(reading=True):
            address = await api.uploads.part_address(upload, number)
            return await self._store.put(address, chunks, size)

    async def finish(self, creator: CreatorId, upload: str, etags: Sequence[str]) -> None:
        """Whether an unclear one arrived, the item's status says."""
        api = await self._uploading(creator)
        with as_outcomes(reading=True):
            await api.uploads.finish(upload, etags)

    async def put_in_folder(self, creator: CreatorId, media: MediaId, folder: str) -> None:
        """An item that is in it already is in it once."""
        api = await self._uploading(creator)
        with as_outcomes(reading=True):
            await api.uploads.put_in_folder(media, folder)

    async def status(self, creator: CreatorId, media: MediaId) -> str | None:
        """Without a readable status, infer it: until an item is ready, nothing else is told."""
        api = await self._uploading(creator)
        with as_outcomes(reading=True):
            try:
                item = await api.posts.media_item(media)
            except ObjectNotFound:
                return None
        return item.status or (UNTOLD if item.media_type is None else READY)

    async def _uploading(self, creator: CreatorId) -> IdentityApi:
        # A long file asks for hundreds of addresses: no reply, sweep or look into the vault waits for them.
        return await self._api(creator, RequestLane.REPORTS)


def part_size(session: UploadSession, size: int) -> int:
    """The size of each part, except the last one (pure)."""
    told = session.part_size or 0
    if told <= 0:
        told = -(-size // session.total_parts) if (session.total_parts or 0) > 0 else _PART  # type: ignore[operator]
    most = session.max_parts or 0
    return max(told, -(-size // most)) if most > 0 else told
