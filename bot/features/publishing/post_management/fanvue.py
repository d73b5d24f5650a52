"""A creator's posts on Fanvue: read, and changed by one attempt each."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.creator_calls import CreatorCalls
from bot.fanvue.errors import FanvueError, ObjectNotFound, OperationNotOffered, RequestInvalid, RequestUnclear
from bot.fanvue.figures import PostRow
from bot.fanvue.outcomes import as_outcomes, outcome
from bot.fanvue.paging import as_one_page
from bot.fanvue.patient_api import PatientApi, Pause
from bot.features.publishing.post_management.change_rules import DELETE, EDIT, PIN, REPOST, UNPIN, PostChange
from bot.model.acting_account import CallAccount, Identity
from bot.model.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown
from bot.model.language import english, msgid
from storage.records import CreatorId

_MOST_PAGES = 10
GONE = msgid("The post is no longer on Fanvue.")
_TOO_OLD = msgid("This post is too old to find through an account that only manages the creator.")
_UNREAD = msgid("Fanvue lists posts that we can't read: this may be one of them. Check there.")


class PostMissing(DeliveryRefused):
    """Fanvue answered a change with: there is no such post."""


@dataclass(frozen=True)
class ListedPosts:
    """Posts as Fanvue lists them. `whole`: all there are. `unread`: some of them cannot be read."""

    rows: Sequence[PostRow]
    whole: bool
    unread: bool


class FanvuePostManagement(CreatorCalls):
    """Every method raises one of the four errors of `bot.model.errors`."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, *, pause: Pause | None = None) -> None:
        """`identity` says whose account speaks for a creator.

        `pause`: a program asks, which waits for its turn. None: a person is waiting.
        """
        super().__init__(fanvue, identity)
        self._pause = pause

    async def read(self, creator: CreatorId, post: str) -> PostRow | None:
        """One post as it is now; None where Fanvue has none."""
        api = await self._reading(creator, RequestLane.REPLY)
        try:
            return await api.posts.get(post)
        except ObjectNotFound:
            return None
        except OperationNotOffered:  # a managed creator's posts are told as a list only
            found = await self.listed(creator, unpublished=True, pages=_MOST_PAGES, lane=RequestLane.REPLY)
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        row = next((row for row in found.rows if row.uuid == post), None)
        if row is None and (found.unread or not found.whole):
            raise DeliveryRefused(_UNREAD if found.unread else _TOO_OLD)
        return row

    async def listed(
        self,
        creator: CreatorId,
        *,
        unpublished: bool,
        pages: int = _MOST_PAGES,
        lane: RequestLane = RequestLane.REFRESH,
    ) -> ListedPosts:
        """The newest posts, pinned ones first; with drafts and scheduled ones or without."""
        api = await self._reading(creator, lane)
        with as_outcomes(reading=True):
            found = await as_one_page(api.posts.list(unpublished=unpublished), most_pages=pages)
        return ListedPosts(found.rows, found.next is None, bool(found.skipped))

    async def make(self, creator: CreatorId, change: PostChange, *, voice: CallAccount | None) -> None:
        """Make the change, with one request. Unknown when it may have arrived.

        `voice`: the acting account; None: the one that acts for the creator by itself.
        """
        feed = (await self._api(creator, RequestLane.REPLY, voice)).feed
        try:
            if change.verb == EDIT:
                await feed.change(change.post, change.fields)
            else:
                deeds = {DELETE: feed.delete, PIN: feed.pin, UNPIN: feed.unpin, REPOST: feed.repost}
                await deeds[change.verb](change.post)
        except FanvueError as error:
            raise _not_made(error) from error

    async def _reading(self, creator: CreatorId, lane: RequestLane) -> IdentityApi:
        if self._pause is None:
            return await self._api(creator, lane)
        return PatientApi(self._fanvue, await self._identity(creator), lane, self._pause)


def _not_made(error: FanvueError) -> DeliveryFailed:
    match error:
        case RequestUnclear():
            return DeliveryUnknown(msgid("Fanvue's answer did not arrive."))
        case ObjectNotFound():
            return PostMissing(GONE)
        case RequestInvalid(reasons=reasons) if reasons:
            return DeliveryRefused(
                english("Fanvue did not accept this: {reasons}.", reasons="; ".join(reasons))
            )
        case RequestInvalid():
            return DeliveryRefused(english("Fanvue did not accept this and does not say why."))
        case _:
            return outcome(error, reading=False)
