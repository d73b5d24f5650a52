"""R11: fifty callers at each of a thousand expiries, a thousand requests."""

import asyncio

from tests.features.people.accounts.accounts_scenario import AccountStage

EXPIRIES = 1_000
CALLERS = 50


async def test_fifty_callers_at_a_thousand_expiries_cause_a_thousand_requests_and_no_reuse(
    studio: AccountStage,
) -> None:
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    seen = set()
    for _ in range(EXPIRIES):
        studio.clock.pass_by(hours=1)
        got = await asyncio.gather(*(studio.tokens.current(link.id) for _ in range(CALLERS)))
        assert len(set(got)) == 1
        seen.add(got[0])

    ledger = studio.fanvue.ledger
    counts = {kind: len(ledger.of(kind)) for kind in ("token.refreshed", "token.graced", "token.reuse")}
    assert counts == {"token.refreshed": EXPIRIES, "token.graced": 0, "token.reuse": 0}
    assert len(seen) == EXPIRIES
    assert (await studio.rows("tokens"))[0]["generation"] == EXPIRIES + 1
