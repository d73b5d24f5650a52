"""What a browser sees while an agent waits to be let in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.features.operations.agent_sign_in import client_rules, request_rules, token_rules
from bot.features.operations.agent_sign_in.client_rules import ClientSigner
from bot.features.operations.agent_sign_in.model import CODE_LASTS, AgentClient, AgentRequest, SignInBusy
from bot.features.operations.agent_sign_in.records import AgentRequestRecords
from bot.features.people.accounts.browser_secrets import hashed, is_secret, new_secret
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import agent_requests
from storage.people.agent_requests import ALLOWED, CODED, REFUSED, SPENT, WAITING, AgentRequestRecord

_DENIED: Final = "access_denied"


@dataclass(frozen=True)
class AgentAddresses:
    """The addresses that an agent is told. `issuer`: PUBLIC_URL. `resource`: where the tools are."""

    issuer: str
    resource: str


@dataclass(frozen=True)
class WaitingAgent:
    """What the page says while a person is awaited."""

    code: str
    name: str
    host: str


class AgentSignInService:
    """Only the browser that asked learns the answer: it alone has the secret."""

    def __init__(
        self,
        ctx: Context,
        *,
        records: AgentRequestRecords,
        signer: ClientSigner,
        addresses: AgentAddresses,
        random: Callable[[int], bytes],
    ) -> None:
        """`random` must be cryptographic."""
        self._ctx = ctx
        self._records = records
        self._signer = signer
        self.addresses = addresses
        self._random = random

    def register(self, asked: object) -> AgentClient:
        """A program that may ask from now on. Raises SignInRefused."""
        return client_rules.registered(asked, self._signer)

    async def begin(self, params: Sequence[tuple[str, str]]) -> str:
        """The secret of the browser that waits from now on.

        Raises SignInRefused, RedirectRefused, SignInBusy.
        """
        asked = request_rules.one_of_each(params)
        client = client_rules.client_of(asked.get("client_id", ""), self._signer)
        wanted = request_rules.understood(
            asked, client, resource=self.addresses.resource, id=self._ctx.ids.new()
        )
        browser = new_secret(self._random)
        code = token_rules.code_hash(token_rules.short_code(browser))
        now = self._ctx.clock.now()

        async def work(tx: Transaction) -> bool:
            return await self._records.add(tx, wanted, code=code, browser=hashed(browser), now=now)

        if not await self._ctx.database.write(work):
            raise SignInBusy
        return browser

    async def waiting(self, browser: str) -> bool:
        """Whether nobody has answered yet."""
        row = await self._ctx.database.read(lambda tx: self._row(tx, browser))
        return row is not None and row.state == WAITING

    async def look(self, browser: str) -> WaitingAgent | str | None:
        """What the page says; a URL once it is answered, given once; None: nothing waits for this browser."""
        secret, now = new_secret(self._random), self._ctx.clock.now()

        async def work(tx: Transaction) -> WaitingAgent | str | None:
            row = await self._row(tx, browser)
            found = self._records.opened(row)
            if row is None or found is None:
                return None
            if row.state == WAITING:
                host = client_rules.host_of(found.redirect)
                return WaitingAgent(token_rules.short_code(browser), found.name, host)
            if row.state == ALLOWED and await agent_requests.move(tx, row.id, was=ALLOWED, to=CODED):
                await agent_requests.code(tx, row.id, grant_hash=hashed(secret), expires_at=now + CODE_LASTS)
                return self._answer(found, code=secret)
            if row.state == REFUSED and await agent_requests.move(tx, row.id, was=REFUSED, to=SPENT):
                return self._answer(found, error=_DENIED)
            return None

        return await self._ctx.database.write(work)

    def _answer(self, found: AgentRequest, **told: str) -> str:
        return request_rules.answer_url(found.redirect, self.addresses.issuer, found.state, **told)

    async def _row(self, tx: Transaction, browser: str) -> AgentRequestRecord | None:
        if not is_secret(browser):
            return None
        row = await agent_requests.by_browser(tx, hashed(browser))
        return row if row is not None and row.expires_at > self._ctx.clock.now() else None
