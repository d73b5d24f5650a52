"""Fanvue's whole list of mass messages, or none: a copy is of one of it."""

from contextlib import aclosing

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.creator_calls import PatientCreatorCalls
from bot.fanvue.models import MassMessageRow
from bot.fanvue.outcomes import as_outcomes
from bot.fanvue.patient_api import Pause
from bot.model.acting_account import Identity
from storage.records import CreatorId

_PAGES = 60  # three thousand mass messages


class FanvueMassMessageHistory(PatientCreatorCalls):
    """Read in the lane of the sweeps, which is where copies are seen."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, pause: Pause, pages: int = _PAGES) -> None:
        """`identity` says whose account speaks for a creator; `pause` waits while Fanvue's limit is spent.

        `pages`: a longer list is not read to its end.
        """
        super().__init__(fanvue, identity, pause)
        self._pages = pages

    async def whole(self, creator: CreatorId) -> list[MassMessageRow] | None:
        """All mass messages, made by anybody anywhere; None: the list could not be read to its end."""
        api = (await self._patient(creator, RequestLane.SWEEP)).lists
        found: list[MassMessageRow] = []
        number = 0
        with as_outcomes(reading=True):
            async with aclosing(api.mass_messages()) as pages:
                async for page in pages:
                    number += 1
                    found += page.rows
                    if page.skipped or (number == self._pages and page.next is not None):
                        return None
        return found
