"""What an agent's browser asks for, understood (pure)."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from bot.features.operations.agent_sign_in.client_rules import fits
from bot.features.operations.agent_sign_in.model import (
    NOT_HERE,
    NOT_THERE,
    WRONG,
    AgentClient,
    AgentRequest,
    SignInRefused,
)
from storage.people.api_keys import ApiKeyScope

_STATE: Final = 1_000
_SCOPE: Final = 500
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_KNOWN: Final = (
    *("response_type", "client_id", "redirect_uri", "state", "scope", "resource", "prompt"),
    *("code_challenge", "code_challenge_method"),
)
_WIDEST: Final = list(ApiKeyScope)[-1]
_TWICE: Final = "A parameter is there twice."


class RedirectRefused(SignInRefused):
    """The agent itself is told, at the address where its answers go."""

    def __init__(self, error: str, said: str, *, redirect: str, state: str | None) -> None:
        super().__init__(error, said)
        self.redirect = redirect
        self.state = state


def one_of_each(params: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The parameters that mean something. Raises SignInRefused where one of them is there twice."""
    found: dict[str, str] = {}
    for name, value in params:
        if name in _KNOWN:
            if name in found:
                raise SignInRefused(WRONG, _TWICE)
            found[name] = value
    return found


def understood(asked: dict[str, str], client: AgentClient | None, *, resource: str, id: str) -> AgentRequest:  # noqa: A002 - it is one
    """What it asks for. Raises SignInRefused, and RedirectRefused once it is known where answers may go."""
    if client is None:
        raise SignInRefused(NOT_THERE, "This app is not known here.")
    redirect = asked.get("redirect_uri", client.redirects[0] if len(client.redirects) == 1 else "")
    if not fits(redirect, client):
        raise SignInRefused(WRONG, "The app did not name this address before.")
    state = asked.get("state")
    if state is not None and (len(state) > _STATE or not state.isprintable()):
        raise SignInRefused(WRONG, "The state is too long.")

    def refuse(error: str, said: str) -> RedirectRefused:
        return RedirectRefused(error, said, redirect=redirect, state=state)

    if asked.get("response_type") != "code":
        raise refuse("unsupported_response_type", "The response type is code.")
    challenge = asked.get("code_challenge", "")
    if asked.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
        raise refuse(WRONG, "Send a code_challenge with the method S256.")
    if asked.get("resource", resource) != resource:
        raise refuse(NOT_HERE, "That is another server's address.")
    scope = scope_of(asked.get("scope", ""))
    return AgentRequest(id, client.id, client.name, redirect, challenge, scope, state)


def scope_of(asked: str) -> ApiKeyScope:
    """The widest of those that are asked for; without any word that means something: all."""
    words = set(asked[:_SCOPE].split())
    known = [scope for scope in ApiKeyScope if scope in words]
    return known[-1] if known else _WIDEST


def scopes_told(scope: ApiKeyScope) -> str:
    """A scope with those that it opens, too, as OAuth writes them."""
    return " ".join(one for one in ApiKeyScope if scope.includes(one))


def answer_url(redirect: str, issuer: str, state: str | None, **told: str) -> str:
    """The address to which the browser takes the answer."""
    query = urlencode({**told, **({} if state is None else {"state": state}), "iss": issuer})
    return f"{redirect}{'&' if '?' in redirect else '?'}{query}"
