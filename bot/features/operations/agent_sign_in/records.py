"""Keeps what an agent asks for sealed, and bound to its row."""

import json
from dataclasses import asdict, replace
from typing import Any, Final

from bot.features.operations.agent_sign_in.model import LASTS, AgentOffer, AgentRequest
from bot.model.errors import SealDamaged
from bot.model.ports import Sealer
from storage.database import Transaction
from storage.people import agent_requests
from storage.people.agent_requests import AgentRequestRecord
from storage.people.api_keys import ApiKeyScope
from storage.records import CreatorId, DiscordId, Millis

MOST: Final = 500  # that wait at once


class AgentRequestRecords:
    """Every method is part of the caller's transaction."""

    def __init__(self, sealer: Sealer, *, most: int = MOST) -> None:
        """`most`: that wait at once."""
        self._sealer = sealer
        self._most = most

    async def add(self, tx: Transaction, new: AgentRequest, *, code: str, browser: str, now: Millis) -> bool:
        """Keep it for some minutes; False where too many wait. `code`, `browser`: digests."""
        if await agent_requests.forget(tx, now=now) >= self._most:
            return False
        row = AgentRequestRecord(new.id, code, browser, self._sealed(new), now + LASTS)
        await agent_requests.add(tx, row)
        return True

    async def offer(self, tx: Transaction, one: AgentRequest, offer: AgentOffer) -> None:
        """A person is asked this."""
        body = self._sealed(replace(one, offer=offer))
        await agent_requests.offer(tx, one.id, offer=offer.ref, creator=offer.creator, body=body)

    async def allow(self, tx: Transaction, one: AgentRequest, key: str, lasts: Millis) -> bool:
        """It was let in with this key; False where it was answered before."""
        if not await agent_requests.move(tx, one.id, was=agent_requests.WAITING, to=agent_requests.ALLOWED):
            return False
        await agent_requests.reseal(tx, one.id, self._sealed(replace(one, key=key, lasts=lasts)))
        return True

    def opened(self, row: AgentRequestRecord | None) -> AgentRequest | None:
        """What the row says; None where it does not open: it is another one's."""
        if row is None:
            return None
        try:
            body = json.loads(self._sealer.open(_place(row.id), row.body))
        except (SealDamaged, ValueError):
            return None
        return _request_of(row.id, body)

    def _sealed(self, one: AgentRequest) -> bytes:
        return self._sealer.seal(_place(one.id), json.dumps(asdict(one)).encode())


def _place(id: str) -> str:  # noqa: A002 - it is one
    return f"agent_requests|body|{id}"


def _request_of(id: str, body: dict[str, Any]) -> AgentRequest:  # noqa: A002 - it is one
    offer = body.pop("offer")
    return AgentRequest(
        **{**body, "id": id, "scope": ApiKeyScope(body["scope"])},
        offer=None
        if offer is None
        else AgentOffer(offer["ref"], DiscordId(offer["user"]), CreatorId(offer["creator"])),
    )
