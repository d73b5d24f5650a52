"""Whatever happens in whatever order, an offer is of a fan who waits, and ends."""

import random

import pytest

from tests.features.inbox.claims.claims_scenario import NINA, OTTO
from tests.features.inbox.routing.routing_scenario import NIGHT, PIA, RoutingScenario
from tests.relay.relay_scenario import EMMA, NOAH

MINUTES = 5
TEAM = (NINA, OTTO, PIA)


@pytest.mark.parametrize("seed", range(12))
async def test_an_offer_is_of_a_fan_who_waits_for_anybody_and_ends_in_time(
    team: RoutingScenario, seed: int
) -> None:
    evening = random.Random(seed)  # noqa: S311 - repeatable on purpose
    await team.everybody_hears()
    for fan in (EMMA, NOAH):
        await team.greeted(fan)
        await team.says("hello", OTTO, fan)
        await team.turn()
        await team.releases(OTTO, fan)
    assert "Added" in await team.rule("everyone", minutes=MINUTES)
    offered = 0

    for _ in range(60):
        fan, member = evening.choice((EMMA, NOAH)), evening.choice(TEAM)
        happens = evening.choice(("writes", "answers", "claims", "releases", "later", "role", "ends"))
        if happens == "writes":
            await team.fan_writes("hi", fan)
        elif happens == "answers":
            await team.says("hello", member, fan)
            await team.turn()
            await team.releases(member, fan)
        elif happens == "claims":
            await team.claims(member, fan)
        elif happens == "releases":
            await team.releases(await team.holder(fan) or member, fan)
        elif happens == "later":
            await team.later(evening.choice((0.5, 4, 6, 12)))
        elif happens == "role" and member != OTTO:  # somebody always has it
            team.roles[member] = evening.choice(([NIGHT], [], None))
        elif happens == "ends":
            await team.restart()
        await team.routing.expiring.look()
        await team.turn()
        offered += await _checked(team)

    assert offered > 0, "an evening without a single offer shows nothing"


async def _checked(team: RoutingScenario) -> int:
    """Every offer is one of these; how many there are."""
    found = 0
    for fan in (EMMA, NOAH):
        offer, talk = await team.offer(fan), await team.talk(fan)
        if offer is None:
            continue
        found += 1
        assert offer.member in TEAM
        assert talk.waiting_since is not None
        assert talk.holder(team.clock.now()) is None
        assert team.clock.now() < offer.until <= team.clock.now() + MINUTES * 60_000
    return found
