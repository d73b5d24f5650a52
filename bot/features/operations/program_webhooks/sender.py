"""Sends one event to one address, signed as Standard Webhooks."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from http import HTTPStatus
from typing import Final

import aiohttp
from standardwebhooks import Webhook

from bot.egress.public_addresses import Place
from bot.egress.sessions import outgoing_session, places_of
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.features.operations.program_webhooks.address_rules import checked
from bot.features.operations.program_webhooks.model import ProgramWebhook
from storage.records import Millis

log = logging.getLogger(__name__)

_SECONDS: Final = 10.0
# The same for each of them: a program that named the address learns by it what is in no network of ours.
_UNREACHED: Final = "it cannot be reached"
_LONGEST_ANSWER: Final = 4_096  # bytes that are read, so that the connection can be used again
# What the libraries raise: no network, no answer in time, an address or a certificate that does not do.
_NOT_SENT: Final = (aiohttp.ClientError, TimeoutError, OSError, ValueError, ProgramRefused)
# Of this one event: the receiver has read it, and will say the same again.
_OF_THE_EVENT: Final = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)


class WebhookAnswer(Enum):
    """What an address did with an event."""

    TAKEN = "taken"
    LATER = "later"  # it may take it another time
    NOT_THIS = "not this"  # it refuses this event
    GONE = "gone"  # it wants no event, ever


@dataclass(frozen=True)
class WebhookOutcome:
    """`why`: a few words without the address; '' where it was taken. `after`: seconds it asked for."""

    answer: WebhookAnswer
    why: str = ""
    after: float | None = None


class WebhookSender:
    """Speaks to addresses outside, and apart from them to each that the operator named."""

    def __init__(self, *, seconds: float = _SECONDS) -> None:
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._sessions: dict[frozenset[Place], aiohttp.ClientSession] = {}  # by what may be private

    async def send(self, webhook: ProgramWebhook, event: str, body: str, *, now: Millis) -> WebhookOutcome:
        """One attempt. `event`: its id, the same in every attempt."""
        at = datetime.fromtimestamp(now / 1000, UTC)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "fanvue-discord-bridge",
            "webhook-id": event,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(webhook.secret).sign(event, at, body),
        }
        try:
            url = checked(webhook.url, inside=webhook.inside)  # it may be older than a rule
            async with self._session((url,) if webhook.inside else ()).post(
                url,
                data=body.encode(),
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as answer:
                await answer.content.read(_LONGEST_ANSWER)
                return _outcome(answer.status, answer.headers.get("Retry-After", ""))
        except _NOT_SENT as error:  # never its text: the address is in it
            log.info("a program's address was not reached", extra={"reason": type(error).__name__})
            return WebhookOutcome(WebhookAnswer.LATER, _UNREACHED)

    async def close(self) -> None:
        """At the end of the process."""
        for session in self._sessions.values():
            await session.close()

    def _session(self, named: Sequence[str]) -> aiohttp.ClientSession:
        """One for all addresses outside; one for each host and port inside, that nothing else may reach."""
        places = frozenset(places_of(named))
        if places not in self._sessions:
            self._sessions[places] = outgoing_session(named)
        return self._sessions[places]


def _outcome(status: int, retry_after: str) -> WebhookOutcome:
    if status // 100 == 2:  # noqa: PLR2004 - HTTP's own number
        return WebhookOutcome(WebhookAnswer.TAKEN)
    said = f"it answered {status}"
    if status == HTTPStatus.GONE:
        return WebhookOutcome(WebhookAnswer.GONE, said)
    if status in _OF_THE_EVENT:
        return WebhookOutcome(WebhookAnswer.NOT_THIS, said)
    short = retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 6  # noqa: PLR2004 - a day and more
    return WebhookOutcome(WebhookAnswer.LATER, said, float(retry_after) if short else None)
