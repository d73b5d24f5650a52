"""Erases sign-ins of agents whose time is over, also where no other one comes."""

from collections.abc import Sequence

from bot.engine.expiry import ExpiryTask
from storage.database import Transaction
from storage.people import agent_requests
from storage.records import Millis


class AgentRequestExpiry(ExpiryTask[str]):
    """Whoever looks at one before that sees it as over, too."""

    name = "agent sign-ins"

    async def over(self, tx: Transaction, *, now: Millis, limit: int) -> Sequence[str]:
        """Their ids."""
        return await agent_requests.over(tx, now=now, limit=limit)

    async def end(self, tx: Transaction, one: str, *, now: Millis) -> None:  # noqa: ARG002 - the port's
        await agent_requests.erase(tx, one)
