"""Who tries what they may not is written down, once in ten minutes."""

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.engine.denials import DenialRecorder
from storage.engine import audit_log
from storage.records import CreatorId, DiscordId
from tests.relay.relay_scenario import CREATOR, GUILD, MAYA, RelayScenario

VICTOR = Actor(MAYA, GUILD)


async def written(world: RelayScenario) -> list[tuple[str, str, DiscordId | None]]:
    lines = await world.database.read(lambda tx: audit_log.recent(tx, CREATOR, 50))
    return [(line.action, line.outcome, line.actor) for line in lines if line.outcome == "denied"]


async def test_a_try_is_a_line_and_its_repeats_are_none(world: RelayScenario) -> None:
    denials = DenialRecorder(database=world.database, trail=world.effects.trail, clock=world.clock)

    for _ in range(3):
        await denials.note(VICTOR, Action.EARNINGS, CREATOR)
    first = await written(world)
    world.clock.at += 600_000
    await denials.note(VICTOR, Action.EARNINGS, CREATOR)
    await denials.note(VICTOR, Action.REPLY, CREATOR)

    assert first == [("earnings", "denied", MAYA)]
    assert len(await written(world)) == 3


async def test_about_a_creator_who_does_not_exist_nothing_is_kept(world: RelayScenario) -> None:
    denials = DenialRecorder(database=world.database, trail=world.effects.trail, clock=world.clock)

    await denials.note(VICTOR, Action.EARNINGS, CreatorId("nobody"))

    assert await world.database.read(lambda tx: audit_log.recent(tx, CreatorId("nobody"), 5)) == []


async def test_whoever_tries_much_fills_no_memory(world: RelayScenario) -> None:
    denials = DenialRecorder(database=world.database, trail=world.effects.trail, clock=world.clock)

    for number in range(1_200):
        denials._remember((DiscordId(number), Action.REPLY, CREATOR), number)

    assert len(denials._newest) == 1_000
