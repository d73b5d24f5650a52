"""Fanvue's webhooks: read within bounds, verify, keep, answer; no more (R1)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

from aiohttp import ClientError, web

from bot.fanvue.payloads import understand
from bot.fanvue.signature import HEADER, SignatureRefusal, verify
from bot.model.events import NotUnderstood, Understood
from bot.model.ports import Clock
from bot.web.client_address import FORWARDED, client_address
from storage.errors import DatabaseUnreachable

log = logging.getLogger(__name__)

PATH = "/webhooks/fanvue"
LARGEST = 256 * 1024
_READ_SECONDS = 5.0
_TAKEN, _OURS = 200, 500  # HTTP: from the second on it was the bridge that could not
_AT_ONCE = 512  # bodies in memory: 128 MiB at the very most; Fanvue sends again what is turned away

Keep = Callable[[bytes, Understood | NotUnderstood], Awaitable[bool]]
"""Commits a body that Fanvue signed; False for a repeat. Raises DatabaseUnreachable."""

Probed = Callable[[], Awaitable[bool]]


async def _never() -> bool:
    return False


@dataclass(frozen=True)
class DeliveryWatch:
    """Callbacks for deliveries: how each ended, whose secret was right, why one was turned away.

    `proxies`: those of ours, whose word about a client's address is taken.
    """

    ended: Callable[[str], None] = lambda _outcome: None
    signed: Callable[[int], None] = lambda _key: None
    refused: Callable[[str, str | None], None] = lambda _outcome, _address: None
    proxies: Sequence[IPv4Network | IPv6Network] = ()


class _BodyNotRead(Exception):
    """The body was not read; `status` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class WebhookReceiver:
    """Answers 200 only when the event is durable. It never logs a body and calls nobody else."""

    def __init__(
        self,
        *,
        secrets: Callable[[], Sequence[str]],
        keep: Keep,
        clock: Clock,
        watch: DeliveryWatch = DeliveryWatch(),
        read_seconds: float = _READ_SECONDS,
        secret_later: bool = False,
        probed: Probed = _never,
    ) -> None:
        """`secrets` gives those that are valid now; `watch` is told what came of each delivery.

        Raises ValueError without a secret (A4). With `secret_later` there may be none yet: until the
        first one is there, every webhook is answered 503. `probed`: whether an unsigned request may be
        Fanvue's look at the address; it is answered 200, and nothing is kept.
        """
        known = secrets()
        if not all(known) or not (known or secret_later):
            raise ValueError("FANVUE_WEBHOOK_SECRETS is empty: the bridge accepts no unsigned webhooks.")
        self.draining = False  # once True, everything is answered 503 and nothing is kept
        self._secrets = secrets
        self._keep = keep
        self._clock = clock
        self._watch = watch
        self._read_seconds = read_seconds
        self._probed = probed
        self._under_way = 0

    def add_to(self, app: web.Application) -> None:
        app.router.add_post(PATH, self._post)
        app.router.add_get(PATH, self._get)

    async def _get(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def _post(self, request: web.Request) -> web.Response:
        if self._under_way >= _AT_ONCE:
            outcome, status = "too_many", 503
        else:
            self._under_way += 1
            try:
                outcome, status = await self._receive(request)
            finally:
                self._under_way -= 1
        self._watch.ended(outcome)
        if status < _OURS and status != _TAKEN:
            # What a header says about it anybody can write, unless a proxy of ours did.
            forwarded = request.headers.getall(FORWARDED, ())
            self._watch.refused(outcome, client_address(request.remote, forwarded, self._watch.proxies))
        response = web.Response(status=status)
        if status in {408, 413, 415, 503}:
            response.force_close()  # what is left of the body is not worth reading
        return response

    async def _receive(self, request: web.Request) -> tuple[str, int]:
        if self.draining:
            return "draining", 503
        try:
            raw = await self._read(request)
        except _BodyNotRead as error:
            return "not_read", error.status
        if HEADER not in request.headers and await self._is_probe():
            return "probe", 200
        secrets = self._secrets()
        if not secrets:
            return "no_secret", 503
        verdict = verify(request.headers.get(HEADER), raw, secrets, self._clock.now())
        if isinstance(verdict, SignatureRefusal):
            return verdict.name.lower(), 401
        self._watch.signed(verdict.key)
        try:
            fresh = await self._keep(raw, understand(raw))
        except DatabaseUnreachable:
            log.warning("a webhook could not be kept; Fanvue is asked to send it again")
            return "not_kept", 503
        return "kept" if fresh else "repeat", 200

    async def _is_probe(self) -> bool:
        """Fanvue may look at the address while it is asked for a subscription, and at no other time."""
        try:
            return await self._probed()
        except DatabaseUnreachable:
            return False

    async def _read(self, request: web.Request) -> bytes:
        """The raw bytes, at most 256 KiB within 5 s, never decoded."""
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise _BodyNotRead(415)
        if (request.content_length or 0) > LARGEST:
            raise _BodyNotRead(413)
        raw = bytearray()
        try:
            async with asyncio.timeout(self._read_seconds):
                async for chunk in request.content.iter_any():
                    raw += chunk
                    if len(raw) > LARGEST:
                        raise _BodyNotRead(413)
        except TimeoutError as error:
            raise _BodyNotRead(408) from error
        except (ClientError, ConnectionError) as error:  # cut short, or chunks that are none
            raise _BodyNotRead(400) from error
        return bytes(raw)
