"""A waiting fan is offered to one member first, in turns, and then to everybody."""

import asyncio

from bot.access.permits import Actor
from bot.access.roles import MoneyView
from bot.features.inbox.board.lines import BoardList
from bot.features.inbox.timers.feature import TimersFeature
from bot.features.people.offboarding.parts import TeamDeparture
from storage.database import Transaction
from storage.inbox import routing_rules, timers
from storage.inbox.pings import PingMode
from storage.inbox.timers import TimerSettings
from storage.people import creators, fan_erasure
from storage.records import LinkId, LinkState
from tests.features.inbox.claims.claims_scenario import LASTS, NINA, OTTO, VERA
from tests.features.inbox.routing.routing_scenario import NIGHT, PIA, RoutingScenario
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA, NOAH, told


async def test_without_a_rule_everybody_is_pinged_at_once(team: RoutingScenario) -> None:
    await team.everybody_hears()

    await team.fan_writes()

    assert await team.offer() is None
    assert team.rung() == [{NINA, OTTO, PIA}]
    assert team.asked == []


async def test_only_the_member_who_is_offered_a_fan_is_pinged_and_the_board_names_them(
    team: RoutingScenario,
) -> None:
    await team.everybody_hears()
    await team.rule("everyone", minutes=5)

    await team.fan_writes()

    until = (team.clock.now() + 300_000) // 1000
    assert team.rung() == [{NINA}]
    assert "New conversation for you" in team.standing_pings()[0]
    assert f"offered to <@{NINA}> until <t:{until}:t>" in await team.read()


async def test_after_its_time_everybody_else_is_pinged_and_the_board_names_nobody(
    team: RoutingScenario,
) -> None:
    await team.everybody_hears()
    await team.rule("everyone", minutes=15)
    await team.fan_writes()

    await team.later(14.9)
    before = team.rung()
    await team.later(0.2)
    await team.later(30)

    assert before == [{NINA}]
    assert team.rung() == [{NINA}, {OTTO, PIA}]
    assert len(team.standing_pings()) == 1
    assert "offered to" not in await team.read()


async def test_members_of_a_role_take_turns_also_after_a_restart(team: RoutingScenario) -> None:
    await team.rule("everyone")
    given = []
    for number in range(7):
        await team.fan_writes(f"hi {number}")
        given.append(await team.offered())
        await team.begins(VERA)  # the clock stands still: turns are kept all the same
        await team.says(f"hello {number}", VERA)
        await team.turn()
        await team.releases(VERA)
        if number == 3:
            await team.restart()

    assert given == [NINA, OTTO, PIA, NINA, OTTO, PIA, NINA]


async def test_two_fans_at_once_go_to_two_members(team: RoutingScenario) -> None:
    await team.rule("everyone")
    await team.keep(team.wrote("I am Emma"))
    await team.keep(team.wrote("I am Noah", NOAH))

    await team.turn()

    assert {await team.offered(), await team.offered(NOAH)} == {NINA, OTTO}


async def test_the_offer_outlives_a_restart_and_ends_with_its_time(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("everyone", minutes=5)
    await team.fan_writes()

    await team.restart()
    still = await team.offered()
    await team.crash()
    team.clock.at += 7_200_000  # it was down for two hours
    team.build()
    await team.start()
    await team.later(0)

    assert still == NINA
    assert await team.offer() is None
    assert team.rung() == [{NINA}, {OTTO, PIA}]


async def test_a_claim_by_anybody_ends_the_offer(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("everyone")
    await team.fan_writes()

    await team.claims(OTTO)
    await team.later(10)

    assert await team.offer() is None
    assert team.rung() == [{NINA}]


async def test_an_answer_by_anybody_ends_the_offer(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("everyone")
    await team.fan_writes()

    await team.says("hello", OTTO)
    await team.turn()
    await team.later(10)

    assert await team.offer() is None
    assert team.rung() == [{NINA}]


async def test_a_fan_who_is_let_go_unanswered_is_offered_to_the_next(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("everyone")
    await team.fan_writes()
    await team.claims(PIA)

    await team.releases(PIA)
    await team.turn()

    assert await team.offered() == OTTO
    assert team.rung() == [{NINA}, {OTTO}]


async def test_whoever_lets_a_fan_go_is_not_offered_them_again(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("everyone", to=NINA)
    await team.fan_writes()
    await team.claims(NINA)

    await team.releases(NINA)
    await team.turn()

    assert await team.offer() is None
    assert team.rung() == [{NINA}, {OTTO, PIA}]


async def test_a_claim_that_runs_out_unanswered_offers_the_fan_again(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("everyone")
    await team.fan_writes()
    await team.claims(NINA)

    await team.pass_time(LASTS + 1)
    await team.expiring.look()
    await team.turn()

    assert await team.offered() == OTTO
    assert team.rung() == [{NINA}, {OTTO}]


async def test_while_the_account_is_disconnected_nobody_is_offered_or_pinged(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("everyone")
    await team.fan_writes()
    await team.fan_writes("I am Noah", NOAH)
    await team.claims(PIA, NOAH)
    before = team.rung()
    link = LinkId(f"link-{CREATOR}")

    async def ended(tx: Transaction) -> None:
        await creators.move(tx, link, was=LinkState.ACTIVE, to=LinkState.UNLINKING)
        await team.talks.frozen(tx, CREATOR)

    await team.database.write(ended)
    await team.turn()
    await team.later(6)

    assert await team.holder(NOAH) is None
    assert (await team.offer(), await team.offer(NOAH)) == (None, None)
    assert team.rung() == before


async def test_a_fan_who_is_claimed_is_not_offered(team: RoutingScenario) -> None:
    await team.fan_writes()
    await team.claims(OTTO)
    await team.says("hello", OTTO)
    await team.turn()
    await team.rule("everyone")

    await team.fan_writes("and you?")

    assert await team.offer() is None


async def test_a_second_message_rings_for_the_same_member_only(team: RoutingScenario) -> None:
    for member in (NINA, OTTO, PIA):
        await team.choose(member, PingMode.MESSAGES)
    await team.rule("everyone")
    await team.fan_writes()
    await team.pass_time(120_000)

    await team.fan_writes("hello?")

    assert team.rung() == [{NINA}, {NINA}]
    assert await team.offered() == NINA


async def test_two_processes_end_an_offer_once(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("everyone", minutes=1)
    await team.fan_writes()
    await team.pass_time(60_000)

    other = team.beside()
    await asyncio.gather(team.routing.expiring.look(), other.expiring.look())
    await team.turn()

    assert team.rung() == [{NINA}, {OTTO, PIA}]


async def test_a_member_who_wants_no_pings_is_offered_the_fan_in_silence(team: RoutingScenario) -> None:
    await team.choose(NINA, PingMode.NOTHING)
    await team.choose(OTTO, PingMode.MESSAGES)
    await team.rule("everyone", to=NINA)

    await team.fan_writes()
    silent = team.rung()
    await team.later(6)

    assert silent == []
    assert team.rung() == [{OTTO}]


async def test_a_timer_calls_nobody_while_somebody_is_offered_the_fan(team: RoutingScenario) -> None:
    timer = TimerSettings(CREATOR, 1, None, None, None)
    await team.database.write(lambda tx: timers.put(tx, timer, by=MAYA, now=0))
    watching = TimersFeature(team.ground()).watching
    await team.rule("everyone", minutes=5)
    await team.fan_writes()

    await team.pass_time(120_000)
    await watching.look()
    during = await team.database.read(lambda tx: timers.ever(tx, CREATOR, EMMA.id))
    await team.later(4)
    await watching.look()

    assert during == 0
    assert await team.database.read(lambda tx: timers.ever(tx, CREATOR, EMMA.id)) == 1


async def test_who_leaves_the_team_loses_offers_turns_and_rules(team: RoutingScenario) -> None:
    await team.everybody_hears()
    await team.rule("vip", to=NINA)
    await team.rule("everyone")
    await team.fan_writes()
    given = await team.offered()
    parting: TeamDeparture = TeamDeparture(Actor(NINA, GUILD), CREATOR, GUILD, MAYA, "word")

    said = await team.database.write(lambda tx: team.routing.leaving.end(tx, parting))
    await team.turn()

    rules = await team.database.read(lambda tx: routing_rules.of_creator(tx, CREATOR))
    turns = await team.database.read(lambda tx: tx.all("SELECT member_id FROM routing_turns"))
    assert given == NINA
    assert said == ["1 routing rule for them ended."]
    assert [one.target for one in rules] == [NIGHT]
    assert turns == []
    assert await team.offer() is None
    assert team.rung() == [{NINA}, {OTTO, PIA}]


async def test_a_fan_who_is_forgotten_leaves_no_offer(team: RoutingScenario) -> None:
    await team.rule("everyone")
    await team.fan_writes()
    given = await team.offered()

    await team.database.write(lambda tx: fan_erasure.take_out(tx, CREATOR, EMMA.id))

    assert given == NINA
    assert await team.offer() is None


async def test_what_is_offered_to_me_is_on_my_own_list(team: RoutingScenario) -> None:
    await team.rule("everyone")
    await team.fan_writes()
    sees = {CREATOR: MoneyView.HIDDEN}

    mine = await team.board.reading.page(sees, NINA, BoardList.MINE)
    others = await team.board.reading.page(sees, OTTO, BoardList.MINE)

    assert "offered to you until" in told(mine.post)
    assert "Nobody is waiting for you" in told(others.post)
