"""One refresh of one link: marked, sent, repeated at most once, stored (R11)."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.engine.in_flight import WorkerCrew
from bot.engine.outbox import Effects
from bot.fanvue.oauth import OAuthTokens as Granted
from bot.fanvue.oauth import Outcome, Unclear
from bot.features.people.accounts import token_pairs
from bot.features.people.accounts.authority import AuthorizationServerPort
from bot.features.people.accounts.notices import LINK_AGAIN
from bot.features.people.accounts.revocation import TokenRevocation
from bot.features.people.accounts.scope_rules import refused
from bot.model.errors import TryLater
from bot.model.language import english, msgid, tr
from bot.model.ports import Clock, Ids, Post, Sealer
from bot.relay.connection_conditions import ConditionFinding, ConnectionCondition, tell_condition
from bot.text.safe_text import one_line, safe
from storage.database import Database, Transaction
from storage.inbox import forums
from storage.people import creators, tokens
from storage.records import Link, LinkId, LinkState

log = logging.getLogger(__name__)

_POST_SECONDS = 10.0
_BY = "/"  # in a mark, between who made it and its id


@dataclass(frozen=True)
class UsableAccountLink:
    """A link that may be used, and its pair."""

    link: Link
    pair: tokens.StoredPair


@dataclass(frozen=True)
class RefreshAnswer:
    """Fanvue's answer to a refresh, its mark, and whether the repeat was needed."""

    attempt: str
    outcome: Outcome | None  # None: the one repeat was begun before a crash; there is no second
    repeat: bool


class TokenRenewal:
    """The steps of a refresh. `Tokens` sees to it that only one runs for a link at a time in this process."""

    def __init__(  # noqa: PLR0913 - what a refresh is made of, each by its name
        self,
        *,
        database: Database,
        sealer: Sealer,
        clock: Clock,
        ids: Ids,
        authority: AuthorizationServerPort,
        revoking: TokenRevocation,
        effects: Effects,
        crew: WorkerCrew,
    ) -> None:
        """`crew`: the processes that share the database, each of which may be renewing."""
        self._crew = crew
        self._database = database
        self._sealer = sealer
        self._clock = clock
        self._ids = ids
        self._authority = authority
        self._revoking = revoking
        self._effects = effects
        self._journal = effects.trail

    async def held(self, link_id: LinkId) -> UsableAccountLink:
        """The link's pair; TryLater when the link is not active."""

        async def work(tx: Transaction) -> tuple[Link | None, tokens.StoredPair | None]:
            return await creators.link(tx, link_id), await tokens.get(tx, link_id)

        link, pair = await self._database.read(work)
        if link is None or pair is None or link.state is not LinkState.ACTIVE:
            raise TryLater(LINK_AGAIN, paused=True)
        return UsableAccountLink(link, pair)

    async def access(self, held: UsableAccountLink) -> str:
        """The access token of a pair, opened; TryLater when the row was damaged or moved here."""
        return await self._opened(token_pairs.access_of, held)

    async def elsewhere(self, held: UsableAccountLink) -> bool:
        """Whether another process that lives is renewing this pair: its mark says who made it."""
        attempt = held.pair.attempt
        if attempt is None:
            return False
        who = attempt.rpartition(_BY)[0]
        if who == self._crew.me:
            return False
        return not await self._database.write(lambda tx: self._crew.gone(tx, who))

    async def ask(self, held: UsableAccountLink) -> RefreshAnswer:
        """Mark, POST, and repeat once if the outcome is unknown.

        A mark that is already there was left by a crash: its POST is unknown, so only the repeat is left.
        """
        spent = await self._opened(token_pairs.refresh_of, held)
        attempt = held.pair.attempt
        if attempt is None:
            attempt = await self._mark(held)
            outcome = await self._post(spent)
            if not isinstance(outcome, Unclear):
                return RefreshAnswer(attempt, outcome, repeat=False)
        return await self._repeat(held.link, attempt, spent)

    async def _repeat(self, link: Link, left: str, spent: str) -> RefreshAnswer:
        """From its begin on the mark says who repeats: several may have found the same one left behind."""
        mine = left if self._is_mine(left) else self._name()
        begun = await self._database.write(
            lambda tx: tokens.mark_repeat(tx, link.id, attempt=left, anew=mine)
        )
        if begun:
            return RefreshAnswer(mine, await self._post(spent), repeat=True)
        if (await self.held(link.id)).pair.attempt != left:
            raise TryLater(english("Fanvue's sign-in is being renewed elsewhere."), after=1)
        return RefreshAnswer(left, None, repeat=True)

    async def store(self, held: UsableAccountLink, attempt: str, granted: Granted) -> str:
        """Commit the new pair; only then is its access token given out."""
        link, now = held.link, self._clock.now()
        kept = await self._opened(token_pairs.refresh_of, held)
        pair = token_pairs.UnsealedTokenPair(
            access=granted.access,
            refresh=granted.refresh or kept,  # not rotated: the old one stays good
            issued_at=now,
            expires_at=now + granted.expires_in * 1000,
        )
        row = token_pairs.seal_pair(self._sealer, link, held.pair.generation + 1, pair)

        async def work(tx: Transaction) -> bool:
            if not await tokens.rotate(tx, row, attempt=attempt):
                await self._revoking.owe(tx, pair.refresh)  # unlinked meanwhile: nobody may keep it
                return False
            await self._note_scopes(tx, link, granted.scope, attempt)
            return True

        if not await self._database.write(work):
            raise TryLater(LINK_AGAIN, paused=True)
        return pair.access

    async def untouched(self, held: UsableAccountLink, asked: RefreshAnswer) -> None:
        """The last POST surely changed nothing: a first try never was, a repeat is still to be made."""
        step = tokens.keep_repeat if asked.repeat else tokens.clear
        await self._database.write(lambda tx: step(tx, held.link.id, attempt=asked.attempt))

    async def relink(self, held: UsableAccountLink, why: str) -> None:
        """Only a new sign-in helps: say so once, and let what is queued wait for it."""
        link = held.link

        async def work(tx: Transaction) -> None:
            if await creators.move(tx, link.id, was=LinkState.ACTIVE, to=LinkState.RELINK_REQUIRED):
                await self._journal.write(
                    tx, "link.relink_required", why, target=link.id, creator=link.creator
                )
                await self._tell(tx, link, f"{link.id}:{link.generation}:relink", lambda: _must_sign_in(link))

        await self._database.write(work)

    async def _mark(self, held: UsableAccountLink) -> str:
        attempt, now = self._name(), self._clock.now()
        link, generation = held.link.id, held.pair.generation
        marked = await self._database.write(
            lambda tx: tokens.mark(tx, link, generation=generation, attempt=attempt, now=now)
        )
        if not marked:  # unlinked or linked anew between the read and this commit
            raise TryLater(english("Fanvue's sign-in just changed."), after=1)
        return attempt

    def _name(self) -> str:
        me = self._crew.me
        return f"{me}{_BY}{self._ids.new()}" if me else self._ids.new()

    def _is_mine(self, attempt: str) -> bool:
        """One process alone goes on with any."""
        return self._crew.me in ("", attempt.rpartition(_BY)[0])

    async def _opened(
        self, open_it: Callable[[Sealer, Link, tokens.StoredPair], str], held: UsableAccountLink
    ) -> str:
        """Only this link waits for a person when its row does not open; the others go on (F10)."""
        try:
            return open_it(self._sealer, held.link, held.pair)
        except ValueError as error:
            log.exception("integrity: the tokens of a link do not open", extra={"link": held.link.id})
            now = await self.held(held.link.id)
            if now.pair.generation == held.pair.generation:  # and no new sign-in was faster
                await self.relink(held, msgid("its tokens are damaged, or come from another row"))
            raise TryLater(LINK_AGAIN, paused=True) from error

    async def _post(self, spent: str) -> Outcome:
        try:
            async with asyncio.timeout(_POST_SECONDS):
                return await self._authority.refresh(spent)
        except TimeoutError:
            return Unclear("Fanvue's sign-in server did not answer.")

    async def _note_scopes(self, tx: Transaction, link: Link, scope: str | None, attempt: str) -> None:
        if scope is None or set(scope.split()) == set(link.scopes.split()):
            return
        await creators.granted(tx, link.id, scope)
        lost = " ".join(sorted(set(link.scopes.split()) - set(scope.split())))
        if lost:
            await self._journal.write(tx, "link.scopes_lost", lost, target=link.id, creator=link.creator)
            await self._tell(tx, link, attempt, lambda: _allows_less(link, scope, lost))

    async def _tell(self, tx: Transaction, link: Link, cause: str, make: Callable[[], Post]) -> None:
        if await forums.of_creator(tx, link.creator) is not None:
            found = ConditionFinding(
                link.creator, ConnectionCondition.SIGN_IN, cause, "notice", make, self._clock.now()
            )
            await tell_condition(tx, self._effects, found)


def _must_sign_in(link: Link) -> Post:
    return Post(title=tr("{account} must sign in to Fanvue again", account=_at(link)), body=(tr(LINK_AGAIN),))


def _allows_less(link: Link, granted: str, lost: str) -> Post:
    off = ", ".join(refused(granted.split(), link.scopes.split())) or tr("nothing that is in use")
    text = tr(
        "No longer allowed: {lost}. Off now: {off}. The creator can allow it again with /link.",
        lost=lost,
        off=off,
    )
    return Post(title=tr("Fanvue allows less for {account}", account=_at(link)), body=(text,))


def _at(link: Link) -> str:
    return f"@{safe(one_line(link.handle, 40))}"
