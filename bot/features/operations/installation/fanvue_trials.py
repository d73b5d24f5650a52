"""Tries the Fanvue answers: the app's id with its redirect, its secret, its hooks."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.fanvue.errors import FanvueError, RequestNotSent
from bot.fanvue.inspection import tell_answers, why_no_consent
from bot.fanvue.oauth import FanvueOAuth, InvalidGrant, NotSent, Refused, Unclear, challenge_of
from bot.fanvue.transport import open_http
from bot.features.operations.doctor.check_runner import SECONDS
from bot.features.operations.doctor.clock_checks import ClockComparison
from bot.features.operations.installation.discord_trials import clock_answer
from bot.features.operations.installation.model import (
    SetupAnswer,
    SetupTrial,
    first,
    ok,
    unreached,
    unsure,
    wrong,
)
from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.clients import allowed_places, oauth_of
from bot.model.ports import Clock
from bot.settings.model import Settings

_Ask = Callable[[], Awaitable[str | None]]
_APP = "Fanvue → Developer Area → your app"
_NETWORK = "Check this machine's network, then try again."
_NO_CLIENT = {"invalid_client", "unauthorized_client"}
_SECRET_REFUSED = {*_NO_CLIENT, "status 401", "status 403"}


@dataclass(frozen=True)
class FanvueTrials:
    """What Fanvue says to the answers so far."""

    settings: Settings
    clock: Clock
    random: browser_secrets.Random

    async def client_id(self, *, with_secret: bool) -> SetupTrial:
        """Would a sign-in begin? `with_secret`: the secret is known, so that it can tell more."""
        clocks = ClockComparison()
        async with self._oauth(clocks) as (oauth, ask):
            try:
                refused = await ask()
            except RequestNotSent as error:
                return unreached(error.reason, _NETWORK)
            except FanvueError as error:
                return SetupTrial(unsure(f"{error.reason.rstrip('.')}.", "Check again later."))
            if refused is None:
                late = clock_answer(clocks, "Fanvue")
                return SetupTrial(late or ok("Accepted, with the redirect address and the scopes."))
            known = with_secret and await self._accepts(oauth) is True
        return SetupTrial(self._refusal(refused, known=known))

    async def client_secret(self) -> SetupTrial:
        """Asked with a code that nobody was given: only the secret decides."""
        async with self._oauth(ClockComparison()) as (oauth, ask):
            accepted = await self._accepts(oauth)
            if isinstance(accepted, SetupTrial):
                return accepted
            if accepted:
                return SetupTrial(ok("Accepted."))
            try:
                id_known = await ask() is None
            except FanvueError:
                id_known = False
        if id_known:
            said = "Fanvue does not accept this secret for this Client ID."
            return SetupTrial(wrong(said, f"{_APP}: make a new Client Secret and copy it whole."))
        said = "Fanvue does not accept this secret with this Client ID."
        return SetupTrial(wrong(said, f"{_APP}: copy the Client ID and the Client Secret once more."))

    def hooks(self) -> SetupTrial:
        """A signing secret shows only when an event comes."""
        if self.settings.fanvue_subscribe == "auto":
            return SetupTrial(ok("The bridge subscribes by itself."))
        said = "Kept. Whether it is right shows with the first event."
        return SetupTrial(unsure(said, "Later: fanvue-bridge doctor, line “signatures”."))

    def _refusal(self, word: str, *, known: bool) -> SetupAnswer:
        redirect = self.settings.fanvue_redirect_uri
        if word == "invalid_scope":
            said = "The Client ID is right, but not all scopes are ticked in Fanvue's app."
            return first(said, f"{_APP}: tick `{' '.join(self.settings.fanvue_scopes)}`")
        if word in _NO_CLIENT:
            return wrong("Fanvue does not know this Client ID.", f"{_APP}: copy the Client ID.")
        if known:
            said = "The Client ID is right, but the redirect address is not registered at Fanvue."
            return first(said, f"{_APP}: add exactly `{redirect}`")
        said = "Fanvue does not accept this Client ID with this redirect address."
        return first(said, f"{_APP}: compare the Client ID, and register exactly `{redirect}`")

    async def _accepts(self, oauth: FanvueOAuth) -> bool | SetupTrial:
        """Whether the secret opens the token endpoint, or why nobody knows."""
        code, verifier = (browser_secrets.new_secret(self.random) for _ in range(2))
        match await oauth.exchange(code, verifier):
            case InvalidGrant():
                return True
            case Refused(code=word):
                return word not in _SECRET_REFUSED
            case NotSent(reason=reason):
                return unreached(reason, _NETWORK)
            case Unclear(reason=reason):
                return SetupTrial(unsure(f"{reason.rstrip('.')}.", "Check again later."))
            case _:
                return True

    @asynccontextmanager
    async def _oauth(self, clocks: ClockComparison) -> AsyncIterator[tuple[FanvueOAuth, _Ask]]:
        async with open_http(total=SECONDS - 1, private=allowed_places(self.settings)) as http:
            tell_answers(http, self.clock, clocks.noting("Fanvue"))
            oauth = oauth_of(self.settings, http)
            begins = oauth.authorize_url(
                state=browser_secrets.new_secret(self.random),
                challenge=challenge_of(browser_secrets.new_secret(self.random)),
                scopes=self.settings.fanvue_scopes,
            )
            yield oauth, lambda: why_no_consent(http, begins)
