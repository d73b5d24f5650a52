"""/money top."""

from tests.features.money.periods.periods_scenario import PeriodsScenario

DAY = 86_400_000


async def test_the_fans_who_spent_most_come_first(bureau: PeriodsScenario) -> None:
    world = bureau.evening.server.world
    owl = world.add_fan("owl", "Loud *Owl*", bureau.evening.account)
    await owl.tip(5000)
    await bureau.fan.tip(1000)
    await owl.write("hello")
    bureau.clock.at += DAY

    answer = await bureau.ask("money top")
    today = await bureau.ask("money top", period="today")

    first, second = (line for line in answer.text.splitlines() if line[:2] in {"1.", "2."})
    assert first.startswith("1. Loud \\*Owl\\* @owl: ")
    assert first.endswith(": **$50.00** ($40.00 net, 1 payment)")
    assert "**$10.00** ($8.00 net, 1 payment)" in second
    assert "Data as of" in answer.text
    assert "Nobody spent anything in this time." in today.text
