"""The client: one typed method per operation, on behalf of one link, in one lane.

    api = fanvue.acting(link, lane=Lane.REPLY)
    sent = await api.chats.send(fan, text="Hello", key=effect)

It never sleeps and never repeats a request, except once after a refreshed token.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import Any, TypeVar

import httpx

from bot.fanvue.addresses import FanvueAddresses
from bot.fanvue.auth import FixedAuth, LinkAuth, TokenSource
from bot.fanvue.budget import RateBucket, RequestBudget, RequestLane
from bot.fanvue.calls import path_of
from bot.fanvue.chats_api import ChatsApi
from bot.fanvue.error_answers import error_of
from bot.fanvue.errors import ObjectNotFound, RequestInvalid, RequestNotSent, ScopeMissing
from bot.fanvue.feed_api import FeedApi
from bot.fanvue.lists_api import ListsApi
from bot.fanvue.models import AccountRow, CreatorRow, OwnProfile
from bot.fanvue.money_api import MoneyApi
from bot.fanvue.operations import OperationRoute
from bot.fanvue.paging import Pages, Query, walk
from bot.fanvue.posts_api import PostsApi
from bot.fanvue.rows import FanvueRow, answer
from bot.fanvue.tracking_api import TrackingApi
from bot.fanvue.transport import TOTAL_SECONDS, HttpAnswer, exchange
from bot.fanvue.uploads_api import UploadsApi
from bot.fanvue.webhooks_api import WebhooksApi
from bot.model.acting_account import CallAccount
from storage.records import CreatorId, LinkId

R = TypeVar("R", bound=FanvueRow)

API_VERSION = "2025-06-26"
_USER_AGENT = "fanvue-discord-bridge"


class FanvueClient:
    """Fanvue's API at one address. Owns nothing: the pool, the tokens and the budget are passed in."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        api_url: str,
        tokens: TokenSource,
        budget: RequestBudget,
        prefix: str = "/v1",
        version: str = API_VERSION,
        total: float = TOTAL_SECONDS,
    ) -> None:
        """`prefix` "/v1" means v1 where it exists, "" the unversioned surface only.

        Where Fanvue has given the one up, the other is taken by itself.
        """
        self.http = http
        self.api_url = api_url.rstrip("/")
        self.tokens = tokens
        self.budget = budget
        self.addresses = FanvueAddresses(prefix)
        self.version = version
        self.total = total
        # Told when Fanvue denied a link something about a creator: perhaps it manages them no more.
        self.on_doubt: Callable[[CallAccount], None] = lambda _voice: None
        # Told of each read's answer, by the name of the operation.
        self.on_read: Callable[[str, Any], None] = lambda _name, _body: None

    def acting(self, link: LinkId, *, lane: RequestLane, creator: CreatorId | None = None) -> "IdentityApi":
        """The API on behalf of `link`; with `creator`, of a creator that this link's person manages."""
        return IdentityApi(self, LinkAuth(self.tokens, link), RateBucket(link, creator or ""), lane, creator)

    def speaking(self, voice: CallAccount, *, lane: RequestLane) -> "IdentityApi":
        """The API through this account."""
        return self.acting(voice.link, lane=lane, creator=voice.managed)

    async def whoami(self, access_token: str) -> OwnProfile:
        """Find a token's owner, for a sign-in that is no link yet; outside every budget."""
        prefix = self.addresses.prefix
        nobodys = IdentityApi(self, FixedAuth(access_token), None, RequestLane.REFRESH, None)
        try:
            return await nobodys.me()
        except RequestNotSent:
            if self.addresses.prefix == prefix:
                raise
            return await nobodys.me()  # Fanvue has given that address up: the other one is asked

    async def asks(self, path: str) -> int:
        """The status of a GET without a sign-in. Raises RequestNotSent or Unclear."""
        headers = {"X-Fanvue-API-Version": self.version, "User-Agent": _USER_AGENT}
        request = self.http.build_request("GET", self.api_url + path, headers=headers)
        return (await exchange(self.http, request, total=self.total)).status


class IdentityApi:
    """The API for one identity. Methods raise the errors of `bot.fanvue.errors`, and `TryLater`."""

    def __init__(
        self,
        fanvue: FanvueClient,
        auth: httpx.Auth,
        bucket: RateBucket | None,
        lane: RequestLane,
        creator: CreatorId | None,
    ) -> None:
        self._fanvue = fanvue
        self._auth = auth
        self._bucket = bucket
        self._lane = lane
        self._creator = creator
        self.chats = ChatsApi(self)
        self.lists = ListsApi(self)
        self.posts = PostsApi(self)
        self.feed = FeedApi(self)
        self.money = MoneyApi(self)
        self.tracking = TrackingApi(self)
        self.uploads = UploadsApi(self)
        self.webhooks = WebhooksApi(self)

    async def me(self) -> OwnProfile:
        """Return the token's owner."""
        return answer(OwnProfile, await self.call(self.road("me")))

    async def account(self) -> AccountRow:
        """The account, with balance and audience."""
        return answer(AccountRow, await self.call(self.road("account")))

    def creators(self) -> Pages[CreatorRow]:
        """The creators that this identity manages."""
        return self.pages("creators", CreatorRow)

    def road(self, name: str) -> OperationRoute:
        """Find an operation's route here. Raises NotOffered."""
        return self._fanvue.addresses.road(name, twin=self._creator is not None)

    def pages(
        self,
        name: str,
        model: type[R],
        *,
        parts: Mapping[str, str] | None = None,
        filters: Query = (),
        begin: Query | None = None,
    ) -> Pages[R]:
        """Every page of a list, or those behind an earlier page whose `next` is `begin`."""
        way = self.road(name)

        async def fetch(query: Query) -> Any:
            return await self.call(way, parts=parts, query=query)

        return walk(fetch, way.paging, model, filters=filters, once=way.filters_once, begin=begin)

    async def call(
        self,
        way: OperationRoute,
        *,
        parts: Mapping[str, str] | None = None,
        query: Query = (),
        body: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> Any:
        """One request; its answer as JSON or bare text, or None where Fanvue answers without content."""
        request = self._request(way, parts or {}, query, body, key)
        reply = await self._exchanged(way, request)
        error = error_of(way, reply)
        if isinstance(error, ObjectNotFound) or (way.guessed and isinstance(error, RequestInvalid)):
            path = str(request.url.copy_with(query=None)).removeprefix(self._fanvue.api_url)
            error = await self._fanvue.addresses.meant(self._fanvue.asks, way, path, error)
        if error is not None:
            self._doubt(error)
            raise error
        self._fanvue.addresses.answered(way)
        if way.plain:
            return reply.body.decode("utf-8", "replace").strip()
        # An answer without content, and whatever comes back on a DELETE, says nothing that is read.
        told = reply.json() if reply.body and way.method != "DELETE" else None
        if way.method == "GET":
            self._fanvue.on_read(way.name, told)
        return told

    async def seen(
        self,
        way: OperationRoute,
        *,
        parts: Mapping[str, str] | None = None,
        query: Query = (),
        body: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> HttpAnswer:
        """An answer as it came, whatever its status: for a look at what Fanvue really says."""
        return await self._exchanged(way, self._request(way, parts or {}, query, body, key))

    async def _exchanged(self, way: OperationRoute, request: httpx.Request) -> HttpAnswer:
        bucket, budget = self._bucket_of(way), self._fanvue.budget
        with budget.spend(bucket, self._lane) if bucket else nullcontext():
            if bucket:
                await budget.agreed(bucket, self._lane)
            reply = await exchange(self._fanvue.http, request, auth=self._auth, total=self._fanvue.total)
            if bucket:
                budget.note(bucket, reply.status, reply.headers)
        return reply

    def _request(
        self,
        way: OperationRoute,
        parts: Mapping[str, str],
        query: Query,
        body: Mapping[str, Any] | None,
        key: str | None,
    ) -> httpx.Request:
        headers = {
            "X-Fanvue-API-Version": self._fanvue.version,
            "Accept": "application/json",
            "User-Agent": _USER_AGENT,
        }
        if key is not None:
            headers["Idempotency-Key"] = key
        named = parts if self._creator is None else {**parts, "creatorUserUuid": self._creator}
        url = self._fanvue.api_url + path_of(way.path, named)
        try:
            return self._fanvue.http.build_request(
                way.method, url, params=list(query) or None, json=body, headers=headers
            )
        except ValueError as error:  # half a surrogate pair has no UTF-8
            raise RequestInvalid("the text holds a character that cannot be sent") from error

    def _doubt(self, error: Exception) -> None:
        refused = isinstance(error, ObjectNotFound | ScopeMissing)
        if refused and self._creator is not None and self._bucket is not None:
            self._fanvue.on_doubt(CallAccount(self._bucket.link, self._creator))

    def _bucket_of(self, way: OperationRoute) -> RateBucket | None:
        mine = self._bucket
        return None if mine is None else RateBucket(mine.link, mine.creator, way.bucket)
