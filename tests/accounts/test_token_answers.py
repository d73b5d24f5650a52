"""Token answers that are not what was asked for: nothing of them is kept."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.accounts.linking import Linking
from bot.accounts.ports import Means
from bot.fanvue.models import Me
from bot.fanvue.oauth import Ending, OAuth, Outcome
from bot.fanvue.oauth import Tokens as Granted
from tests.accounts.studio import Studio
from tests.accounts.test_oauth_attacks import PROBLEM, callback_of, outcome_of, params_of, stopped

pytestmark = pytest.mark.oauth_attack


class AlteredAuthority:
    """Fanvue's authorization server, whose token answers say something else."""

    def __init__(self, real: OAuth, alter: Callable[[Outcome], Outcome]) -> None:
        self._real = real
        self._alter = alter

    def authorize_url(self, *, state: str, challenge: str, scopes: Sequence[str]) -> str:
        return self._real.authorize_url(state=state, challenge=challenge, scopes=scopes)

    async def exchange(self, code: str, verifier: str) -> Outcome:
        return self._alter(await self._real.exchange(code, verifier))

    async def refresh(self, token: str) -> Outcome:
        return await self._real.refresh(token)

    async def revoke(self, token: str) -> Ending:
        return await self._real.revoke(token)


@pytest.mark.parametrize("answer", ["fewer scopes", "more scopes", "no refresh token"])
async def test_a_token_answer_that_is_not_what_was_asked_for_is_given_back(
    studio: Studio, answer: str
) -> None:
    def alter(outcome: Outcome) -> Outcome:
        assert isinstance(outcome, Granted)
        if answer == "no refresh token":
            return replace(outcome, refresh=None)
        scopes = "read:self" if answer == "fewer scopes" else f"{outcome.scope} write:agency"
        return replace(outcome, scope=scopes)

    means = _with(studio, alter)
    browser = studio.browser()
    callback = await callback_of(studio, browser)

    assert await outcome_of(Linking(means), callback, next(iter(browser.cookies.values()))) == "stopped"
    assert await studio.rows("pending_links") == []
    assert await studio.nothing_is_kept()
    assert (await studio.asked())[-1]["post"]["title"] == "Nothing was connected"


async def test_an_exchange_without_an_answer_is_not_repeated(studio: Studio) -> None:
    browser = studio.browser()
    callback = await callback_of(studio, browser)
    studio.fanvue.faults.add("lose_answer", path="/oauth2/token", count=1)

    assert (await browser.get(callback)).location == PROBLEM

    assert len(studio.fanvue.ledger.of("token.issued")) == 1
    assert await studio.rows("pending_links") == []


async def test_a_sign_in_whose_account_cannot_be_read_is_given_back(studio: Studio) -> None:
    browser = studio.browser()
    callback = await callback_of(studio, browser)
    studio.fanvue.faults.add("error_before", path="/users/me", count=1)

    assert await stopped(studio, await browser.get(callback))


async def test_the_identity_is_what_fanvue_says_now_and_never_an_id_token(studio: Studio) -> None:
    asked: list[str] = []

    async def who_am_i(access: str) -> Me:
        asked.append(access)
        return await studio.client.whoami(access)

    browser = studio.browser()
    callback = await callback_of(studio, browser)
    linking = Linking(replace(studio.means, who_am_i=who_am_i))
    await linking.fanvue_returned(params_of(callback), next(iter(browser.cookies.values())))

    (pending,) = await studio.rows("pending_links")
    assert (len(asked), pending["creator_uuid"]) == (1, studio.creator.uuid)


def _with(studio: Studio, alter: Callable[[Outcome], Outcome]) -> Means:
    real = studio.means.authority
    assert isinstance(real, OAuth)
    return replace(studio.means, authority=AlteredAuthority(real, alter))
