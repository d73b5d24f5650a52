"""Comments of a creator's posts on Fanvue: read, and made by one attempt each."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.fanvue.budget import RequestLane
from bot.fanvue.creator_calls import CreatorCalls
from bot.fanvue.errors import FanvueError, ObjectNotFound, RequestInvalid, RequestUnclear
from bot.fanvue.figures import CommentRow
from bot.fanvue.outcomes import as_outcomes, outcome
from bot.fanvue.paging import SkippedRow, as_one_page
from bot.features.publishing.post_management.fanvue import GONE
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown
from bot.model.language import english
from bot.relay.send_match import SKEW, same_words
from storage.records import CreatorId, Millis

_MOST_PAGES = 10


@dataclass(frozen=True)
class PostComments:
    """Comments of a post, and what of them cannot be read."""

    rows: Sequence[CommentRow]
    unread: Sequence[SkippedRow] = ()


class FanvueComments(CreatorCalls):
    """Every method raises one of the four errors of `bot.model.errors`."""

    async def below(self, creator: CreatorId, post: str, *, pages: int = _MOST_PAGES) -> PostComments:
        """The comments of a post, newest first. In which order Fanvue lists them is not relied on."""
        feed = (await self._api(creator, RequestLane.REFRESH)).feed
        with as_outcomes(reading=True, gone=DeliveryRefused(GONE)):
            found = await as_one_page(feed.comments(post), most_pages=pages)
        ordered = sorted(found.rows, key=lambda row: (row.created_at or 0, row.uuid), reverse=True)
        return PostComments(ordered, found.skipped)

    async def make(self, creator: CreatorId, post: str, text: str, *, voice: CallAccount | None) -> str:
        """Comment as the creator with one request; its id on Fanvue. Unknown when it may have arrived.

        `voice`: the acting account; None: the one that acts for the creator by itself.
        """
        feed = (await self._api(creator, RequestLane.REPLY, voice)).feed
        try:
            return (await feed.comment(post, text)).uuid
        except FanvueError as error:
            raise _not_made(error) from error


def fitting(
    comments: Sequence[CommentRow], creator: CreatorId, text: str, *, started: Millis
) -> list[CommentRow]:
    """Every comment that an attempt which began then may have made, oldest first; never a guess (pure)."""
    found = [
        one
        for one in comments
        if one.user is not None
        and str(one.user.uuid) == str(creator)
        and one.created_at is not None
        and one.created_at >= started - SKEW
        and same_words(one.text, text)
    ]
    return sorted(found, key=lambda one: (one.created_at or 0, one.uuid))


def hides(one: CommentRow, creator: CreatorId, text: str, *, started: Millis) -> bool:
    """Whether a comment may be this one as well, but Fanvue does not tell enough of it (pure)."""
    ours = one.user is None or str(one.user.uuid) == str(creator)
    at, told_at = one.created_at, one.created_at is not None
    whose = one.user is not None or one.tells("user")  # null: its author is not there any more
    fits = (
        ours and (same_words(one.text, text) or not one.tells("text")) and (at or started) >= started - SKEW
    )
    return fits and not (told_at and whose and one.tells("text"))


def _not_made(error: FanvueError) -> DeliveryFailed:
    match error:
        case RequestUnclear():
            return DeliveryUnknown(
                english("Fanvue's answer did not arrive, so we check the comments there first.")
            )
        case ObjectNotFound():
            return DeliveryRefused(GONE)
        case RequestInvalid(reasons=reasons) if reasons:
            return DeliveryRefused(
                english("Fanvue did not accept this comment: {reasons}.", reasons="; ".join(reasons))
            )
        case RequestInvalid():
            return DeliveryRefused(english("Fanvue did not accept this comment and does not say why."))
        case _:
            return outcome(error, reading=False)
