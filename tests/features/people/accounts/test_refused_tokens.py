"""A token that Fanvue refused goes with nothing more."""

import asyncio

import pytest

from bot.fanvue.oauth import Outcome
from bot.model.errors import TryLater
from tests.features.people.accounts.accounts_scenario import AccountStage
from tests.features.people.accounts.test_tokens import TokenServer, _again, _link, _refreshes


async def test_a_token_that_fanvue_refused_is_given_to_nobody_while_another_is_fetched(
    studio: AccountStage,
) -> None:
    link = await _link(studio)
    rejected = await studio.tokens.current(link.id)
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def hold(granted: Outcome) -> Outcome:
        asked.set()
        await go_on.wait()
        return granted

    process = _again(studio, authority=TokenServer(studio.means.authority, hold))
    refused = asyncio.create_task(process.refreshed(link.id, rejected))
    await asked.wait()
    others = [asyncio.create_task(process.current(link.id)) for _ in range(5)]
    await studio.rows("tokens")  # each has had its turn to read the pair that still looks fresh
    go_on.set()

    assert rejected not in await asyncio.gather(refused, *others)
    assert _refreshes(studio) == ["token.refreshed"]


async def test_a_token_that_fanvue_refused_is_not_tried_again_while_no_other_can_be_had(
    studio: AccountStage,
) -> None:
    link = await _link(studio)
    rejected = await studio.tokens.current(link.id)
    await studio.fanvue.refuse()

    with pytest.raises(TryLater):
        await studio.tokens.refreshed(link.id, rejected)
    with pytest.raises(TryLater) as stopped:
        await studio.tokens.current(link.id)

    assert not stopped.value.paused
    await studio.fanvue.accept()
    studio.clock.pass_by(minutes=1)
    assert await studio.tokens.current(link.id) != rejected
