"""A creator's posts on Fanvue: read, and changed by one attempt each."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import FanvueError, ObjectNotFound, OperationNotOffered, RequestInvalid, RequestUnclear
from bot.fanvue.figures import PostRow
from bot.fanvue.outcomes import outcome
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


class FanvuePostManagement:
    """Every method raises one of the four errors of `bot.model.errors`."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, *, pause: Pause | None = None) -> None:
        """`identity` says whose account speaks for a creator.

        `pause`: a program asks, which waits for its turn. None: a person is waiting.
        """
        self._fanvue = fanvue
        self._identity = identity
        self._pause = pause

    async def read(self, creator: CreatorId, post: str) -> PostRow | None:
        """One post as it is now; None where Fanvue has none."""
        api = await self._api(creator, RequestLane.REPLY)
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
        api = await self._api(creator, lane)
        rows: list[PostRow] = []
        read, unread = 0, False
        try:
            async with aclosing(api.posts.list(unpublished=unpublished)) as listed:
                async for page in listed:
                    rows += page.rows
                    unread = unread or bool(page.skipped)
                    read += 1
                    if read == pages:
                        return ListedPosts(rows, page.next is None, unread)
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return ListedPosts(rows, True, unread)

    async def make(self, creator: CreatorId, change: PostChange, *, voice: CallAccount | None) -> None:
        """Make the change, with one request. Unknown when it may have arrived.

        `voice`: the acting account; None: the one that acts for the creator by itself.
        """
        feed = self._fanvue.speaking(voice or await self._identity(creator), lane=RequestLane.REPLY).feed
        try:
            if change.verb == EDIT:
                await feed.change(change.post, change.fields)
            else:
                deeds = {DELETE: feed.delete, PIN: feed.pin, UNPIN: feed.unpin, REPOST: feed.repost}
                await deeds[change.verb](change.post)
        except FanvueError as error:
            raise _not_made(error) from error

    async def _api(self, creator: CreatorId, lane: RequestLane) -> IdentityApi:
        voice = await self._identity(creator)
        if self._pause is not None:
            return PatientApi(self._fanvue, voice, lane, self._pause)
        return self._fanvue.speaking(voice, lane=lane)


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
