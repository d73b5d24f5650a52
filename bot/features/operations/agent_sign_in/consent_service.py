"""/settings keys connect: an owner sees which agent asks, and lets it in or not."""

from dataclasses import replace
from typing import Final

from bot.access.permits import Permit
from bot.features.operations.agent_sign_in import client_rules, texts, token_rules
from bot.features.operations.agent_sign_in.model import MINUTE, AgentOffer, AgentRequest
from bot.features.operations.agent_sign_in.records import AgentRequestRecords
from bot.features.operations.api_keys.key_rules import ApiKeyNotUnderstood, ApiKeyWish
from bot.features.operations.api_keys.service import ApiKeyService
from bot.features.operations.settings.model import creator_of
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import agent_requests
from storage.people.agent_requests import REFUSED, WAITING, AgentRequestRecord
from storage.people.api_keys import ApiKeyScope
from storage.records import CreatorId, DiscordId, Millis

# A key is made with the yes, so that all that ends keys ends this one; it lasts until its agent comes for it.
_UNCLAIMED: Final[Millis] = 12 * MINUTE


class AgentConsentService:
    """Whether somebody may was asked before, at the command and again at the button."""

    def __init__(self, ctx: Context, *, records: AgentRequestRecords, keys: ApiKeyService) -> None:
        self._ctx = ctx
        self._records = records
        self._keys = keys

    async def ask(self, permit: Permit, code: str) -> Post | str:
        """The question, with a button each for yes and no; or why there is none."""
        ref = self._ctx.ids.new()

        async def work(tx: Transaction) -> Post | str:
            found = self._open(await agent_requests.by_code(tx, token_rules.code_hash(code)))
            if found is None:
                return tr(texts.NO_CODE)
            offer = AgentOffer(ref, permit.actor.user, creator_of(permit))
            await self._records.offer(tx, found, offer)
            host = client_rules.host_of(found.redirect)
            return texts.question(found, ref, host=host, handle=_handle(permit))

        return await self._ctx.database.write(work)

    async def widest(self, permit: Permit, ref: str) -> ApiKeyScope | None:
        """The widest scope that the agent asks for; None: this person's question is over."""
        found = await self._ctx.database.read(lambda tx: self._mine(tx, permit, ref))
        return found.scope if found is not None else None

    async def creator(self, ref: str) -> CreatorId | None:
        """About whom a question was asked that still waits."""
        found = await self._ctx.database.read(lambda tx: self._offered(tx, ref))
        return found.offer.creator if found is not None and found.offer is not None else None

    async def connect(self, permit: Permit, ref: str, wish: ApiKeyWish) -> str:
        """It is let in: its page goes on by itself. `wish`: without a name, the agent has one."""
        by = permit.actor.user

        async def work(tx: Transaction) -> str:
            found = await self._mine(tx, permit, ref)
            if found is None or not found.scope.includes(wish.scope):
                return tr(texts.OVER)
            first = replace(wish, name=found.name, lasts=_UNCLAIMED)
            key, _ = await self._keys.make_within(tx, creator_of(permit), first, by=by)
            if not await self._records.allow(tx, found, key.id, wish.lasts):
                return tr(texts.OVER)
            return texts.connected(found, wish, handle=_handle(permit), until=key.made_at + wish.lasts)

        try:
            return await self._ctx.database.write(work)
        except ApiKeyNotUnderstood as refused:  # too many keys
            return str(refused)

    async def refuse(self, permit: Permit, ref: str) -> str:
        """It is not let in, and its page says so to it."""

        async def work(tx: Transaction) -> str:
            found = await self._mine(tx, permit, ref)
            if found is None or not await agent_requests.move(tx, found.id, was=WAITING, to=REFUSED):
                return tr(texts.OVER)
            return texts.refused(found)

        return await self._ctx.database.write(work)

    async def _mine(self, tx: Transaction, permit: Permit, ref: str) -> AgentRequest | None:
        """The question that this very person was asked, about this creator."""
        found = await self._offered(tx, ref)
        if found is None or found.offer is None or found.offer.user != DiscordId(permit.actor.user):
            return None
        return found if found.offer.creator == creator_of(permit) else None

    async def _offered(self, tx: Transaction, ref: str) -> AgentRequest | None:
        found = self._open(await agent_requests.by_offer(tx, ref))
        return found if found is not None and found.offer is not None and found.offer.ref == ref else None

    def _open(self, row: AgentRequestRecord | None) -> AgentRequest | None:
        if row is None or row.state != WAITING or row.expires_at <= self._ctx.clock.now():
            return None
        return self._records.opened(row)


def _handle(permit: Permit) -> str:
    return permit.link.handle if permit.link is not None else ""
