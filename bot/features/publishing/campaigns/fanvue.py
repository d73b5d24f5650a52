"""Fanvue for the board of mass messages: its list, one change, one end."""

from contextlib import aclosing

from bot.fanvue.budget import RequestLane
from bot.fanvue.creator_calls import PatientCreatorCalls
from bot.fanvue.errors import FanvueError, ObjectNotFound, RequestUnclear
from bot.fanvue.lists_api import MassMessageChange
from bot.fanvue.models import MassMessageRow
from bot.fanvue.outcomes import as_outcomes, outcome
from bot.fanvue.paging import as_one_page
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown, TryLater
from bot.model.language import msgid
from storage.records import CreatorId

_SHOWN = 4  # pages that are read for the board
_SEARCHED = 20  # and for one that somebody named
_LOST = msgid("Fanvue's answer did not arrive, so we check its list of mass messages first.")
_UNREAD = msgid("Fanvue lists mass messages that we can't read: it may be one of them.")


class CampaignUnreadable(TryLater):
    """It may be there: Fanvue lists something that cannot be read."""


class FanvueCampaigns(PatientCreatorCalls):
    """One attempt each, ending in the relay's words."""

    async def listed(
        self, creator: CreatorId, *, patient: bool, lane: RequestLane = RequestLane.REPLY
    ) -> list[MassMessageRow]:
        """The newest mass messages, by anybody from anywhere, newest first.

        `patient`: it waits for its turn, for somebody who sees that it thinks; a person who is typing cannot.
        `lane`: of such a patient one.
        """
        api = await (self._patient(creator, lane) if patient else self._api(creator, RequestLane.REFRESH))
        with as_outcomes(reading=True):
            found = await as_one_page(api.lists.mass_messages(), most_pages=_SHOWN)
        return sorted(found.rows, key=lambda row: row.created_at or 0, reverse=True)

    async def find(self, creator: CreatorId, message: str) -> MassMessageRow | None:
        """One mass message as Fanvue lists it now; None: it is not among the newest thousand or so.

        Raises TryLater where it may be one that cannot be read.
        """
        api = await self._api(creator, RequestLane.REPLY)
        unread = False
        with as_outcomes(reading=True):
            async with aclosing(api.lists.mass_messages()) as pages:
                number = 0
                async for page in pages:
                    number += 1
                    for row in page.rows:
                        if row.uuid == message:
                            return row
                    unread = unread or any(row.id in (None, message) for row in page.skipped)
                    if number == _SEARCHED:
                        break
        if unread:
            raise CampaignUnreadable(_UNREAD)
        return None

    async def change(
        self, creator: CreatorId, message: str, wanted: MassMessageChange, *, voice: CallAccount | None = None
    ) -> None:
        """Change a scheduled one, with one request. `voice`: through whose account."""
        api = await self._api(creator, RequestLane.REPLY, voice)
        try:
            await api.lists.change_mass(message, wanted)
        except FanvueError as error:
            raise _not_done(error) from error

    async def end(self, creator: CreatorId, message: str, *, voice: CallAccount | None = None) -> None:
        """Cancel a scheduled one or take a sent one back, with one request."""
        api = await self._api(creator, RequestLane.REPLY, voice)
        try:
            await api.lists.delete_mass(message)
        except ObjectNotFound as error:
            # It was there a moment ago. The HTTP library repeats a DELETE whose connection broke, so this may
            # be the second answer to one of ours.
            raise DeliveryUnknown(_LOST) from error
        except FanvueError as error:
            raise _not_done(error) from error


def _not_done(error: FanvueError) -> DeliveryFailed:
    if isinstance(error, RequestUnclear):
        return DeliveryUnknown(_LOST)
    if isinstance(error, ObjectNotFound):
        return DeliveryRefused(msgid("Fanvue no longer has this mass message."))
    return outcome(error, reading=False)
