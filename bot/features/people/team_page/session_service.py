"""Whose session a browser's cookie opens, until it ends."""

from bot.features.people.accounts.browser_secrets import hashed, is_secret
from bot.features.people.team_page.model import PageVisitor
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import page_sessions
from storage.people.page_sessions import PageSessionRecord


class PageSessionService:
    """Any process that serves pages answers: nothing of a session is in memory."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def visitor(self, secret: str | None) -> PageVisitor | None:
        """Who it is; None: nobody is signed in with it, or no longer."""
        row = await self._ctx.database.read(lambda tx: self._row(tx, secret))
        return PageVisitor(row.id, row.member, row.guild) if row is not None else None

    async def sign_out(self, visitor: PageVisitor) -> None:
        """From here on its cookie opens nothing, wherever it is."""

        async def work(tx: Transaction) -> None:
            if await page_sessions.end(tx, visitor.session):
                await self._ctx.trail.write(tx, "page.sign_out", "done", actor=visitor.member)

        await self._ctx.database.write(work)

    async def _row(self, tx: Transaction, secret: str | None) -> PageSessionRecord | None:
        if secret is None or not is_secret(secret):
            return None
        row = await page_sessions.by_session(tx, hashed(secret))
        return row if row is not None and self._ctx.clock.now() < row.expires_at else None
