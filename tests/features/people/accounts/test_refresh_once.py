"""A refresh token is spent once, whoever needs it (E1), and repeated once (R11)."""

import asyncio

import pytest

from bot.model.errors import TryLater
from bot.sandbox.fanvue.faults import Kind
from storage.records import LinkState
from tests.features.people.accounts.accounts_scenario import AccountStage


async def test_of_eight_who_need_a_new_token_none_is_turned_away_nor_spends_it_again(
    studio: AccountStage,
) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    studio.clock.pass_by(hours=1)

    got = await asyncio.gather(*(studio.tokens.current(link.id) for _ in range(8)), return_exceptions=True)

    assert {type(one) for one in got} == {str}
    assert len(set(got)) == 1
    counts = {
        kind: len(studio.fanvue.ledger.of(f"token.{kind}")) for kind in ("refreshed", "graced", "reuse")
    }
    assert counts == {"refreshed": 1, "graced": 0, "reuse": 0}


@pytest.mark.parametrize("kind", ["error_before", "error_after"])
async def test_a_503_may_hide_a_refresh_so_one_is_repeated_and_two_need_a_new_sign_in(
    studio: AccountStage, kind: Kind
) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    studio.clock.pass_by(hours=1)
    studio.fanvue.faults.add(kind, path="/oauth2/token", status=503)

    assert await studio.tokens.current(link.id)
    studio.clock.pass_by(hours=1)
    studio.fanvue.faults.add(kind, path="/oauth2/token", status=503, count=2)
    for _ in range(2):
        with pytest.raises(TryLater) as stopped:
            await studio.tokens.current(link.id)
        assert stopped.value.paused

    (row,) = await studio.rows("links")
    assert row["state"] == LinkState.RELINK_REQUIRED
    assert len(studio.fanvue.ledger.of("fault")) == 3
