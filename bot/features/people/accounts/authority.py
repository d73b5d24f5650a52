"""Fanvue's authorization server, as linking and renewing see it."""

from collections.abc import Sequence
from typing import Protocol

from bot.fanvue.oauth import Ending, Outcome


class AuthorizationServerPort(Protocol):
    """One POST a call, never repeated behind it (bot.fanvue.oauth)."""

    def authorize_url(self, *, state: str, challenge: str, scopes: Sequence[str], login: bool = False) -> str:
        """The address of the creator's consent; `login`: the browser signs in first in any case."""

    async def exchange(self, code: str, verifier: str) -> Outcome:
        """Turn the code of a callback into tokens."""

    async def refresh(self, token: str) -> Outcome:
        """Spend a refresh token for a new pair."""

    async def revoke(self, token: str) -> Ending:
        """End a grant by its refresh token; doing it twice is harmless."""
