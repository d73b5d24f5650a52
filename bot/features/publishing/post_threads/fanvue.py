"""Posts and comments on Fanvue, read in the lane that waits for all others."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.creator_calls import CreatorCalls
from bot.fanvue.errors import ObjectNotFound, ScopeMissing
from bot.fanvue.figures import CommentRow, PostRow
from bot.fanvue.outcomes import as_outcomes
from bot.fanvue.paging import as_one_page
from bot.features.publishing.post_management.fanvue import FanvuePostManagement
from bot.model.acting_account import Identity
from storage.records import CreatorId

_PAGES, _COMMENT_PAGES = 3, 40


@dataclass(frozen=True)
class FollowedComments:
    """The comments of a post, oldest first, each once. `whole`: all there are."""

    rows: Sequence[CommentRow]
    whole: bool


class FanvueFollowedPosts(CreatorCalls):
    """Every method raises one of the four errors of `bot.model.errors`."""

    def __init__(self, fanvue: FanvueClient, identity: Identity) -> None:
        """`identity` says whose account speaks for a creator."""
        super().__init__(fanvue, identity)
        self._feed = FanvuePostManagement(fanvue, identity)

    async def newest(self, creator: CreatorId) -> Sequence[PostRow]:
        """The newest posts."""
        listed = await self._feed.listed(creator, unpublished=False, pages=_PAGES, lane=RequestLane.REPORTS)
        return listed.rows

    async def one(self, creator: CreatorId, post: str) -> PostRow | None:
        """One post as it is now, for somebody who waits; None where there is none."""
        return await self._feed.read(creator, post)

    async def below(self, creator: CreatorId, post: str) -> FollowedComments | None:
        """The comments of a post; None where there is no such post."""
        feed = (await self._api(creator, RequestLane.REPORTS)).feed
        with as_outcomes(reading=True):
            try:
                found = await as_one_page(feed.comments(post), most_pages=_COMMENT_PAGES)
            except ObjectNotFound:
                return None
            except ScopeMissing:  # the list of posts was told, so it is these comments that are not
                return FollowedComments((), whole=False)
        once = {row.uuid: row for row in found.rows}  # a list that moves meanwhile shows one on two pages
        ordered = sorted(once.values(), key=lambda one: (one.created_at or 0, one.uuid))
        return FollowedComments(ordered, found.whole)
