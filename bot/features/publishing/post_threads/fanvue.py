"""Posts and comments on Fanvue, read in the lane that waits for all others."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.errors import FanvueError, ObjectNotFound, ScopeMissing
from bot.fanvue.figures import CommentRow, PostRow
from bot.fanvue.outcomes import outcome
from bot.features.publishing.post_management.fanvue import FanvuePostManagement
from bot.model.acting_account import Identity
from storage.records import CreatorId

_PAGES, _COMMENT_PAGES = 3, 40


@dataclass(frozen=True)
class FollowedComments:
    """The comments of a post, oldest first, each once. `whole`: all there are."""

    rows: Sequence[CommentRow]
    whole: bool


class FanvueFollowedPosts:
    """Every method raises one of the four errors of `bot.model.errors`."""

    def __init__(self, fanvue: FanvueClient, identity: Identity) -> None:
        """`identity` says whose account speaks for a creator."""
        self._fanvue = fanvue
        self._identity = identity
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
        api = self._fanvue.speaking(await self._identity(creator), lane=RequestLane.REPORTS).feed
        rows: dict[str, CommentRow] = {}  # a list that moves while it is read shows one on two pages
        read, whole = 0, True
        try:
            async with aclosing(api.comments(post)) as listed:
                async for page in listed:
                    rows |= {row.uuid: row for row in page.rows}
                    whole = whole and not page.skipped
                    read += 1
                    if read == _COMMENT_PAGES:
                        whole = whole and page.next is None
                        break
        except ObjectNotFound:
            return None
        except ScopeMissing:  # the list of posts was told, so it is these comments that are not
            return FollowedComments((), whole=False)
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return FollowedComments(sorted(rows.values(), key=lambda one: (one.created_at or 0, one.uuid)), whole)
