"""Posts and vault media of one creator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.fanvue.calls import ApiCaller, flat, given, joined
from bot.fanvue.chats_api import found
from bot.fanvue.errors import RequestInvalid
from bot.fanvue.figures import CollectionRow, FolderRow, MediaRow, PostRow
from bot.fanvue.paging import ApiPage, Pages, Query, as_one_page, page_of, rows_of
from bot.fanvue.rows import answer
from bot.fanvue.values import iso_of
from storage.records import Cents, FanId, MediaId, Millis

_MOST_PAGES = 10


@dataclass(frozen=True)
class NewPost:
    """A post to be made; a price (>= 300) needs media."""

    audience: str  # subscribers, followers-and-subscribers
    text: str | None = None
    media: tuple[MediaId, ...] = ()
    price: Cents | None = None
    preview: MediaId | None = None
    publish_at: Millis | None = None
    expires_at: Millis | None = None
    collections: tuple[str, ...] = ()


class PostsApi:
    """Methods on `/posts` and `/media`."""

    def __init__(self, caller: ApiCaller) -> None:
        self._caller = caller

    async def create(self, post: NewPost) -> PostRow:
        """Make or schedule a post. It knows no Idempotency-Key: after Unclear only the list tells."""
        body = given(
            audience=post.audience,
            text=post.text,
            mediaUuids=list(post.media) or None,
            price=post.price,
            mediaPreviewUuid=post.preview,
            publishAt=None if post.publish_at is None else iso_of(post.publish_at),
            expiresAt=None if post.expires_at is None else iso_of(post.expires_at),
            collectionUuids=list(post.collections) or None,
        )
        return answer(PostRow, await self._caller.call(self._caller.road("create_post"), body=body))

    def list(self, *, unpublished: bool = True) -> Pages[PostRow]:
        """Posts, pinned ones first; with drafts and scheduled ones unless told otherwise."""
        filters = flat(includeUnpublished="true" if unpublished else "false")
        return self._caller.pages("posts", PostRow, filters=filters)

    def collections(self) -> Pages[CollectionRow]:
        """The creator's collections of posts; Fanvue tells them to the creator's own account only."""
        return self._caller.pages("collections", CollectionRow)

    async def get(self, post: str) -> PostRow:
        return answer(PostRow, await self._caller.call(self._caller.road("post"), parts={"uuid": post}))

    def media(
        self,
        *,
        kind: str | None = None,
        folder: str | None = None,
        bought_by: FanId | None = None,
        status: Sequence[str] = (),
        variants: Sequence[str] = (),
        begin: Query | None = None,
    ) -> Pages[MediaRow]:
        """The vault, from its beginning or behind an earlier page. Addresses come only with `variants`."""
        filters = flat(
            mediaType=kind,
            folderName=folder,
            purchasedBy=bought_by,
            status=joined(status),
            variants=joined(variants),
        )
        return self._caller.pages("media", MediaRow, filters=filters, begin=begin)

    async def folders(self) -> ApiPage[FolderRow]:
        """The folders of the vault, as far as ten pages tell of them.

        Fanvue's own file names no pages of this list: where they are refused, it is asked for without.
        """
        try:
            return await as_one_page(self._caller.pages("vault_folders", FolderRow), most_pages=_MOST_PAGES)
        except RequestInvalid:
            return page_of(FolderRow, rows_of(await self._caller.call(self._caller.road("vault_folders"))))

    async def media_item(
        self, media: MediaId, *, bought_by: FanId | None = None, variants: Sequence[str] = ()
    ) -> MediaRow:
        reply = await self._caller.call(
            self._caller.road("media_item"),
            parts={"uuid": media},
            query=flat(purchasedBy=bought_by, variants=joined(variants)),
        )
        return answer(MediaRow, reply)

    async def media_bulk(
        self, media: Sequence[MediaId], *, variants: Sequence[str] = ()
    ) -> Mapping[MediaId, MediaRow]:
        """Read up to 20 vault items with one request; those not found are absent."""
        query = flat(mediaUuids=joined(media), variants=joined(variants))
        return found(await self._caller.call(self._caller.road("media_bulk"), query=query))
