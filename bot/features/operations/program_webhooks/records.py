"""Keeps programs' addresses sealed, and adds events to what they are to be told."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.engine.outbox import EffectRequest
from bot.engine.streams import webhook_stream
from bot.features.operations.creator_context.subscribers_section import name_or_none
from bot.features.operations.program_webhooks.event_rules import ProgramEvent, written
from bot.features.operations.program_webhooks.model import (
    KIND,
    NETWORK,
    PART,
    VERSION,
    ProgramEventType,
    ProgramWebhook,
)
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import fans
from storage.people import creators, program_webhooks
from storage.people.program_webhooks import ProgramWebhookRecord
from storage.records import CreatorId, FanId

Contents = dict[str, Any]
_KNOWN: Final = frozenset(kind.value for kind in ProgramEventType)


@dataclass(frozen=True)
class ToldEvent:
    """An event as it was to be told, under its id."""

    id: str
    fan: FanId | None
    event: Contents


class ProgramWebhookRecords:
    """Every method is part of the caller's transaction."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def add(self, tx: Transaction, new: ProgramWebhook) -> None:
        body = self._sealed(new)
        await program_webhooks.add(
            tx, ProgramWebhookRecord(new.id, new.creator, new.key, body, made_at=new.made_at)
        )

    async def change(self, tx: Transaction, one: ProgramWebhook) -> None:
        """It hears of other events from now on."""
        await program_webhooks.change(tx, one.id, body=self._sealed(one))

    async def get(self, tx: Transaction, webhook: str) -> ProgramWebhook | None:
        """One of them, also one that has ended; None where it does not open: it is another one's row."""
        found = await program_webhooks.get(tx, webhook)
        return None if found is None else self._opened(found)

    async def open_of(self, tx: Transaction, creator: CreatorId) -> Sequence[ProgramWebhook]:
        """A creator's that have not ended, the oldest first."""
        found = [self._opened(row) for row in await program_webhooks.open_of(tx, creator)]
        return [one for one in found if one is not None]

    async def tell(
        self, tx: Transaction, to: ProgramWebhook, event: ProgramEvent, contents: Contents
    ) -> bool:
        """Add an event to what an address is to be told; False where it was added already."""
        data = {**await self._about(tx, event.creator, event.fan), **contents}
        said = {"version": VERSION, "type": event.type.value, "timestamp": written(event.at), "data": data}
        cause = f"webhook:{to.id}:{event.type}:{event.subject}"
        return await self._ctx.effects.add(tx, _wanted(to, event.fan, cause, {"event": said})) is not None

    async def tell_again(self, tx: Transaction, to: ProgramWebhook, before: ToldEvent, cause: str) -> None:
        """The same event under the same id, once for each cause."""
        body = {"event": before.event, "id": before.id}
        await self._ctx.effects.add(tx, _wanted(to, before.fan, cause, body, part=before.id))

    async def _about(self, tx: Transaction, creator: CreatorId, fan: FanId | None) -> Contents:
        owner = await creators.get(tx, creator)
        who = {"id": creator, "handle": None if owner is None else name_or_none(owner.handle)}
        known = None if fan is None else await fans.get(tx, creator, fan)
        if known is None:
            return {"creator": who, "fan": None}
        names = {"handle": name_or_none(known.handle), "name": name_or_none(known.display_name)}
        return {"creator": who, "fan": {"id": known.id, **names}}

    def _sealed(self, one: ProgramWebhook) -> bytes:
        body = {"url": one.url, "secret": one.secret, "events": list(one.events), "inside": one.inside}
        return self._ctx.sealer.seal(_place(one.id, one.creator, one.key), json.dumps(body).encode())

    def _opened(self, row: ProgramWebhookRecord) -> ProgramWebhook | None:
        try:
            body = json.loads(self._ctx.sealer.open(_place(row.id, row.creator, row.key), row.body))
        except ValueError:
            return None
        return ProgramWebhook(
            id=row.id,
            creator=row.creator,
            key=row.key,
            url=body["url"],
            secret=body["secret"],
            # A later version may have known more of them, and that must keep no fact from being decided.
            events=tuple(ProgramEventType(one) for one in body["events"] if one in _KNOWN),
            inside=body["inside"],
            made_at=row.made_at,
            ended_at=row.ended_at,
            reason=row.reason,
        )


def _place(webhook: str, creator: CreatorId, key: str) -> str:
    return f"program_webhooks|body|{webhook}|{creator}|{key}"


def _wanted(
    to: ProgramWebhook, fan: FanId | None, cause: str, body: Contents, part: str = PART
) -> EffectRequest:
    return EffectRequest(
        network=NETWORK,
        kind=KIND,
        stream=webhook_stream(to.creator, to.id),
        creator=to.creator,
        fan=fan,
        cause=cause,
        part=part,
        body=body,
    )
