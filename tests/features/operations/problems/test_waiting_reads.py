"""/inbox status says what waits to be read on Fanvue, in order, and since when."""

from bot.model.errors import TryLater
from tests.features.operations.problems.problems_scenario import ProblemsScenario, words
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import CREATOR, EMMA

NO_ROOM = TryLater("Fanvue asks us to wait.", after=3600)


async def reads(office: ProblemsScenario) -> list[str]:
    """What it says of reads."""
    said = words(await office.desk.status.of([CREATOR], [CREATOR])).splitlines()
    return [line for line in said if "read on Fanvue" in line]


async def test_what_waits_to_be_read_is_told_in_its_order_and_red_once_it_waits_for_long(
    office: ProblemsScenario,
) -> None:
    await office.greeted()
    await office.pass_time(office.waits.gather)
    nothing = await reads(office)
    for method in ("message", "recent", "lately"):
        office.fanvue.faults.add(method, *[NO_ROOM] * 20)
    began = office.clock.now() // 1000
    office.fanvue.faults.add("send", LostAnswer())
    await office.reply("is it there?")
    await office.happen(office.wrote("look"))
    await office.happen(office.wrote(None, complete=False))
    await office.pass_time(office.waits.gather)

    [soon] = await reads(office)
    await office.pass_time(2 * office.waits.settle[-1])
    [late] = await reads(office)

    assert nothing == []
    assert soon == (
        f"🟢 Waiting to be read on Fanvue: 1 unconfirmed reply since <t:{began}:R>, 1 text "
        f"since <t:{began}:R>, 1 fan's pictures since <t:{began}:R>."
    )
    assert late.startswith("🔴 ")
    assert late.endswith("it continues automatically, in this order.")


async def test_another_fans_reads_are_counted_together(office: ProblemsScenario) -> None:
    await office.happen(office.wrote("hello", EMMA))
    await office.happen(office.wrote("and again", EMMA))

    [line] = await reads(office)

    assert "1 fan's pictures since" in line
