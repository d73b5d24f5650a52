"""A creator's tracking links on Fanvue: read, and changed by one attempt each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.fanvue.budget import RequestLane
from bot.fanvue.creator_calls import CreatorCalls
from bot.fanvue.errors import FanvueError, ObjectNotFound, RequestInvalid, RequestUnclear, ScopeMissing
from bot.fanvue.models import UserRow
from bot.fanvue.outcomes import as_outcomes, outcome
from bot.fanvue.paging import Pages, SkippedRow, as_one_page
from bot.fanvue.rows import FanvueRow
from bot.fanvue.tracking_api import TrackingRow
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown
from bot.model.language import english, msgid
from storage.records import CreatorId

R = TypeVar("R", bound=FanvueRow)

MOST_PAGES = 10
GONE = msgid("This tracking link is no longer on Fanvue.")
_LOST = msgid("Fanvue's answer did not arrive, so we check the links there first.")
_NOT_ALLOWED = msgid("Fanvue does not allow this yet: run /link again and allow tracking links.")


@dataclass(frozen=True)
class TrackingLinkRows(Generic[R]):
    """Rows as Fanvue lists them. `whole`: all there are. `unread`: those that cannot be read."""

    rows: Sequence[R]
    whole: bool
    unread: Sequence[SkippedRow] = ()


class FanvueTrackingLinks(CreatorCalls):
    """Every method raises one of the four errors of `bot.model.errors`."""

    async def listed(
        self, creator: CreatorId, *, lane: RequestLane = RequestLane.REFRESH
    ) -> TrackingLinkRows[TrackingRow]:
        """The creator's links, newest first."""
        api = await self._api(creator, lane)
        found = await _read(api.tracking.list(), MOST_PAGES)
        ordered = sorted(found.rows, key=lambda row: (row.created_at or 0, row.uuid), reverse=True)
        return replace(found, rows=ordered)

    async def users(self, creator: CreatorId, link: str, *, pages: int) -> TrackingLinkRows[UserRow]:
        """People who came by a link, in Fanvue's order, `pages` pages of its list."""
        api = await self._api(creator, RequestLane.REFRESH)
        return await _read(api.tracking.users(link), pages)

    async def create(self, creator: CreatorId, name: str, platform: str, *, voice: CallAccount | None) -> str:
        """Make one with one request; its id. Unknown when it may have arrived.

        `voice`: the acting account; None: the one that acts for the creator by itself.
        """
        api = await self._api(creator, RequestLane.REPLY, voice)
        try:
            return (await api.tracking.create(name, platform)).uuid
        except FanvueError as error:
            raise _not_made(error) from error

    async def delete(self, creator: CreatorId, link: str, *, voice: CallAccount | None) -> None:
        """Delete it with one request; likewise."""
        api = await self._api(creator, RequestLane.REPLY, voice)
        try:
            await api.tracking.delete(link)
        except FanvueError as error:
            raise _not_made(error) from error


async def _read(listing: Pages[R], most: int) -> TrackingLinkRows[R]:
    with as_outcomes(reading=True, gone=DeliveryRefused(GONE)):
        try:
            found = await as_one_page(listing, most_pages=most)
        except ScopeMissing as error:
            raise DeliveryRefused(_NOT_ALLOWED) from error
    return TrackingLinkRows(found.rows, found.whole, found.skipped)


def _not_made(error: FanvueError) -> DeliveryFailed:
    match error:
        case RequestUnclear():
            return DeliveryUnknown(_LOST)
        case ObjectNotFound():
            return DeliveryRefused(GONE)
        case ScopeMissing():
            return DeliveryRefused(_NOT_ALLOWED)
        case RequestInvalid(reasons=reasons) if reasons:
            return DeliveryRefused(
                english("Fanvue did not accept this: {reasons}.", reasons="; ".join(reasons))
            )
        case RequestInvalid():
            return DeliveryRefused(english("Fanvue did not accept this and does not say why."))
        case _:
            return outcome(error, reading=False)
