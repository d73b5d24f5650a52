"""Fanvue for the board of mass messages: its list, one change, one end."""

from contextlib import aclosing

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.errors import FanvueError, ObjectNotFound, RequestUnclear
from bot.fanvue.lists_api import ListsApi, MassMessageChange
from bot.fanvue.models import MassMessageRow
from bot.fanvue.outcomes import outcome
from bot.fanvue.patient_api import PatientApi, Pause
from bot.model.acting_account import CallAccount, Identity
from bot.model.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown, TryLater
from bot.model.language import msgid
from storage.records import CreatorId

_SHOWN = 4  # pages that are read for the board
_SEARCHED = 20  # and for one that somebody named
_LOST = msgid("Fanvue's answer did not arrive, so we check its list of mass messages first.")
_UNREAD = msgid("Fanvue lists mass messages that we can't read: it may be one of them.")


class CampaignUnreadable(TryLater):
    """It may be there: Fanvue lists something that cannot be read."""


class FanvueCampaigns:
    """One attempt each, ending in the relay's words."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, pause: Pause) -> None:
        """`identity` says whose account speaks for a creator; `pause` waits while Fanvue's limit is spent."""
        self._fanvue = fanvue
        self._identity = identity
        self._pause = pause

    async def listed(
        self, creator: CreatorId, *, patient: bool, lane: RequestLane = RequestLane.REPLY
    ) -> list[MassMessageRow]:
        """The newest mass messages, by anybody from anywhere, newest first.

        `patient`: it waits for its turn, for somebody who sees that it thinks; a person who is typing cannot.
        `lane`: of such a patient one.
        """
        voice = await self._identity(creator)
        api: ListsApi = (
            PatientApi(self._fanvue, voice, lane, self._pause).lists
            if patient
            else self._fanvue.speaking(voice, lane=RequestLane.REFRESH).lists
        )
        found: list[MassMessageRow] = []
        try:
            async with aclosing(api.mass_messages()) as pages:
                number = 0
                async for page in pages:
                    number += 1
                    found += page.rows
                    if number == _SHOWN:
                        break
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return sorted(found, key=lambda row: row.created_at or 0, reverse=True)

    async def find(self, creator: CreatorId, message: str) -> MassMessageRow | None:
        """One mass message as Fanvue lists it now; None: it is not among the newest thousand or so.

        Raises TryLater where it may be one that cannot be read.
        """
        api = self._fanvue.speaking(await self._identity(creator), lane=RequestLane.REPLY).lists
        unread = False
        try:
            async with aclosing(api.mass_messages()) as pages:
                number = 0
                async for page in pages:
                    number += 1
                    for row in page.rows:
                        if row.uuid == message:
                            return row
                    unread = unread or any(row.id in (None, message) for row in page.skipped)
                    if number == _SEARCHED:
                        break
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        if unread:
            raise CampaignUnreadable(_UNREAD)
        return None

    async def change(
        self, creator: CreatorId, message: str, wanted: MassMessageChange, *, voice: CallAccount | None = None
    ) -> None:
        """Change a scheduled one, with one request. `voice`: through whose account."""
        api = await self._writing(creator, voice)
        try:
            await api.change_mass(message, wanted)
        except FanvueError as error:
            raise _not_done(error) from error

    async def end(self, creator: CreatorId, message: str, *, voice: CallAccount | None = None) -> None:
        """Cancel a scheduled one or take a sent one back, with one request."""
        api = await self._writing(creator, voice)
        try:
            await api.delete_mass(message)
        except ObjectNotFound as error:
            # It was there a moment ago. The HTTP library repeats a DELETE whose connection broke, so this may
            # be the second answer to one of ours.
            raise DeliveryUnknown(_LOST) from error
        except FanvueError as error:
            raise _not_done(error) from error

    async def _writing(self, creator: CreatorId, voice: CallAccount | None) -> ListsApi:
        return self._fanvue.speaking(voice or await self._identity(creator), lane=RequestLane.REPLY).lists


def _not_done(error: FanvueError) -> DeliveryFailed:
    if isinstance(error, RequestUnclear):
        return DeliveryUnknown(_LOST)
    if isinstance(error, ObjectNotFound):
        return DeliveryRefused(msgid("Fanvue no longer has this mass message."))
    return outcome(error, reading=False)
