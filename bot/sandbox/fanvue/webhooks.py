"""Delivers signed webhooks in the background, with retries and faults."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, replace
from typing import Any

import aiohttp

from bot.sandbox.fanvue.events import EVENT_SCOPES, iso
from bot.sandbox.fanvue.faults import Sleep, Switchboard
from bot.sandbox.fanvue.records import DeveloperApp, UserId
from bot.sandbox.fanvue.state import FanvueState, WebhookEvent
from bot.sandbox.fanvue.tokens import TokenOffice


@dataclass(frozen=True)
class WebhookDelivery:
    """One event on its way to one receiver."""

    event: WebhookEvent
    url: str
    secret: str
    attempt: int = 1


def signature(secret: str, body: bytes, at: int) -> str:
    """The header value: HMAC-SHA256 over `t.body`."""
    sealed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v0={sealed}"


def rotating(header: str, secret: str, body: bytes, at: int) -> str:
    """The same while a secret is rotated: the new one's value stands bare behind the old one's."""
    return f"{header},{signature(secret, body, at).rpartition('=')[2]}"


def envelope_of(event: WebhookEvent) -> dict[str, Any]:
    return {"id": event.id, "type": event.type, "timestamp": iso(event.at), "data": event.data}


def body_of(event: WebhookEvent) -> bytes:
    """The raw bytes that are signed and sent, the same on every attempt."""
    return json.dumps(envelope_of(event), ensure_ascii=False, separators=(",", ":")).encode()


class WebhookPostRoom:
    """Knows who subscribed to what, and keeps trying until they have it or it gives up."""

    def __init__(self, state: FanvueState, tokens: TokenOffice, faults: Switchboard, sleep: Sleep) -> None:
        self._state = state
        self._tokens = tokens
        self._faults = faults
        self._sleep = sleep
        self._lanes: dict[str, asyncio.Queue[WebhookDelivery]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: list[WebhookDelivery] = []
        self._session: aiohttp.ClientSession | None = None
        self.pending = 0

    @property
    def idle(self) -> bool:
        """True when nothing is on its way, waits for a retry or is held back."""
        return self.pending == 0

    async def open(self) -> None:
        self._session = aiohttp.ClientSession()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def probe(self, url: str) -> bool:
        """Say whether this URL answers 200 to GET, without redirects; where asked, to an unsigned POST."""
        assert self._session is not None
        try:
            async with self._session.get(url, allow_redirects=False, timeout=self._patience()) as answer:
                if answer.status != 200:  # noqa: PLR2004 - the HTTP status that Fanvue wants
                    return False
            return not self._state.switches.unsigned_probe or await self._probe_unsigned(url)
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _probe_unsigned(self, url: str) -> bool:
        assert self._session is not None
        async with self._session.post(
            url, json={"type": "webhook.verification"}, allow_redirects=False, timeout=self._patience()
        ) as answer:
            self._state.ledger.record("webhook.probed", url=url, status=answer.status)
            return 200 <= answer.status < 300  # noqa: PLR2004 - any 2xx will do

    def post(self, event: WebhookEvent) -> None:
        """Send this event to everyone who may have it, through the faults."""
        for delivery in self._addressed(event):
            self._sabotaged(delivery)

    def let_go(self) -> None:
        """Send every delivery that was held back to be reordered, the last one first."""
        faults = self._faults.webhooks
        faults.reorder_next = 0
        held, self._held = self._held[::-1], []
        for one in held:
            self._enter(one, faults.delay)

    def _addressed(self, event: WebhookEvent) -> Iterator[WebhookDelivery]:
        """The app's own URL and the API subscriptions, where the grant has the event's scope."""
        for app in self._state.apps.values():
            if app.webhook_url is not None and event.type in app.events and self._allowed(app, event):
                yield WebhookDelivery(event, app.webhook_url, app.webhook_secret)
        for hook in self._state.hooks.values():
            scopes = self._tokens.live_scopes(hook.client_id, hook.user)
            wanted = event.type in hook.events and hook.user in self._behind(event.creator)
            if wanted and EVENT_SCOPES[event.type] in scopes:
                yield WebhookDelivery(event, hook.url, hook.secret)

    def _allowed(self, app: DeveloperApp, event: WebhookEvent) -> bool:
        return any(
            EVENT_SCOPES[event.type] in self._tokens.live_scopes(app.client_id, user)
            for user in self._behind(event.creator)
        )

    def _behind(self, creator: UserId) -> list[UserId]:
        """Those whose consent counts for this creator: herself, and her agency's members."""
        members = (one.uuid for one in self._state.accounts.values() if creator in one.manages)
        return [creator, *members]

    def _sabotaged(self, delivery: WebhookDelivery) -> None:
        faults = self._faults.webhooks
        if (faults.off or faults.drop_next > 0) and delivery.event.type not in faults.certain:
            faults.drop_next = max(0, faults.drop_next - 1)
            self._record("dropped", delivery)
            return
        self.pending += 1
        if faults.reorder_next > 0 or self._held:
            self._held.append(delivery)
            if len(self._held) >= faults.reorder_next:
                self.let_go()
            return
        self._enter(delivery, faults.delay)
        if faults.duplicate_next > 0:
            faults.duplicate_next -= 1
            self.pending += 1
            self._record("duplicated", delivery)
            self._enter(delivery, faults.delay)

    def _enter(self, delivery: WebhookDelivery, after: float) -> None:
        """Put it in the receiver's lane, at once or later."""
        if after > 0:
            self._spawn(self._enter_later(delivery, after))
            return
        lane = self._lanes.get(delivery.url)
        if lane is None:
            lane = self._lanes[delivery.url] = asyncio.Queue()
            for _ in range(self._state.switches.webhooks_at_once):
                self._spawn(self._walk(lane))
        lane.put_nowait(delivery)

    async def _enter_later(self, delivery: WebhookDelivery, after: float) -> None:
        await self._sleep(after)
        self._enter(delivery, 0)

    async def _walk(self, lane: asyncio.Queue[WebhookDelivery]) -> None:
        while True:
            delivery = await lane.get()
            if await self._attempt(delivery):
                self._finish()
            else:
                self._retry(delivery)

    async def _attempt(self, delivery: WebhookDelivery) -> bool:
        body = body_of(delivery.event)
        at = int(self._state.now().timestamp())
        signed = signature(delivery.secret, body, at)
        if new := self._state.switches.rotating_secret:
            signed = rotating(signed, new, body, at)
        headers = {"Content-Type": "application/json", "X-Fanvue-Signature": signed}
        self._record("attempt", delivery)
        assert self._session is not None
        try:
            async with self._session.post(
                delivery.url, data=body, headers=headers, allow_redirects=False, timeout=self._patience()
            ) as answer:
                self._record("answered", delivery, status=answer.status)
                return 200 <= answer.status < 300  # noqa: PLR2004 - any 2xx acknowledges
        except (aiohttp.ClientError, TimeoutError) as error:
            self._record("failed", delivery, why=type(error).__name__)
            return False

    def _patience(self) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=self._state.switches.webhook_timeout_seconds)

    def _retry(self, delivery: WebhookDelivery) -> None:
        waits = self._state.switches.webhook_retry_seconds
        if delivery.attempt > len(waits) and delivery.event.type not in self._faults.webhooks.certain:
            self._record("gave_up", delivery)
            self._finish()
            return
        wait = self._state.switches.window(waits[min(delivery.attempt, len(waits)) - 1]).total_seconds()
        again = replace(delivery, attempt=delivery.attempt + 1)
        self._spawn(self._enter_later(again, wait))

    def _finish(self) -> None:
        self.pending -= 1
        self._state.pulse.beat()

    def _record(self, what: str, delivery: WebhookDelivery, **facts: object) -> None:
        self._state.ledger.record(
            f"webhook.{what}",
            id=delivery.event.id,
            type=delivery.event.type,
            url=delivery.url,
            attempt=delivery.attempt,
            **facts,
        )

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
