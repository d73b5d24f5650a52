"""A refresh token is spent once, however many need the new one (E1)."""

import asyncio

from tests.accounts.studio import Studio


async def test_of_two_who_need_a_new_token_neither_is_turned_away_nor_spends_it_again(studio: Studio) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    studio.clock.pass_by(hours=1)

    got = await asyncio.gather(*(studio.tokens.current(link.id) for _ in range(2)), return_exceptions=True)

    assert {type(one) for one in got} == {str}
    assert len(set(got)) == 1
    counts = {
        kind: len(studio.fanvue.ledger.of(f"token.{kind}")) for kind in ("refreshed", "graced", "reuse")
    }
    assert counts == {"refreshed": 1, "graced": 0, "reuse": 0}
