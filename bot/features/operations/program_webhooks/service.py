"""Makes, lists and ends programs' webhooks, and replays their events."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.engine.audit_log import AuditLog
from bot.engine.streams import webhook_stream
from bot.features.operations.api_keys.key_rules import STANDINGS, role_of
from bot.features.operations.api_keys.service import is_valid
from bot.features.operations.creator_context.model_parts import moment, moment_or_none
from bot.features.operations.creator_context.service import creator_named
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.features.operations.program_webhooks.address_rules import checked
from bot.features.operations.program_webhooks.event_rules import added_event
from bot.features.operations.program_webhooks.model import (
    MOST,
    ProgramEventType,
    ProgramWebhook,
    WebhookTold,
    heard,
)
from bot.features.operations.program_webhooks.records import ProgramWebhookRecords, ToldEvent
from bot.model.errors import SealDamaged, TextErased
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import api_keys, program_webhooks
from storage.people.api_keys import ApiKeyRecord
from storage.records import CreatorId, Effect, Millis

_SECRET_BYTES: Final = 32
_OF_LATE: Final[Millis] = 7 * 86_400_000
_BATCH: Final = 100  # events that are added again in one transaction
_NO_KEY: Final = "This creator has no valid key {key!r}. fanvue-bridge api-keys list shows which there are."
_NO_WEBHOOK: Final = "There is no webhook with that id."
_NO_EVENT: Final = "{event!r} is no event that this key may hear of. Choose: {events}."
_TOO_MANY: Final = f"This creator has {MOST} webhooks. Remove one first."


@dataclass(frozen=True)
class WebhookWish:
    """An address that somebody wants for a key. `events`: all that it may hear of, unless chosen.

    `inside`: the operator asks, so it may be in their own network. `only`: a program asks, with this key.
    """

    key: str
    url: str = field(repr=False)
    events: Sequence[str] | None = None
    inside: bool = False
    only: ApiKeyRecord | None = None


class ProgramWebhookService:
    """The operator calls it, or a program with its `key`. Raises ProgramRefused, NoSuchCreator."""

    def __init__(
        self, ctx: Context, *, records: ProgramWebhookRecords, random: Callable[[int], bytes]
    ) -> None:
        """`random` must be cryptographic."""
        self._ctx = ctx
        self._records = records
        self._trail: AuditLog = ctx.effects.trail
        self._random = random

    async def add(self, named: str, wish: WebhookWish) -> tuple[WebhookTold, bool]:
        """An address of a key's, with its secret, and whether it is new: the same URL is the same address."""
        wish = replace(wish, url=checked(wish.url, inside=wish.inside))
        made, new = await self._ctx.database.write(lambda tx: self._wanted(tx, named, wish))
        told = await self._ctx.database.read(lambda tx: self._told(tx, made))
        return told.model_copy(update={"secret": made.secret}), new

    async def listed(self, named: str, key: ApiKeyRecord | None = None) -> Sequence[WebhookTold]:
        """Those that have not ended: all of a creator's, or one key's."""

        async def work(tx: Transaction) -> Sequence[WebhookTold]:
            found = await self._live(tx, await _creator(tx, named, key))
            return [await self._told(tx, one) for one in found if key is None or one.key == key.id]

        return await self._ctx.database.read(work)

    async def end(self, named: str, webhook: str, key: ApiKeyRecord | None = None) -> WebhookTold:
        """It is told of nothing from now on, also of what waits; one that had ended stays so."""

        async def work(tx: Transaction) -> WebhookTold:
            found = await self._one(tx, named, webhook, key, ended=True)
            told = await self._told(tx, found)
            if await program_webhooks.end(tx, found.id, now=self._ctx.clock.now()):
                await self._trail.write(
                    tx, "webhook.ended", "done", target=f"{found.id} {found.key}", creator=found.creator
                )
                self._ctx.effects.wake(tx, webhook_stream(found.creator, found.id))  # what waits ends at once
            return told

        return await self._ctx.database.write(work)

    async def replay(self, named: str, webhook: str, *, since: Millis, aside_only: bool) -> tuple[int, int]:
        """Tell its events again that were decided since then: how many, and of how many no text is kept.

        `aside_only`: those alone that were set aside. A replay that was torn off may be asked for again:
        each event keeps its id.
        """
        found = await self._ctx.database.read(lambda tx: self._one(tx, named, webhook, None))
        stream, cause = webhook_stream(found.creator, found.id), f"replay:{self._ctx.ids.new()}"
        told = lost = 0
        end = await self._ctx.database.read(lambda tx: program_webhooks.last_place(tx, stream))
        place = 0
        while True:

            async def some(tx: Transaction, place: int = place) -> Sequence[tuple[Effect, bool]]:
                batch = await program_webhooks.settled_after(
                    tx, stream, place, until=end, since=since, aside_only=aside_only, limit=_BATCH
                )
                return [(one, await self._again(tx, found, one, cause)) for one in batch]

            done = await self._ctx.database.write(some)
            told += sum(was_told for _, was_told in done)
            lost += sum(not was_told for _, was_told in done)
            if len(done) < _BATCH:
                break
            place = done[-1][0].seq
        said = f"{found.id} {told}"
        await self._ctx.database.write(
            lambda tx: self._trail.write(tx, "webhook.replayed", "done", target=said, creator=found.creator)
        )
        return told, lost

    async def _again(self, tx: Transaction, to: ProgramWebhook, before: Effect, cause: str) -> bool:
        try:
            body = self._ctx.effects.body(before)
        except (SealDamaged, TextErased):
            return False
        event = ToldEvent(body.get("id", before.id), before.fan, body["event"])
        await self._records.tell_again(tx, to, event, cause)
        return True

    async def _wanted(self, tx: Transaction, named: str, wish: WebhookWish) -> tuple[ProgramWebhook, bool]:
        creator = await _creator(tx, named, wish.only)
        holder = await api_keys.get(tx, wish.key)
        if holder is None or holder.creator != creator or not is_valid(holder, self._ctx.clock.now()):
            raise ProgramRefused(404, _NO_KEY.format(key=wish.key[:40]))
        chosen = _chosen(wish.events, holder)
        known = await self._live(tx, creator)
        before = next((one for one in known if (one.key, one.url) == (wish.key, wish.url)), None)
        if before is None and len(known) >= MOST:
            raise ProgramRefused(409, _TOO_MANY)
        if before is None:
            one = self._made(creator, wish, chosen)
            await self._records.add(tx, one)
            said = f"{one.id} {one.key}"
            await self._trail.write(tx, "webhook.made", "done", target=said, creator=creator)
        else:
            one = replace(before, events=chosen)
            await self._records.change(tx, one)
        event = added_event(one, self._ctx.clock.now(), self._ctx.ids.new())
        await self._records.tell(tx, one, event, {"events": [kind.value for kind in one.events]})
        return one, before is None

    async def _live(self, tx: Transaction, creator: CreatorId) -> Sequence[ProgramWebhook]:
        """Those that are told of anything: with a key its webhooks end, which the next event writes down."""
        now = self._ctx.clock.now()
        valid = {one.id for one in await api_keys.of_creator(tx, creator) if is_valid(one, now)}
        return [one for one in await self._records.open_of(tx, creator) if one.key in valid]

    async def _one(
        self, tx: Transaction, named: str, webhook: str, key: ApiKeyRecord | None, *, ended: bool = False
    ) -> ProgramWebhook:
        """`ended`: also one that has ended."""
        creator = await _creator(tx, named, key)
        found = await self._records.get(tx, webhook[:40])
        if found is None or found.creator != creator or (found.ended_at is not None and not ended):
            raise ProgramRefused(404, _NO_WEBHOOK)
        if key is not None and found.key != key.id:
            raise ProgramRefused(404, _NO_WEBHOOK)
        return found

    def _made(
        self, creator: CreatorId, wish: WebhookWish, events: tuple[ProgramEventType, ...]
    ) -> ProgramWebhook:
        # A name that begins with a dash would be an option to the shell.
        return ProgramWebhook(
            id=f"w{self._ctx.ids.new()}",
            creator=creator,
            key=wish.key,
            url=wish.url,
            secret=f"whsec_{base64.b64encode(self._random(_SECRET_BYTES)).decode()}",
            events=events,
            inside=wish.inside,
            made_at=self._ctx.clock.now(),
        )

    async def _told(self, tx: Transaction, one: ProgramWebhook) -> WebhookTold:
        since = self._ctx.clock.now() - _OF_LATE
        backlog = await program_webhooks.backlog(tx, webhook_stream(one.creator, one.id), since=since)
        return WebhookTold(
            id=one.id,
            url=one.url,
            events=[kind.value for kind in one.events],
            made_at=moment(one.made_at),
            waiting=backlog.waiting,
            waits_since=moment_or_none(backlog.oldest),
            why=backlog.reason,
            aside=backlog.aside,
            key=one.key,
        )


async def _creator(tx: Transaction, named: str, key: ApiKeyRecord | None) -> CreatorId:
    """A key learns of no other creator, not even that they are here. Raises NoSuchCreator."""
    found, _, _ = await creator_named(tx, named, None if key is None else key.creator)
    return found.id


def _chosen(events: Sequence[str] | None, key: ApiKeyRecord) -> tuple[ProgramEventType, ...]:
    """The events that are meant. Raises ProgramRefused."""
    possible = heard(key, STANDINGS[role_of(key.role)])
    unknown = [one for one in events or () if one not in set(possible)]
    if unknown:
        raise ProgramRefused(
            400, _NO_EVENT.format(event=unknown[0][:40], events=", ".join(possible) or "none")
        )
    return tuple(kind for kind in possible if not events or kind in events)
