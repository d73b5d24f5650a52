"""What is told again, late or after a restart, is told once and not lost (R2, B2)."""

from bot.model.events import Followed
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, RelayScenario


async def test_what_is_told_again_after_a_restart_is_a_repeat(world: RelayScenario) -> None:
    event = Followed(CREATOR, EMMA, world.clock.now())
    await world.happen(event, kind="follow", key="evt-1")

    await world.restart()

    assert not await world.happen(event, kind="follow", key="evt-1")
    assert len(world.discord.lines(ALERTS)) == 1


async def test_what_happened_before_the_newest_event_is_shown_all_the_same(world: RelayScenario) -> None:
    await world.greeted()
    early = world.wrote("written first, told last")
    await world.pass_time(1_000)
    await world.happen(world.wrote("written last, told first"))

    assert await world.happen(early)

    assert await world.lines() == ["hello", "written last, told first", "written first, told last"]
