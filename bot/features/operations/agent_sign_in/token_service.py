"""Gives an agent its tokens, renews them, and knows one when it is shown."""

import hmac
from collections.abc import Callable, Mapping

from bot.features.operations.agent_sign_in import token_rules
from bot.features.operations.agent_sign_in.model import (
    ACCESS_LASTS,
    LASTS,
    NOT_GRANTED,
    NOT_HERE,
    WRONG,
    AgentRequest,
    AgentTokens,
    SignInRefused,
)
from bot.features.operations.agent_sign_in.records import AgentRequestRecords
from bot.features.operations.api_keys.service import ApiKeyService
from bot.features.people.accounts.browser_secrets import hashed, is_secret, new_secret
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import agent_grants, agent_requests, api_keys
from storage.people.agent_grants import AgentGrantRecord
from storage.people.agent_requests import CODED, SPENT
from storage.people.api_keys import ApiKeyRecord
from storage.records import Millis

_NO_CODE = "This code is unknown, used or expired: ask the person again."
_NO_REFRESH = "This refresh token is unknown, used or revoked: ask the person again."


class AgentTokenService:
    """A token is worth what its key is worth. Whatever is shown twice ends the key."""

    def __init__(
        self,
        ctx: Context,
        *,
        records: AgentRequestRecords,
        keys: ApiKeyService,
        resource: str,
        random: Callable[[int], bytes],
    ) -> None:
        """`resource`: the one address where its tokens open anything. `random` must be cryptographic."""
        self._ctx = ctx
        self._records = records
        self._keys = keys
        self._resource = resource
        self._random = random

    async def tokens(self, asked: Mapping[str, str]) -> AgentTokens:
        """What the token endpoint gives. Raises SignInRefused."""
        if asked.get("resource", self._resource) != self._resource:
            raise SignInRefused(NOT_HERE, "That is another server's address.")
        grant = asked.get("grant_type")
        if grant == "authorization_code":
            return await self._by_code(asked)
        if grant == "refresh_token":
            return await self._by_refresh(asked)
        raise SignInRefused("unsupported_grant_type" if grant else WRONG, "Send a grant_type that is here.")

    async def known(self, text: str) -> ApiKeyRecord | None:
        """The valid key whose token this is; None: it opens nothing here."""
        shown = token_rules.read_access(text)
        if shown is None:
            return None
        key, secret = shown
        now = self._ctx.clock.now()

        async def work(tx: Transaction) -> ApiKeyRecord | None:
            grant = await agent_grants.get(tx, key)
            if grant is None or grant.resource != self._resource or now >= grant.access_until:
                return None
            return await self._keys.live(tx, key) if _same(secret, grant.access_hash) else None

        found = await self._ctx.database.read(work)
        if found is not None:
            await self._keys.note_use(found)
        return found

    async def revoke(self, token: str) -> None:
        """With one of its tokens the key ends; of any other text nothing is said."""

        async def work(tx: Transaction) -> None:
            access, refresh = token_rules.read_access(token), token_rules.read_refresh(token)
            key = access[0] if access else refresh[0] if refresh else ""
            grant = await agent_grants.get(tx, key)
            if grant is None:
                return
            opens = access is not None and _same(access[1], grant.access_hash)
            if opens or (refresh is not None and _same(refresh[1], grant.family_hash)):
                await self._end(tx, key, "api_key.ended")

        await self._ctx.database.write(work)

    async def _by_code(self, asked: Mapping[str, str]) -> AgentTokens:
        code = asked.get("code", "")

        async def work(tx: Transaction) -> AgentTokens | None:
            row = await agent_requests.by_grant(tx, hashed(code)) if is_secret(code) else None
            found = self._records.opened(row)
            if row is None or found is None or found.key is None:
                return None
            if row.state == CODED and row.expires_at <= self._ctx.clock.now():
                await self._end(tx, found.key, "api_key.ended")  # its agent came too late
                return None
            if not _may(found, asked) or not await agent_requests.move(tx, row.id, was=CODED, to=SPENT):
                await self._end(tx, found.key, "api_key.misused")
                await agent_requests.move(tx, row.id, was=CODED, to=SPENT)
                return None
            now = self._ctx.clock.now()
            await agent_requests.keep_until(tx, row.id, now + LASTS)
            key = await self._keys.live(tx, found.key)
            return None if key is None else await self._first(tx, found, key)

        return _given(await self._ctx.database.write(work), _NO_CODE)

    async def _first(self, tx: Transaction, found: AgentRequest, key: ApiKeyRecord) -> AgentTokens:
        now = self._ctx.clock.now()
        until = key.made_at + found.lasts
        await api_keys.extend(tx, key.id, until)
        access, family, refresh = (new_secret(self._random) for _ in range(3))
        grant = AgentGrantRecord(
            key=key.id,
            creator=key.creator,
            client_hash=hashed(found.client),
            resource=self._resource,
            family_hash=hashed(family),
            refresh_hash=hashed(refresh),
            access_hash=hashed(access),
            access_until=min(now + ACCESS_LASTS, until),
        )
        await agent_grants.add(tx, grant)
        return _told(key, (access, family, refresh), grant.access_until - now)

    async def _by_refresh(self, asked: Mapping[str, str]) -> AgentTokens:
        shown = token_rules.read_refresh(asked.get("refresh_token", ""))
        if shown is None:
            raise SignInRefused(NOT_GRANTED, _NO_REFRESH)
        name, family, secret = shown
        access, fresh, now = new_secret(self._random), new_secret(self._random), self._ctx.clock.now()

        async def work(tx: Transaction) -> AgentTokens | None:
            grant, key = await agent_grants.get(tx, name), await self._keys.live(tx, name)
            if grant is None or key is None or not _same(family, grant.family_hash):
                return None
            if not _same(asked.get("client_id", ""), grant.client_hash) or grant.resource != self._resource:
                return None
            until = min(now + ACCESS_LASTS, key.expires_at)
            if not _same(secret, grant.refresh_hash) or not await agent_grants.renew(
                tx, grant, refresh_hash=hashed(fresh), access_hash=hashed(access), access_until=until
            ):
                await self._end(tx, name, "api_key.misused")
                return None
            return _told(key, (access, family, fresh), until - now)

        return _given(await self._ctx.database.write(work), _NO_REFRESH)

    async def _end(self, tx: Transaction, name: str, action: str) -> None:
        key = await api_keys.get(tx, name)
        if key is not None and await api_keys.end(tx, key, now=self._ctx.clock.now()):
            await self._ctx.trail.write(
                tx, action, "done", target=f"{key.id} {key.role}", creator=key.creator
            )


def _told(key: ApiKeyRecord, secrets: tuple[str, str, str], lasts: Millis) -> AgentTokens:
    """`lasts`: from when they were made, so that a slow machine takes nothing off."""
    access, family, refresh = secrets
    return AgentTokens(
        token_rules.access_token(key.id, access),
        token_rules.refresh_token(key.id, family, refresh),
        lasts // 1000,
        key.scope,
    )


def _same(secret: str, kept: str) -> bool:
    return hmac.compare_digest(hashed(secret), kept)


def _given(tokens: AgentTokens | None, refused: str) -> AgentTokens:
    if tokens is None:
        raise SignInRefused(NOT_GRANTED, refused)
    return tokens


def _may(found: AgentRequest, asked: Mapping[str, str]) -> bool:
    """Whether it is the program that asked, with what only it knows."""
    return (
        asked.get("client_id") == found.client
        and asked.get("redirect_uri", found.redirect) == found.redirect
        and token_rules.verifies(asked.get("code_verifier", ""), found.challenge)
    )
