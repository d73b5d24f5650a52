"""Pings come when due, call whom they should, once, and go with the answer."""

from storage.money import digests
from storage.people import creator_wipe, creators, erasure_places, fan_erasure, removals
from storage.records import LinkId
from tests.features.inbox.claims.claims_scenario import NINA
from tests.features.inbox.timers.timers_scenario import CHATTERS, LEADS, TimersScenario
from tests.relay.fault_switchboard import LostAnswer, ResetConnection
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, MAYA, NOAH

TEAM = ((), (CHATTERS, LEADS))
ALL_LEADS = ((MAYA,), (LEADS,))


async def test_without_timers_nobody_is_ever_pinged(watch: TimersScenario) -> None:
    await watch.after(10_000)

    assert watch.called() == []


async def test_a_fan_who_belongs_to_nobody_is_told_to_the_team_once_the_first_time_is_over(
    watch: TimersScenario,
) -> None:
    await watch.set(10)

    await watch.after(9)
    early = watch.called()
    await watch.after(1)
    await watch.after(500)

    assert early == []
    assert watch.called() == [TEAM]
    (said,) = watch.pings().values()
    assert f"<@&{CHATTERS}>" in said
    assert "Emma" in said
    assert "and has no answer" in said


async def test_it_goes_from_whose_fan_it_is_to_the_team_and_to_its_leads_each_once(
    watch: TimersScenario,
) -> None:
    await watch.set(10, 5)
    await watch.hands_over(NINA, NINA)

    await watch.after(10)
    await watch.after(4)
    first = watch.called()
    await watch.after(1)
    await watch.after(5)
    await watch.after(500)

    assert first == [((NINA,), ())]
    assert watch.called() == [((NINA,), ()), TEAM, ALL_LEADS]
    assert len(watch.pings()) == 3


async def test_an_answer_takes_every_ping_away_and_a_new_wait_begins_anew(watch: TimersScenario) -> None:
    await watch.set(10, 5)
    await watch.after(10)
    await watch.after(5)

    await watch.says("here I am", NINA)
    await watch.turn()
    gone = watch.pings()
    await watch.after(100)
    await watch.happen(watch.wrote("and now?"))
    await watch.after(10)

    assert gone == {}
    assert len(watch.called()) == 3
    assert len(watch.pings()) == 1


async def test_a_snoozed_or_closed_fan_is_told_to_nobody_and_a_snooze_that_ends_is(
    watch: TimersScenario,
) -> None:
    await watch.set(10)
    await watch.after(10)
    await watch.snoozes("in 1 hour")
    await watch.turn()
    hidden = watch.pings()
    await watch.after(30)
    during = len(watch.called())
    await watch.after(32)
    back = len(watch.called())
    await watch.closes()
    await watch.turn()
    await watch.after(500)

    assert hidden == {}
    assert (during, back, len(watch.called())) == (1, 2, 2)
    assert watch.pings() == {}


async def test_quiet_hours_hold_pings_back_until_they_end(watch: TimersScenario) -> None:
    await watch.database.write(lambda tx: digests.choose_zone(tx, CREATOR, "UTC"))
    begin = watch.clock.at // 60_000 % 1440
    await watch.set(10, 5, quiet=(begin, (begin + 60) % 1440))

    await watch.after(30)
    quiet = watch.called()
    await watch.after(31)

    assert quiet == []
    assert watch.called() == [TEAM]


async def test_after_a_time_without_the_bridge_the_first_one_is_pinged_and_not_all(
    watch: TimersScenario,
) -> None:
    await watch.set(10, 5)

    await watch.after(1000)
    await watch.after(1)

    assert watch.called() == [TEAM]


async def test_a_ping_outlives_a_restart_and_is_not_made_twice(watch: TimersScenario) -> None:
    await watch.set(10, 60)
    await watch.after(10)

    await watch.restart()
    await watch.after(1)

    assert len(watch.called()) == 1
    await watch.says("hi", NINA)
    await watch.turn()
    assert watch.pings() == {}


async def test_a_ping_whose_answer_got_lost_is_one_ping(watch: TimersScenario) -> None:
    await watch.set(10)
    watch.discord.faults.add("post", LostAnswer())

    await watch.after(10)
    lost = await watch.states()
    await watch.pass_time(60_000)

    assert lost == [("unknown", 1)]
    assert await watch.states() == [("done", 2)]
    assert len(watch.called()) == 1
    assert len(watch.pings()) == 1


async def test_a_lost_ping_about_a_fan_who_was_answered_meanwhile_is_found_and_taken_away(
    watch: TimersScenario,
) -> None:
    await watch.set(10)
    watch.discord.faults.add("post", LostAnswer())
    await watch.after(10)
    lost = await watch.states()

    await watch.happen(watch.echo(watch.fanvue.write(CREATOR, EMMA.id, "I answered", by_creator=True)))
    await watch.pass_time(60_000)

    posts = watch.discord.channels[ALERTS].posts.values()
    assert lost == [("unknown", 1)]
    assert [state for state, _ in await watch.states()] == ["done"]
    assert not [post for post in posts if any("and has no answer" in line for line in post.body)]


async def test_a_ping_that_was_surely_not_posted_is_posted_once(watch: TimersScenario) -> None:
    await watch.set(10)
    watch.discord.faults.add("post", ResetConnection())

    await watch.after(10)
    await watch.pass_time(60_000)

    assert len(watch.pings()) == 1


async def test_who_may_not_answer_any_more_is_not_pinged_and_the_team_is(watch: TimersScenario) -> None:
    await watch.set(10)
    await watch.hands_over(NINA, NINA)
    await watch.engage(NINA, "viewer")

    await watch.after(10)

    assert watch.called() == [TEAM]


async def test_with_the_creators_link_ended_nobody_is_pinged(watch: TimersScenario) -> None:
    await watch.set(10)
    await watch.database.write(lambda tx: creators.close(tx, LinkId(f"link-{CREATOR}"), now=1))

    await watch.after(10)

    assert watch.called() == []


async def test_an_erased_creators_pings_are_listed_and_one_in_doubt_is_counted(watch: TimersScenario) -> None:
    await watch.set(10, 5)
    await watch.after(10)
    watch.discord.faults.add("post", LostAnswer())
    await watch.after(5)
    posted = min(watch.calls)

    await watch.database.write(lambda tx: erasure_places.list_posts(tx, CREATOR))
    rows = await watch.database.read(
        lambda tx: tx.all("SELECT message_id FROM erasure_places WHERE channel_id = :at", at=ALERTS)
    )
    in_doubt = await watch.database.read(lambda tx: creator_wipe.unclear(tx, CREATOR))

    assert posted in {row["message_id"] for row in rows}
    assert in_doubt == 1


async def test_what_is_removed_about_a_forgotten_fan_has_their_pings(watch: TimersScenario) -> None:
    await watch.set(10)
    await watch.came(NOAH)
    await watch.after(10)
    (emma,) = [made for made, said in watch.pings().items() if "Emma" in said]

    channels = await watch.database.write(lambda tx: removals.take_lines_about(tx, CREATOR, EMMA.id))
    listed = await watch.database.read(lambda tx: removals.next_in(tx, ALERTS))
    await watch.database.write(lambda tx: fan_erasure.take_out(tx, CREATOR, EMMA.id))

    assert channels == [ALERTS]
    assert listed == emma
