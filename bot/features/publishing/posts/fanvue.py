"""A creator's posts and vault on Fanvue: one attempt each, in the relay's words."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import IdentityApi
from bot.fanvue.creator_calls import CreatorCalls
from bot.fanvue.errors import FanvueError, ObjectNotFound, OperationNotOffered, RequestInvalid, RequestUnclear
from bot.fanvue.figures import MediaRow, PostRow
from bot.fanvue.outcomes import as_outcomes, outcome
from bot.fanvue.paging import SkippedRow, as_one_page, may_be_from
from bot.fanvue.posts_api import NewPost
from bot.features.publishing.posts.match_rules import made_at
from bot.features.publishing.posts.plan_rules import Collection, PlannedPost, PostFile
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown
from bot.model.language import english, msgid
from bot.relay.send_match import SKEW
from storage.records import CreatorId, MediaId, Millis

_AT_ONCE = 20  # Fanvue: so many media with one request
_MOST_PAGES = 10
_LOST = msgid("Fanvue's answer did not arrive, so we check the posts there first.")


@dataclass(frozen=True)
class RecentPosts:
    """Posts of a stretch of time, and what of it cannot be read."""

    rows: Sequence[PostRow]
    unread: Sequence[SkippedRow]


class FanvuePosts(CreatorCalls):
    """Every method raises one of the four errors of `bot.model.errors`."""

    async def create(self, creator: CreatorId, post: PlannedPost, *, voice: CallAccount | None = None) -> str:
        """Publish or schedule it with one request; its id on Fanvue. Unknown when it may have arrived.

        `voice`: the acting account; None: the one that acts for the creator by itself.
        """
        api = await self._api(creator, RequestLane.REPLY, voice)
        wanted = NewPost(
            audience=post.audience,
            text=post.text,
            media=post.media,
            price=post.price,
            preview=post.preview,
            publish_at=post.publish_at,
            expires_at=post.expires_at,
            collections=tuple(uuid for uuid, _ in post.collections),
        )
        try:
            return (await api.posts.create(wanted)).uuid
        except FanvueError as error:
            raise _not_made(error) from error

    async def recent(self, creator: CreatorId, *, since: Millis) -> RecentPosts:
        """Posts in any state down to those that are older; pinned ones come first, of any age."""
        api = await self._api(creator, RequestLane.SETTLE)
        found: list[PostRow] = []
        unread: list[SkippedRow] = []
        pages = 0
        with as_outcomes(reading=True):
            async with aclosing(api.posts.list()) as listed:
                async for page in listed:
                    found += page.rows
                    unread += may_be_from(page.skipped, since - SKEW)
                    pages += 1
                    if pages == _MOST_PAGES or _all_older(page.rows, since - SKEW):
                        break
        return RecentPosts(found, unread)

    async def collections(self, creator: CreatorId) -> Sequence[Collection]:
        """The creator's collections, as far as ten pages tell of them."""
        api = await self._api(creator, RequestLane.REPLY)
        with as_outcomes(reading=True):
            found = await as_one_page(api.posts.collections(), most_pages=_MOST_PAGES)
        return [(row.uuid, row.label) for row in found.rows if row.label]

    async def vault(self, creator: CreatorId, media: Sequence[MediaId]) -> dict[MediaId, PostFile]:
        """Those of these files that the creator has."""
        if not media:
            return {}
        api = await self._api(creator, RequestLane.REPLY)
        found: dict[MediaId, MediaRow] = {}
        with as_outcomes(reading=True):
            try:
                for start in range(0, len(media), _AT_ONCE):
                    found |= await api.posts.media_bulk(media[start : start + _AT_ONCE])
            except OperationNotOffered:
                found = await self._one_by_one(api, media)
        return {
            item: PostFile(row.status, row.media_type, row.name or row.caption) for item, row in found.items()
        }

    async def _one_by_one(self, api: IdentityApi, media: Sequence[MediaId]) -> dict[MediaId, MediaRow]:
        """Read a managed creator's vault item by item: Fanvue does not read several at once."""
        found: dict[MediaId, MediaRow] = {}
        for item in media:
            try:
                found[item] = await api.posts.media_item(item)
            except ObjectNotFound:
                continue
        return found


def _all_older(rows: Sequence[PostRow], than: Millis) -> bool:
    """Whether the list has come to what lies before, so that nothing newer can follow."""
    ages = [made_at(row) for row in rows if not row.is_pinned]
    return bool(ages) and all(age is not None and age < than for age in ages)


def _not_made(error: FanvueError) -> DeliveryFailed:
    match error:
        case RequestUnclear():
            return DeliveryUnknown(_LOST)
        case RequestInvalid(reasons=reasons) if reasons:
            return DeliveryRefused(
                english("Fanvue did not accept this post: {reasons}.", reasons="; ".join(reasons))
            )
        case RequestInvalid() | ObjectNotFound():
            return DeliveryRefused(english("Fanvue did not accept this post and does not say why."))
        case _:
            return outcome(error, reading=False)
