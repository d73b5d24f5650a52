"""Tells Fanvue to forget refresh tokens that nobody needs any more (R13)."""

import logging

from bot.fanvue.oauth import GrantRevoked, NotSent, Refused, Unclear
from bot.features.people.accounts.authority import AuthorizationServerPort
from bot.model.ports import Clock, Ids, Sealer
from storage.database import Database, Transaction
from storage.people import creators, tokens
from storage.records import LinkId, Millis

log = logging.getLogger(__name__)

_GIVE_UP_AFTER: Millis = 24 * 3600 * 1000
_FIRST_WAIT: Millis = 5_000
_LONGEST_WAIT: Millis = 15 * 60 * 1000


class TokenRevocation:
    """Keeps what is to be revoked, sealed, until Fanvue has confirmed it or a day has passed."""

    def __init__(
        self,
        *,
        database: Database,
        sealer: Sealer,
        clock: Clock,
        ids: Ids,
        authority: AuthorizationServerPort,
        paused: bool = False,
    ) -> None:
        """`paused`: revoke nothing in this run; what is owed stays owed."""
        self._database = database
        self._sealer = sealer
        self._clock = clock
        self._ids = ids
        self._authority = authority
        self._paused = paused

    async def owe(self, tx: Transaction, refresh: str, *, link: LinkId | None = None) -> None:
        """Remember, in the transaction that lets go of it, that `refresh` must be revoked."""
        revocation = self._ids.new()
        now = self._clock.now()
        sealed = self._sealer.seal(_place(revocation), refresh.encode())
        await tokens.owe(
            tx,
            tokens.Revocation(
                id=revocation, link=link, refresh=sealed, attempts=0, not_before=now, created_at=now
            ),
        )

    async def carry_out(self) -> None:
        """Try every revocation that is due, once each. Revoking is safe to repeat, so no end is unknown."""
        if self._paused:
            return
        due = await self._database.read(lambda tx: tokens.owed(tx, now=self._clock.now()))
        for owed in due:
            await self._try(owed)

    async def _try(self, owed: tokens.Revocation) -> None:
        try:
            refresh = self._sealer.open(_place(owed.id), owed.refresh).decode()
        except ValueError:
            log.exception("a revocation cannot be opened and is given up")
            await self._database.write(lambda tx: self._end(tx, owed, "given_up"))
            return
        ending = await self._authority.revoke(refresh)
        if isinstance(ending, GrantRevoked):
            await self._database.write(lambda tx: self._end(tx, owed, "done"))
        else:
            await self._again(owed, ending)

    async def _again(self, owed: tokens.Revocation, ending: NotSent | Unclear | Refused) -> None:
        now = self._clock.now()
        if now - owed.created_at >= _GIVE_UP_AFTER:
            log.warning("a revocation was given up after a day: %s", type(ending).__name__)
            await self._database.write(lambda tx: self._end(tx, owed, "given_up"))
            return
        wait = min(_FIRST_WAIT << min(owed.attempts, 20), _LONGEST_WAIT)
        await self._database.write(lambda tx: tokens.owe_later(tx, owed.id, not_before=now + wait))

    async def _end(self, tx: Transaction, owed: tokens.Revocation, state: str) -> None:
        await tokens.owe_nothing(tx, owed.id, state=state)
        if owed.link is not None:
            await creators.close(tx, owed.link, now=self._clock.now())


def _place(revocation: str) -> str:
    return f"revocations|refresh_ct|{revocation}"
