"""From Fanvue's consent to the question in Discord (R12, steps 5 to 8)."""

from dataclasses import replace
from typing import NoReturn

from bot.accounts import pairs
from bot.accounts.errors import CheckFailed
from bot.accounts.notices import answer
from bot.accounts.pairs import Pair
from bot.accounts.ports import Means
from bot.accounts.returning import Params, Returned, receive
from bot.fanvue.errors import FanvueError
from bot.fanvue.models import Me
from bot.fanvue.oauth import Tokens as Granted
from bot.relay.ports import Button, Post
from bot.relay.render import safe
from storage import logins
from storage.database import Transaction
from storage.errors import DatabaseUnreachable

_ID_TAIL = 4


class Consent:
    """Turns a consent into a pending link and asks the ticket's owner about it."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def fanvue_returned(self, params: Params, cookie: str | None) -> None:
        """Exchange the code once, read whose it is, and ask the owner. Raises CheckFailed or Declined."""
        returned = await receive(self._means, params, cookie, "fanvue")
        if returned.ticket.state != "used":
            raise CheckFailed("ticket closed")
        granted = await self._means.authority.exchange(returned.code, returned.verifier)
        if not isinstance(granted, Granted):
            # An unknown outcome is not repeated: a code that is shown twice kills what it gave.
            await self._sorry(returned, "exchange")
        if granted.refresh is None:
            await self._sorry(returned, "no refresh token", granted.access)
        now = self._means.clock.now()
        pair = Pair(granted.access, granted.refresh, now, now + granted.expires_in * 1000)
        scopes = self._scopes(granted.scope)
        if scopes is None:
            await self._sorry(returned, "scopes", pair.refresh)
        try:
            account = await self._means.who_am_i(pair.access)
        except FanvueError:
            await self._sorry(returned, "who am I", pair.refresh)
        await self._keep(returned, pair, scopes, account)

    def _scopes(self, scope: str | None) -> str | None:
        """What was granted, if it is enough and not more than was asked for."""
        settings = self._means.settings
        granted = set(settings.scopes if scope is None else scope.split())
        if not settings.needed <= granted or not granted <= set(settings.scopes):
            return None
        return " ".join(sorted(granted))

    async def _keep(self, returned: Returned, pair: Pair, scopes: str, account: Me) -> None:
        means, ticket = self._means, returned.ticket
        pending = logins.Pending(
            id=means.ids.new(),
            ticket_hash=ticket.hash,
            discord_user=ticket.discord_user,
            guild=ticket.guild,
            creator=account.uuid,
            handle=account.handle,
            display_name=account.display_name or account.handle,
            scopes=scopes,
            tokens=None,
            state="open",
            expires_at=means.clock.now() + means.settings.pending_life,
        )
        sealed = pairs.seal_pending(means.sealer, pending.id, account.uuid, pair)

        async def work(tx: Transaction) -> None:
            await logins.add_pending(tx, replace(pending, tokens=sealed))
            await answer(
                tx,
                means.effects,
                command=ticket.command,
                cause=pending.id,
                part="ask",
                post=_question(pending),
                creator=account.uuid,
            )

        try:
            await means.database.write(work)
        except DatabaseUnreachable:
            await means.authority.revoke(pair.refresh)  # nobody will remember this token
            raise

    async def _sorry(self, returned: Returned, check: str, granted: str | None = None) -> NoReturn:
        """End this link: give back what was granted, and tell the owner where they asked."""
        means, ticket = self._means, returned.ticket

        async def work(tx: Transaction) -> None:
            if granted is not None:
                await means.revoking.owe(tx, granted)
            await logins.move_ticket(tx, ticket.hash, was="used", to="closed")
            await means.journal.write(
                tx, "link.failed", check, target=str(ticket.discord_user), actor=ticket.discord_user
            )
            await answer(
                tx,
                means.effects,
                command=ticket.command,
                cause=ticket.hash,
                part="failed",
                post=Post(
                    title="Nothing was connected",
                    body=("Fanvue did not give this bridge what it needs. Please try again with /link.",),
                ),
            )

        await means.database.write(work)
        if granted is not None:
            await means.revoking.carry_out()
        raise CheckFailed(check)


def _question(pending: logins.Pending) -> Post:
    name = f"**@{safe(pending.handle)}** (…{pending.creator[-_ID_TAIL:]})"
    return Post(
        title="One last question",
        body=(
            f"Connect {name}, **{safe(pending.display_name)}**, to this server?",
            "Press Yes only if this account is your own. No, or no answer in 10 minutes, connects nothing.",
        ),
        buttons=(
            Button("link.yes", pending.id, "Yes, connect", "success"),
            Button("link.no", pending.id, "No", "secondary"),
        ),
    )
