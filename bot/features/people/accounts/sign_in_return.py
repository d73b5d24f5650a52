"""A browser comes back from a sign-in page: checks before any exchange (R12)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.fanvue.oauth import challenge_of, new_verifier
from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.errors import (
    FanvueLinkFailed,
    LinkCheckFailed,
    LinkDeclined,
    LinkScopeRefused,
    LinkSessionMismatch,
    LinkStopped,
)
from bot.features.people.accounts.link_causes import of_callback
from bot.features.people.accounts.ports import AccountLinkContext
from storage.database import Transaction
from storage.people import pending_links, sign_in_attempts
from storage.people.sign_in_attempts import SignInAttempt

# As Fanvue was seen to say it: "Login session does not match the signed-in account".
_MISMATCH = re.compile(r"session does not match", re.IGNORECASE)

Params = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class SignInReturn:
    """A return that belongs to this browser and to a link under way; its state can never be used again."""

    attempt: SignInAttempt
    ticket: pending_links.Ticket
    code: str
    verifier: str


async def receive(means: AccountLinkContext, params: Params, cookie: str | None, step: str) -> SignInReturn:
    """Consume the attempt first, then look at the rest. Raises LinkCheckFailed or Declined."""
    state = _once(params, "state")
    code, error, issuer = _once(params, "code"), _once(params, "error"), _once(params, "iss")
    if state is None or not browser_secrets.is_secret(state):
        raise LinkCheckFailed("state")
    attempt, ticket = await _consume(means, state, step)
    if means.clock.now() >= attempt.expires_at:
        raise LinkCheckFailed("expired")
    if cookie is None or not browser_secrets.same_hash(cookie, attempt.cookie_hash):
        raise LinkCheckFailed("cookie")
    await _check_issuer(means, issuer, step)
    if error is not None:
        if error == "invalid_scope" and step == "fanvue":
            raise LinkScopeRefused(attempt, ticket)
        raise _ended(error, _once(params, "error_description"), ticket, step, code)
    if code is None or not browser_secrets.is_code(code):
        raise LinkCheckFailed("code")
    verifier = means.sealer.open(verifier_place(attempt.state_hash, step), attempt.verifier).decode()
    return SignInReturn(attempt, ticket, code, verifier)


def _ended(
    error: str, description: str | None, ticket: pending_links.Ticket, step: str, code: str | None
) -> LinkStopped:
    """The error for a sign-in page that sent no code."""
    if step == "fanvue" and (error == "login_required" or _MISMATCH.search(description or "")):
        return LinkSessionMismatch(ticket)
    if error == "access_denied" and code is None:
        return LinkDeclined()
    return FanvueLinkFailed(of_callback(error), ticket) if step == "fanvue" else LinkCheckFailed("error")


def new_attempt(
    means: AccountLinkContext, ticket: pending_links.Ticket, step: str, cookie_hash: str
) -> tuple[SignInAttempt, str, str]:
    """An attempt to be added, the state that goes into the URL, and the PKCE challenge."""
    state = browser_secrets.new_secret(means.random)
    verifier = new_verifier(means.random)
    settings, now = means.settings, means.clock.now()
    state_hash = browser_secrets.hashed(state)
    attempt = SignInAttempt(
        state_hash=state_hash,
        ticket_hash=ticket.hash,
        step=step,
        state="started",
        verifier=means.sealer.seal(verifier_place(state_hash, step), verifier.encode()),
        cookie_hash=cookie_hash,
        expires_at=min(now + settings.attempt_life, ticket.created_at + settings.whole_life),
    )
    return attempt, state, challenge_of(verifier)


def verifier_place(state_hash: str, step: str) -> str:
    """The place a verifier is sealed for."""
    return f"attempts|verifier_ct|{state_hash}|{step}"


def _once(params: Params, name: str) -> str | None:
    try:
        return browser_secrets.one(params, name)
    except ValueError as error:
        raise LinkCheckFailed(f"{name} twice") from error


async def _consume(
    means: AccountLinkContext, state: str, step: str
) -> tuple[SignInAttempt, pending_links.Ticket]:
    async def work(tx: Transaction) -> tuple[SignInAttempt | None, pending_links.Ticket | None]:
        attempt = await sign_in_attempts.consume(tx, browser_secrets.hashed(state), step)
        return attempt, await pending_links.ticket(tx, attempt.ticket_hash) if attempt else None

    attempt, ticket = await means.database.write(work)
    if attempt is None or ticket is None:
        raise LinkCheckFailed("unknown or used state")
    return attempt, ticket


async def _check_issuer(means: AccountLinkContext, issuer: str | None, step: str) -> None:
    fanvue = step == "fanvue"
    expected = means.settings.issuer if fanvue else means.settings.discord_issuer
    if issuer is None and not (fanvue and await means.promises_issuer()):
        return
    # Some servers write their own name with a slash at the end and some without; no other name fits.
    if issuer is None or issuer.rstrip("/") != expected.rstrip("/"):
        raise LinkCheckFailed("issuer")
