"""A link's current access token; one refresh at a time for all callers (R11)."""

import asyncio
from dataclasses import dataclass

from bot.fanvue.oauth import InvalidGrant, NotSent, Unclear
from bot.fanvue.oauth import OAuthTokens as Granted
from bot.features.people.accounts.notices import LINK_AGAIN
from bot.features.people.accounts.renewal import RefreshAnswer, TokenRenewal, UsableAccountLink
from bot.model.errors import DeliveryFailed, TryLater
from bot.model.language import english, msgid, tr
from bot.model.ports import Clock
from storage.database import Database
from storage.errors import DatabaseUnreachable
from storage.people import tokens
from storage.records import LinkId, Millis

_FIRST_WAIT: Millis = 1_000
_LONGEST_WAIT: Millis = 60_000
_ELSEWHERE = msgid("Fanvue's sign-in is being renewed right now.")
_APP_REFUSED = msgid("Fanvue refuses the app's own credentials. The operator must check them.")


@dataclass(frozen=True)
class _RefreshPause:
    """After a refresh that surely did not happen: not again before `until`."""

    until: Millis
    tries: int
    reason: str


class AccountTokens:
    """The token source of `bot.fanvue.auth`.

    A refresh belongs to nobody who waits for it: a cancelled caller leaves it running, and `close`
    waits for it, because an answer that is thrown away costs the creator a new sign-in.
    """

    def __init__(
        self, *, database: Database, clock: Clock, renewing: TokenRenewal, paused: str | None = None
    ) -> None:
        """`paused`: why no refresh token may be used in this run, for a person to read."""
        self._database = database
        self._clock = clock
        self._renewing = renewing
        self._paused = paused
        self._flights: dict[LinkId, asyncio.Task[str]] = {}
        self._refused: dict[LinkId, str] = {}  # the last one that Fanvue did not take, of each link
        self._pauses: dict[LinkId, _RefreshPause] = {}
        self._unstored: dict[LinkId, tuple[UsableAccountLink, RefreshAnswer, Granted]] = {}
        self._closing = False

    async def current(self, link: LinkId) -> str:
        """An access token that is good for a while. TryLater(paused=True) when only a person can help."""
        held = await self._renewing.held(link)
        if not self._fresh(held):
            return await self._join(link, None)
        access = await self._renewing.access(held)
        if access == self._refused.get(link):  # everybody who went with it would be refused once more
            return await self.refreshed(link, access)
        return access

    async def refreshed(self, link: LinkId, rejected: str) -> str:
        """Another token than `rejected`, which Fanvue refused: the one that is there by now, or a new one."""
        self._refused[link] = rejected
        token = await self._join(link, rejected)
        if token == rejected:  # joined a flight that began before Fanvue refused this token
            token = await self._join(link, rejected)
        return token

    async def recover(self) -> None:
        """At start: repeat at once, once, every refresh that the last process left open."""
        for link in await self._database.read(tokens.marked):
            try:
                await self._join(link, None)
            except DeliveryFailed:
                continue  # recorded on the link, or tried again when somebody needs the token

    async def close(self) -> None:
        """Start no further refresh and wait for those under way."""
        self._closing = True
        if self._flights:
            await asyncio.wait(list(self._flights.values()))

    async def _join(self, link: LinkId, rejected: str | None) -> str:
        flight = self._flights.get(link)
        if flight is None:
            if self._closing:
                raise TryLater(english("The bridge is stopping."))
            flight = asyncio.create_task(self._fly(link, rejected), name="refresh a token")
            self._flights[link] = flight
            flight.add_done_callback(lambda done: self._landed(link, done))
        return await asyncio.shield(flight)

    def _landed(self, link: LinkId, flight: asyncio.Task[str]) -> None:
        del self._flights[link]
        if not flight.cancelled():
            flight.exception()  # every waiter may be gone; the failure is on the link's row by now

    async def _fly(self, link: LinkId, rejected: str | None) -> str:
        if link in self._unstored:
            return await self._store(link, *self._unstored[link])
        held = await self._renewing.held(link)
        access = await self._renewing.access(held)
        if held.pair.attempt is None and access != rejected and (rejected is not None or self._fresh(held)):
            return access
        elsewhere = await self._renewing.elsewhere(held)
        known = held.pair.attempt is None or elsewhere
        usable = known and access != rejected and self._clock.now() < held.pair.expires_at
        try:
            self._check_pause(link)
            if elsewhere:
                raise TryLater(_ELSEWHERE, after=1)  # noqa: TRY301 - told below, as all others
            return await self._renew(link, held)
        except TryLater as error:
            if usable and not error.paused:
                return access  # no new one yet, but this one still opens
            raise

    async def _renew(self, link: LinkId, held: UsableAccountLink) -> str:
        asked = await self._renewing.ask(held)
        match asked.outcome:
            case Granted() as granted:
                self._pauses.pop(link, None)
                return await self._store(link, held, asked, granted)
            case InvalidGrant():
                return await self._ended(held, msgid("Fanvue ended the sign-in"))
            case Unclear() | None:
                return await self._ended(held, msgid("a refresh and its one repeat got no answer"))
            case NotSent(after=after):
                await self._renewing.untouched(held, asked)
                raise self._pause(link, tr("We can't reach Fanvue's sign-in server. We keep trying."), after)
            case _:
                await self._renewing.untouched(held, asked)
                raise self._pause(link, tr(_APP_REFUSED), _LONGEST_WAIT / 1000)

    async def _store(
        self, link: LinkId, held: UsableAccountLink, asked: RefreshAnswer, granted: Granted
    ) -> str:
        """Keep the pair in hand while the database cannot take it: thrown away, it is lost for good."""
        self._unstored[link] = (held, asked, granted)
        try:
            access = await self._renewing.store(held, asked.attempt, granted)
        except DatabaseUnreachable as error:
            raise TryLater(english("The bridge can't store anything right now."), after=1) from error
        except BaseException:
            del self._unstored[link]
            raise
        del self._unstored[link]
        return access

    async def _ended(self, held: UsableAccountLink, why: str) -> str:
        now = await self._renewing.held(held.link.id)
        if now.pair.generation != held.pair.generation:
            return await self._renewing.access(now)  # a new sign-in was faster
        await self._renewing.relink(held, why)
        raise TryLater(LINK_AGAIN, paused=True)

    def _check_pause(self, link: LinkId) -> None:
        if self._paused is not None:
            raise TryLater(self._paused, paused=True)
        pause, now = self._pauses.get(link), self._clock.now()
        if pause is not None and now < pause.until:
            raise TryLater(pause.reason, after=(pause.until - now) / 1000)

    def _pause(self, link: LinkId, reason: str, after: float | None) -> TryLater:
        before = self._pauses.get(link)
        tries = before.tries + 1 if before else 1
        wait = min(_FIRST_WAIT << min(tries - 1, 10), _LONGEST_WAIT)
        if after is not None:
            wait = max(wait, int(after * 1000))
        self._pauses[link] = _RefreshPause(self._clock.now() + wait, tries, reason)
        return TryLater(reason, after=wait / 1000)

    def _fresh(self, held: UsableAccountLink) -> bool:
        return self._clock.now() < held.pair.renew_at
