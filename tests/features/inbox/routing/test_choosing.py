"""Whom a fan is offered to is chosen among those who may answer and are there."""

from bot.engine.effect_handler import Done
from bot.model.errors import TryLater
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import routing_offers, routing_rules, timers
from storage.inbox.pings import PingMode
from storage.inbox.timers import TimerSettings
from storage.people import pauses
from storage.people.pauses import Pause, PauseKind
from storage.records import DiscordId, EffectId
from tests.features.inbox.claims.claims_scenario import NINA, OTTO
from tests.features.inbox.routing.routing_scenario import PIA, RoutingScenario
from tests.relay.relay_scenario import CREATOR, MAYA, NOAH


async def test_an_offer_costs_one_question_to_discord_and_a_message_none(team: RoutingScenario) -> None:
    await team.rule("everyone")
    team.asked.clear()

    await team.fan_writes()
    once = list(team.asked)
    await team.fan_writes("hello?")
    await team.later(6)

    assert once == [NINA]
    assert team.asked == once


async def test_one_fan_after_the_other_gets_further_down_a_long_list(team: RoutingScenario) -> None:
    await team.rule("everyone")
    for number in range(30):
        stranger = DiscordId(1_200_000_000_000_000_000 + number)  # before all others in line
        await team.choose(stranger, PingMode.NOTHING)
        team.roles[stranger] = []
    team.asked.clear()

    await team.fan_writes()
    first, asked = await team.offer(), len(team.asked)
    await team.fan_writes("I am Noah", NOAH)

    assert (first, asked) == (None, 25)
    assert await team.offered(NOAH) == NINA
    assert len(team.asked) == len(set(team.asked)), "who lacked the role was not asked about again"


async def test_two_processes_that_choose_at_once_offer_the_fan_once(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("everyone")
    other = team.handler_beside()

    async def also() -> None:
        (row,) = await team.database.read(
            lambda tx: tx.all("SELECT id FROM outbox WHERE kind = 'routing.offer'")
        )
        effect = await team.database.read(lambda tx: outbox.get(tx, EffectId(row["id"])))
        assert effect is not None
        done = await other.do(effect, {})
        assert isinstance(done, Done)
        assert done.then is not None
        await team.database.write(done.then)

    team.meanwhile = also
    await team.fan_writes()

    turns = await team.database.read(lambda tx: routing_offers.turns(tx, CREATOR))
    assert list(turns) == [NINA]
    assert await team.offered() == NINA
    assert team.rung() == [{NINA}]


async def test_whoever_lost_the_role_is_passed_over(team: RoutingScenario) -> None:
    await team.rule("everyone")
    team.roles[NINA] = []

    await team.fan_writes()

    assert await team.offered() == OTTO


async def test_whoever_may_not_answer_any_more_is_passed_over(team: RoutingScenario) -> None:
    await team.rule("everyone")
    await team.engage(NINA, "viewer")

    await team.fan_writes()

    assert await team.offered() == OTTO


async def test_of_somebody_who_left_the_server_everybody_is_offered_the_fan_at_once(
    team: RoutingScenario,
) -> None:
    await team.everybody_hears()
    await team.rule("everyone", to=NINA)
    team.roles[NINA] = None

    await team.fan_writes()

    assert await team.offer() is None
    assert team.rung() == [{NINA, OTTO, PIA}]


async def test_whoever_has_quiet_hours_or_is_paused_is_passed_over(team: RoutingScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES, quiet_from="0:00", quiet_to="23:59")
    await _pause(team, PauseKind.MEMBER, subject=OTTO)
    await team.rule("everyone")

    await team.fan_writes()

    assert await team.offered() == PIA


async def test_in_the_teams_quiet_hours_and_in_a_pause_nobody_is_offered_anything(
    team: RoutingScenario,
) -> None:
    await team.rule("everyone")
    quiet = TimerSettings(CREATOR, 60, None, 0, 1439)
    await team.database.write(lambda tx: timers.put(tx, quiet, by=MAYA, now=0))
    await team.fan_writes()
    in_quiet = await team.offer()
    await team.database.write(lambda tx: timers.remove(tx, CREATOR))
    await _pause(team, PauseKind.CREATOR)

    await team.fan_writes("I am Noah", NOAH)

    assert in_quiet is None
    assert await team.offer(NOAH) is None


async def test_a_rule_that_is_removed_while_discord_is_asked_offers_the_fan_to_everybody(
    team: RoutingScenario,
) -> None:
    await team.everybody_hears()
    await team.rule("everyone")
    (rule,) = await team.database.read(lambda tx: routing_rules.of_creator(tx, CREATOR))
    team.meanwhile = lambda: team.database.write(lambda tx: routing_rules.remove(tx, rule.id))

    await team.fan_writes()

    assert await team.offer() is None
    assert team.rung() == [{NINA, OTTO, PIA}]


async def test_a_fan_who_is_claimed_while_discord_is_asked_is_offered_to_nobody(
    team: RoutingScenario,
) -> None:
    await team.greeted()
    await team.says("hello", OTTO)
    await team.turn()
    await team.releases(OTTO)
    await team.everybody_hears()
    await team.rule("everyone")
    team.meanwhile = lambda: team.claims(OTTO)

    await team.fan_writes("one more thing")

    assert await team.holder() == OTTO
    assert await team.offer() is None
    assert team.rung() == []


async def test_while_discord_does_not_answer_the_time_runs_all_the_same(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("everyone", minutes=1)

    async def nothing() -> None:
        raise TryLater("Discord is away.", after=3600)

    team.meanwhile = nothing

    await team.fan_writes()
    waiting = await team.offer()
    await team.later(1)

    assert waiting is not None
    assert waiting.member is None
    assert await team.offer() is None
    assert team.rung() == [{NINA, OTTO, PIA}]


async def _pause(team: RoutingScenario, kind: PauseKind, subject: DiscordId | None = None) -> None:
    async def work(tx: Transaction) -> None:
        await pauses.begin(tx, Pause(team.ids.new(), kind, CREATOR, subject, MAYA, 0))

    await team.database.write(work)
