"""Keeps one webhook subscription for each link, and knows all secrets.

FANVUE_SUBSCRIBE=manual: the operator ticks the events in Fanvue's Developer Area; nothing is made here,
and what an earlier "auto" has made is taken back. auto: one subscription for each linked creator, with
every event that the granted scopes allow; a change of scopes or address makes another one.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.fanvue.errors import FanvueError, ObjectNotFound
from bot.fanvue.figures import WebhookSecret
from bot.fanvue.webhooks_api import WebhooksApi
from bot.model.errors import DeliveryFailed
from bot.model.ports import Clock, Sealer
from storage.database import Database, Transaction
from storage.people import creators, webhook_subscriptions
from storage.people.webhook_subscriptions import WebhookSubscriptionRecord
from storage.records import CreatorId, Link, LinkId, LinkKind, Millis

log = logging.getLogger(__name__)

_PROBE: Millis = 60_000  # longer than a call may take
_DAY: Millis = 86_400_000
_FAILED = (FanvueError, DeliveryFailed)


@dataclass(frozen=True)
class WebhookSubscriptionSettings:
    """The operator's decisions. `events`: Fanvue's name → its scope."""

    automatic: bool
    url: str
    events: Mapping[str, str]
    fixed: tuple[str, ...]  # the secrets of the Developer Area


class WebhookSubscriptions:
    """Arranges subscriptions; `secrets` is what a webhook's signature is compared with."""

    def __init__(
        self,
        *,
        database: Database,
        sealer: Sealer,
        clock: Clock,
        api: Callable[[LinkId], WebhooksApi],
        settings: WebhookSubscriptionSettings,
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock
        self._api = api
        self._settings = settings
        self._own: dict[str, str] = {}
        self._checked: dict[CreatorId, Millis] = {}

    def secrets(self) -> Sequence[str]:
        """Every secret that may have signed what arrives now."""
        return (*self._settings.fixed, *self._own.values())

    async def expects_probe(self) -> bool:
        """Whether an unsigned request may be Fanvue's look at the address: a subscription is being made."""
        return await self._database.read(
            lambda tx: webhook_subscriptions.expects_probe(tx, now=self._clock.now())
        )

    async def load(self) -> None:
        """Read the secrets of this installation's subscriptions; before the first webhook is taken."""
        rows = await self._database.read(webhook_subscriptions.all_of)
        own: dict[str, str] = {}
        for row in rows:
            try:
                own[row.id] = self._sealer.open(_place(row.id, row.creator), row.secret).decode()
            except ValueError:
                log.exception("integrity: the secret of a webhook subscription does not open")
        self._own = own

    async def tidy(self) -> None:
        """Bring every linked creator's subscription to what it should be. One that fails waits."""
        for link in await self._database.read(creators.active_links):
            if link.kind is not LinkKind.OWN:
                continue  # whoever only manages a creator is told nothing of them by Fanvue
            try:
                await self._arrange(link)
            except _FAILED as error:
                log.warning("a webhook subscription could not be arranged: %s", error)
        before = self._clock.now() - _DAY
        if await self._database.write(lambda tx: webhook_subscriptions.forget(tx, retired_before=before)):
            await self.load()

    async def leave(self, link: Link) -> None:
        """A link is about to end: take its subscription back as long as Fanvue still listens."""
        for row in await self._active(link.creator):
            try:
                await self._end(link, row)
            except _FAILED as error:
                log.warning("a webhook subscription could not be taken back: %s", error)
                await self._database.write(lambda tx, row=row: self._retire(tx, row))  # type: ignore[misc]
        self._checked.pop(link.creator, None)

    async def _arrange(self, link: Link) -> None:
        granted = link.scopes.split()
        events = self._settings.events if self._settings.automatic else {}
        wanted = tuple(sorted(name for name, scope in events.items() if scope in granted))
        active = await self._active(link.creator)
        fitting = next((row for row in active if _fits(row, self._settings.url, wanted)), None)
        if fitting is not None and not await self._still_there(link, fitting):
            fitting = None
        if fitting is None and wanted:
            fitting = await self._make(link, wanted)
        # The new one listens before the old one ends: what comes twice is one fact.
        for row in active:
            if fitting is None or row.id != fitting.id:
                await self._end(link, row)

    async def _still_there(self, link: Link, row: WebhookSubscriptionRecord) -> bool:
        """Asked once a day and at start: somebody may have deleted it on Fanvue's side."""
        now = self._clock.now()
        if now - self._checked.get(link.creator, 0) < _DAY:
            return True
        there = {known.id for known in await self._api(link.id).list()}
        self._checked[link.creator] = now
        return row.id in there

    async def _make(self, link: Link, wanted: tuple[str, ...]) -> WebhookSubscriptionRecord:
        api = self._api(link.id)
        known = {row.id for row in await self._database.read(webhook_subscriptions.all_of)}
        for stray in await api.list():
            # Made by an attempt that never heard its secret: nothing that it signs could be verified.
            if stray.url == self._settings.url and stray.id not in known:
                await api.delete(stray.id)
        made = await self._created(link.creator, api, wanted)
        row = WebhookSubscriptionRecord(
            id=made.id,
            creator=link.creator,
            link=link.id,
            url=self._settings.url,
            events=wanted,
            secret=self._sealer.seal(_place(made.id, link.creator), made.signing_secret.encode()),
            state="active",
            created_at=self._clock.now(),
        )
        self._own[made.id] = made.signing_secret  # at once: its first event may be quicker than the commit
        await self._database.write(lambda tx: webhook_subscriptions.add(tx, row))
        self._checked[link.creator] = self._clock.now()
        log.info("a webhook subscription was made", extra={"count": len(wanted)})
        return row

    async def _created(self, creator: CreatorId, api: WebhooksApi, wanted: tuple[str, ...]) -> WebhookSecret:
        """Fanvue may look at the address with an unsigned request before it answers."""
        until = self._clock.now() + _PROBE
        await self._database.write(lambda tx: webhook_subscriptions.expect_probe(tx, creator, until=until))
        try:
            return await api.create(self._settings.url, wanted)
        finally:
            await self._database.write(lambda tx: webhook_subscriptions.probe_over(tx, creator))

    async def _end(self, link: Link, row: WebhookSubscriptionRecord) -> None:
        try:
            await self._api(link.id).delete(row.id)
        except ObjectNotFound:
            log.info("a webhook subscription was gone already")
        await self._database.write(lambda tx: self._retire(tx, row))

    async def _retire(self, tx: Transaction, row: WebhookSubscriptionRecord) -> None:
        # Its secret is kept for a day: Fanvue repeats deliveries that it signed before.
        await webhook_subscriptions.retire(tx, row.id, now=self._clock.now())

    async def _active(self, creator: CreatorId) -> list[WebhookSubscriptionRecord]:
        rows = await self._database.read(lambda tx: webhook_subscriptions.all_of(tx, creator))
        return [row for row in rows if row.state == "active"]


def _fits(row: WebhookSubscriptionRecord, url: str, wanted: tuple[str, ...]) -> bool:
    return bool(wanted) and row.url == url and row.events == wanted


def _place(subscription: str, creator: CreatorId) -> str:
    return f"subscriptions|secret|{subscription}|{creator}"
