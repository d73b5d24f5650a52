"""/money top names each fan so that nobody else is meant."""

import pytest

from storage.inbox import fans
from storage.records import Fan, FanId
from tests.features.money.periods.periods_scenario import PeriodsScenario


@pytest.mark.parametrize("known", [False, True], ids=["as Fanvue names them", "as the bridge knows them"])
@pytest.mark.parametrize(
    ("handle", "name", "alike"),
    [("zoe", "Zoe", False), ("other", "Loud Owl", True), ("0wl", "Zoe", True)],
    ids=["nobody alike", "the very same name", "letters that only look the same"],
)
async def test_top_fans_who_look_alike_are_told_apart(
    bureau: PeriodsScenario, handle: str, name: str, *, alike: bool, known: bool
) -> None:
    world, creator = bureau.evening.server.world, bureau.evening.creator
    owl = world.add_fan("owl", "Loud Owl", bureau.evening.account)
    other = world.add_fan(handle, name, bureau.evening.account)
    if known:
        met = Fan(creator, FanId(other.uuid), handle, name, None, 0)
        await bureau.database.write(lambda tx: fans.learn(tx, met))
    bureau.at("2026-11-20 12:00")
    await owl.tip(500)
    await other.tip(900)
    bureau.at("2026-11-26 12:00")

    said = (await bureau.ask("money top", period="last week")).text

    assert (f"2. Loud Owl @owl · {owl.uuid[:4]}: **" if alike else "2. Loud Owl @owl: **") in said
