"""Calls for a creator, made through the account that speaks for it."""

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.patient_api import PatientApi, Pause
from bot.model.acting_account import CallAccount, Identity
from storage.records import CreatorId


class CreatorCalls:
    """The base of what calls Fanvue for a creator, one attempt each."""

    def __init__(self, fanvue: FanvueClient, identity: Identity) -> None:
        """`identity` says whose account speaks for a creator."""
        self._fanvue = fanvue
        self._identity = identity

    async def _api(
        self, creator: CreatorId, lane: RequestLane, voice: CallAccount | None = None
    ) -> IdentityApi:
        """`voice`: the acting account; None: the one that acts for the creator by itself."""
        return self._fanvue.speaking(voice or await self._identity(creator), lane=lane)


class PatientCreatorCalls(CreatorCalls):
    """The same, where some calls wait for their turn at Fanvue."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, pause: Pause) -> None:
        """`pause` waits while Fanvue's limit is spent."""
        super().__init__(fanvue, identity)
        self._pause = pause

    async def _patient(self, creator: CreatorId, lane: RequestLane) -> PatientApi:
        return PatientApi(self._fanvue, await self._identity(creator), lane, self._pause)
