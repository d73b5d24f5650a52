"""What waits for a person, a browser or an agent ends by itself."""

import hashlib
import hmac
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.access.permits import Actor, Permit
from bot.access.policy import Action
from bot.engine.retry import RetryWaits
from bot.features.operations.agent_sign_in.consent_service import AgentConsentService
from bot.features.operations.agent_sign_in.expiry import AgentRequestExpiry
from bot.features.operations.agent_sign_in.model import (
    ACCESS_LASTS,
    CODE_LASTS,
    LASTS,
    AgentTokens,
    SignInBusy,
    SignInRefused,
)
from bot.features.operations.agent_sign_in.records import AgentRequestRecords
from bot.features.operations.agent_sign_in.service import AgentAddresses, AgentSignInService, WaitingAgent
from bot.features.operations.agent_sign_in.token_service import AgentTokenService
from bot.features.operations.api_keys.key_rules import wished
from bot.features.operations.api_keys.service import ApiKeyService
from bot.web.address_pace import AddressPace
from storage.engine.connect import open_database
from storage.people import api_keys, creator_wipe
from storage.records import DiscordId
from tests.audit_log_fixtures import begun
from tests.database_place import database_in
from tests.features.operations.agent_sign_in.sign_in_scenario import Pkce
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, MAYA, RelayScenario

HERE: Final = AgentAddresses("https://bridge.example", "https://bridge.example/api/v1/mcp")
BACK: Final = "https://agents.example/callback"
DAY: Final = 86_400_000
MOST: Final = 3  # that wait at once in these tests


class SlowMachine(SettableClock):
    """Where it is slow, a moment passes between any two looks at the clock."""

    slow = False

    def now(self) -> int:
        self.at += int(self.slow)
        return super().now()


class FixedSigner:
    """Signs with a key of its own."""

    def sign(self, said: Sequence[str]) -> str:
        return hmac.new(b"test", "\0".join(said).encode(), hashlib.sha256).hexdigest()

    def fits(self, said: Sequence[str], mac: str) -> bool:
        return hmac.compare_digest(self.sign(said), mac)


@dataclass
class StillSignIn:
    """An agent, a browser and an owner, whose clock the test moves."""

    room: RelayScenario
    signing: AgentSignInService
    consent: AgentConsentService
    tokens: AgentTokenService
    client: str
    pkce: Pkce
    lapsing: AgentRequestExpiry
    clock: SlowMachine

    def later(self, wait: int) -> None:
        self.clock.at += wait

    async def begins(self) -> str:
        """The browser's secret."""
        return await self.signing.begin(
            [
                ("response_type", "code"),
                ("client_id", self.client),
                ("redirect_uri", BACK),
                ("code_challenge", self.pkce.challenge),
                ("code_challenge_method", "S256"),
                ("resource", HERE.resource),
                ("scope", "data chats drafts"),
            ]
        )

    async def asks(self, browser: str, *, by: DiscordId = MAYA) -> str:
        """Somebody types the page's code; what the buttons under the question name, or why there is none."""
        page = await self.signing.look(browser)
        asked = await self.consent.ask(self.permit(by), page.code if isinstance(page, WaitingAgent) else "")
        return asked if isinstance(asked, str) else asked.buttons[0].ref

    async def allows(self, browser: str) -> None:
        ref = await self.asks(browser)
        await self.consent.connect(
            self.permit(MAYA), ref, wished({"name": "x", "role": "manager", "days": "1"})
        )

    async def code(self, browser: str) -> str:
        """What the browser takes along."""
        url = await self.signing.look(browser)
        assert isinstance(url, str), url
        return parse_qs(urlsplit(url).query)["code"][0]

    async def exchanges(self, code: str) -> AgentTokens:
        return await self.tokens.tokens(
            {
                "grant_type": "authorization_code",
                "code": code,
                "client_id": self.client,
                "redirect_uri": BACK,
                "code_verifier": self.pkce.verifier,
            }
        )

    async def refreshes(self, tokens: AgentTokens) -> AgentTokens:
        return await self.tokens.tokens(
            {"grant_type": "refresh_token", "refresh_token": tokens.refresh, "client_id": self.client}
        )

    async def opens(self, tokens: AgentTokens) -> bool:
        return await self.tokens.known(tokens.access) is not None

    async def signed_in(self) -> AgentTokens:
        browser = await self.begins()
        await self.allows(browser)
        return await self.exchanges(await self.code(browser))

    async def live_keys(self) -> int:
        """How many keys open something."""
        now = self.room.clock.now()
        found = await self.room.database.read(lambda tx: api_keys.of_creator(tx, CREATOR))
        return sum(key.ended_at is None and now < key.expires_at for key in found)

    def permit(self, by: DiscordId) -> Permit:
        return Permit(Actor(by, None), Action.API_KEYS, CREATOR, None, None)


@pytest.fixture
async def still(tmp_path: Path) -> AsyncIterator[StillSignIn]:
    database = await open_database(database_in(tmp_path), now=0)
    clock = SlowMachine()
    room = RelayScenario(database, RetryWaits(), clock)
    await begun(database)
    await room.link()
    dice = random.Random(5).randbytes  # noqa: S311 - repeatable on purpose
    records = AgentRequestRecords(room.sealer, most=MOST)
    keys = ApiKeyService(
        database=room.database, trail=room.effects.trail, clock=room.clock, ids=room.ids, random=dice
    )
    signing = AgentSignInService(
        room.ground(), records=records, signer=FixedSigner(), addresses=HERE, random=dice
    )
    yield StillSignIn(
        room=room,
        signing=signing,
        consent=AgentConsentService(room.ground(), records=records, keys=keys),
        tokens=AgentTokenService(
            room.ground(), records=records, keys=keys, resource=HERE.resource, random=dice
        ),
        client=signing.register({"client_name": "Helper", "redirect_uris": [BACK]}).id,
        pkce=Pkce("v" * 43),
        lapsing=AgentRequestExpiry(database=room.database, clock=room.clock),
        clock=clock,
    )
    await database.close()


async def test_a_page_that_nobody_answers_is_over_after_ten_minutes(still: StillSignIn) -> None:
    browser = await still.begins()
    still.later(LASTS - 1)
    waits = await still.signing.waiting(browser)
    still.later(1)

    assert waits
    assert not await still.signing.waiting(browser)
    assert await still.signing.look(browser) is None
    assert "code" in await still.asks(browser)


async def test_a_yes_that_no_browser_takes_ends_with_its_key(still: StillSignIn) -> None:
    browser = await still.begins()
    await still.allows(browser)
    had = await still.live_keys()
    still.later(LASTS + CODE_LASTS * 3)

    assert had == 1
    assert await still.signing.look(browser) is None
    assert await still.live_keys() == 0


async def test_a_code_is_good_for_a_minute_and_a_late_one_ends_the_key(still: StillSignIn) -> None:
    browser = await still.begins()
    await still.allows(browser)
    code = await still.code(browser)
    still.later(CODE_LASTS)

    with pytest.raises(SignInRefused, match="expired"):
        await still.exchanges(code)
    assert await still.live_keys() == 0


async def test_an_access_token_opens_for_an_hour_and_the_next_one_goes_on(still: StillSignIn) -> None:
    first = await still.signed_in()
    still.later(ACCESS_LASTS - 1)
    before = await still.opens(first)
    still.later(1)
    after = await still.opens(first)
    second = await still.refreshes(first)

    assert (before, after) == (True, False)
    assert await still.opens(second)


async def test_an_agent_is_told_a_whole_hour_however_slow_the_machine_is(still: StillSignIn) -> None:
    still.clock.slow = True
    first = await still.signed_in()
    second = await still.refreshes(first)

    assert (first.seconds, second.seconds) == (3600, 3600)


async def test_nothing_lasts_longer_than_the_owner_chose(still: StillSignIn) -> None:
    tokens = await still.signed_in()
    for _ in range(23):
        still.later(ACCESS_LASTS)
        tokens = await still.refreshes(tokens)
    still.later(ACCESS_LASTS)

    assert not await still.opens(tokens)
    with pytest.raises(SignInRefused):
        await still.refreshes(tokens)


async def test_a_creator_who_is_erased_meanwhile_leaves_nothing_that_opens(still: StillSignIn) -> None:
    tokens, browser = await still.signed_in(), await still.begins()
    await still.allows(browser)
    code = await still.code(browser)
    while (await still.room.database.write(lambda tx: creator_wipe.wipe(tx, CREATOR, limit=100)))[0]:
        pass

    assert not await still.opens(tokens)
    with pytest.raises(SignInRefused):
        await still.exchanges(code)
    with pytest.raises(SignInRefused):
        await still.refreshes(tokens)


async def test_the_question_is_nobody_elses_to_answer(still: StillSignIn) -> None:
    browser = await still.begins()
    ref = await still.asks(browser)
    other = still.permit(DiscordId(MAYA + 1))
    wish = wished({"name": "x", "role": "manager"})

    assert "already answered" in await still.consent.connect(other, ref, wish)
    assert "already answered" in await still.consent.refuse(other, ref)
    assert await still.signing.waiting(browser)
    assert await still.live_keys() == 0


async def test_only_so_many_wait_at_once_and_the_next_one_comes_later(still: StillSignIn) -> None:
    for _ in range(MOST):
        await still.begins()
    with pytest.raises(SignInBusy):
        await still.begins()
    still.later(LASTS)

    assert await still.signing.waiting(await still.begins())


async def test_what_is_over_is_erased_also_where_no_other_agent_comes(still: StillSignIn) -> None:
    async def kept() -> int:
        rows = await still.room.database.read(lambda tx: tx.all("SELECT id FROM agent_requests"))
        return len(rows)

    await still.begins()
    still.later(LASTS - 1)
    await still.begins()
    await still.lapsing.look()
    before = await kept()
    still.later(1)
    await still.lapsing.look()

    assert (before, await kept()) == (2, 1)


def test_an_address_asks_so_often_a_minute_and_a_home_of_ipv6_is_one() -> None:
    clock = SettableClock()
    pace = AddressPace(clock, a_minute=2)
    same = [pace.wait(one) for one in ("2001:db8::1", "2001:db8::2", "2001:db8::3")]
    other = pace.wait("2001:db9::1")
    clock.at += 60_000

    assert same == [0, 0, 60]
    assert other == 0
    assert pace.wait("2001:db8::1") == 0
