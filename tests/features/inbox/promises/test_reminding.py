"""Reminders come when due, once, to whoever promised, and go when it is settled."""

import pytest

from bot.access.permits import Actor
from bot.features.people.offboarding.parts import TeamDeparture
from storage.people import creator_wipe, creators, erasure_places, removals
from storage.records import LinkId
from tests.features.inbox.claims.claims_scenario import NINA, OTTO
from tests.features.inbox.promises.promises_scenario import PromisesScenario
from tests.features.inbox.timers.timers_scenario import CHATTERS, LEADS
from tests.relay.fault_switchboard import LostAnswer, ResetConnection
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, GUILD, NOAH

NINA_ALONE, NOBODY, TEAM = ((NINA,), ()), ((), ()), ((), (CHATTERS, LEADS))


async def test_who_promised_is_called_once_when_it_is_due(pledges: PromisesScenario) -> None:
    await pledges.promise("the video", "in 60 minutes")

    await pledges.later(59)
    early = pledges.called()
    await pledges.later(2)
    await pledges.later(1000)

    assert early == []
    assert pledges.called() == [NINA_ALONE]
    (said,) = pledges.reminders()
    assert f"<@{NINA}>" in said
    assert "A promise to **Emma" in said
    assert "video" not in said  # a lock screen shows it


async def test_what_is_kept_takes_its_reminder_away_and_is_never_reminded_of(
    pledges: PromisesScenario,
) -> None:
    await pledges.promise("the video", "in 1 hour")
    await pledges.promise("a song", "in 5 hours")
    first, second = await pledges.owed()
    await pledges.later(61)

    await pledges.promises.keeping.keep(OTTO, first.id)
    await pledges.promises.keeping.give_up(OTTO, second.id, "no time")
    await pledges.turn()
    await pledges.later(1000)

    assert pledges.reminders() == []
    assert pledges.called() == [NINA_ALONE]


async def test_a_moved_one_takes_its_reminder_away_and_comes_anew_on_its_date(
    pledges: PromisesScenario,
) -> None:
    await pledges.promise("the video", "in 1 hour")
    (promise,) = await pledges.owed()
    await pledges.later(61)

    said = await pledges.promises.keeping.tomorrow(OTTO, promise.id)
    again = await pledges.promises.keeping.tomorrow(OTTO, promise.id)
    await pledges.turn()
    between = pledges.reminders()
    await pledges.later(48 * 60)

    assert said.startswith("Changed: **the video**, due ")
    assert again.startswith("No changes made: this was already moved.")
    assert between == []
    assert pledges.called() == [NINA_ALONE, NINA_ALONE]
    assert len(pledges.reminders()) == 1


async def test_other_words_alone_leave_the_reminder_where_it_is(pledges: PromisesScenario) -> None:
    await pledges.promise("the video", "in 1 hour")
    await pledges.later(61)

    await pledges.alters(what="the long video")
    await pledges.later(5)

    assert pledges.called() == [NINA_ALONE]
    assert len(pledges.reminders()) == 1


async def test_several_that_came_due_unseen_notify_each_person_once(pledges: PromisesScenario) -> None:
    await pledges.came(NOAH)
    for hours in (1, 2, 3):
        await pledges.promise(f"number {hours}", f"in {hours} hours", fan=NOAH if hours == 2 else EMMA)
    await pledges.promise("a song", "in 2 hours", by=OTTO)

    await pledges.later(600)
    await pledges.later(1)

    assert len(pledges.reminders()) == 4
    assert sorted(pledges.called()) == sorted([NINA_ALONE, NOBODY, NOBODY, ((OTTO,), ())])


async def test_quiet_hours_hold_it_back_until_they_end(pledges: PromisesScenario) -> None:
    begin = pledges.clock.at // 60_000 % 1440
    await pledges.set(9999, quiet=(begin, (begin + 120) % 1440))
    await pledges.promise("the video", "in 1 hour")

    await pledges.later(90)
    quiet = pledges.called()
    await pledges.later(31)

    assert quiet == []
    assert pledges.called() == [NINA_ALONE]


async def test_what_came_due_one_after_the_other_in_quiet_hours_notifies_once_when_they_end(
    pledges: PromisesScenario,
) -> None:
    begin = pledges.clock.at // 60_000 % 1440
    await pledges.set(9999, quiet=(begin, (begin + 240) % 1440))
    await pledges.promise("the video", "in 1 hour")
    await pledges.promise("a song", "in 2 hours")

    for _ in range(3):
        await pledges.later(65)
    quiet = pledges.called()
    await pledges.later(60)

    assert quiet == []
    assert pledges.called() == [NINA_ALONE, NOBODY]


async def test_it_outlives_a_restart_and_is_not_made_twice(pledges: PromisesScenario) -> None:
    await pledges.promise("the video", "in 1 hour")
    await pledges.later(61)

    await pledges.restart()
    await pledges.later(1)
    once = len(pledges.called())
    await pledges.done()
    await pledges.turn()

    assert once == 1
    assert pledges.reminders() == []


async def test_one_whose_answer_got_lost_is_one_reminder(pledges: PromisesScenario) -> None:
    await pledges.promise("the video", "in 1 hour")
    pledges.discord.faults.add("post", LostAnswer())
    await pledges.later(61)

    await pledges.pass_time(60_000)

    assert len(pledges.called()) == 1
    assert len(pledges.reminders()) == 1


async def test_a_lost_one_about_what_was_kept_meanwhile_is_found_and_taken_away(
    pledges: PromisesScenario,
) -> None:
    await pledges.promise("the video", "in 1 hour")
    pledges.discord.faults.add("post", LostAnswer())
    await pledges.later(61)

    await pledges.done()
    await pledges.pass_time(60_000)

    posts = pledges.discord.channels[ALERTS].posts.values()
    assert [post for post in posts if post.title == "A promise is due"] == []


@pytest.mark.parametrize("moved", [False, True])
async def test_one_that_was_surely_not_posted_and_is_settled_or_moved_meanwhile_is_not_posted(
    pledges: PromisesScenario, *, moved: bool
) -> None:
    await pledges.promise("the video", "in 1 hour")
    pledges.discord.faults.add("post", ResetConnection())
    await pledges.later(61)

    await (pledges.alters(until="tomorrow") if moved else pledges.done())
    await pledges.pass_time(60_000)

    assert pledges.called() == []


async def test_the_team_is_called_where_who_promised_may_not_answer_any_more(
    pledges: PromisesScenario,
) -> None:
    await pledges.promise("the video", "in 1 hour")
    await pledges.engage(NINA, "viewer")

    await pledges.later(61)

    assert pledges.called() == [TEAM]


async def test_what_somebody_promised_who_leaves_is_the_teams_which_is_reminded(
    pledges: PromisesScenario,
) -> None:
    await pledges.promise("the video", "in 1 hour")
    await pledges.promise("a song", "in 9 hours", by=OTTO)
    await pledges.later(61)
    parting = TeamDeparture(Actor(NINA, GUILD), CREATOR, GUILD, OTTO, "word")

    lines = await pledges.database.write(lambda tx: pledges.promises.leaving.end(tx, parting))
    await pledges.engage(NINA, "none")
    await pledges.later(1)
    first, second = await pledges.owed()

    assert lines == ["1 promise to fans, now owed by the whole team"]
    assert [first.owed_by, second.owed_by] == [None, OTTO]
    assert "the team" in (await pledges.card())[0]
    assert pledges.called() == [NINA_ALONE, TEAM]
    assert len(pledges.reminders()) == 1


async def test_with_the_creators_link_ended_nobody_is_reminded_until_it_is_back(
    pledges: PromisesScenario,
) -> None:
    await pledges.promise("the video", "in 1 hour")
    await pledges.database.write(lambda tx: creators.close(tx, LinkId(f"link-{CREATOR}"), now=1))

    await pledges.later(61)
    frozen = pledges.called()
    await pledges.database.write(
        lambda tx: tx.execute("UPDATE links SET state = 'active' WHERE creator_uuid = :c", c=CREATOR)
    )
    await pledges.later(1)

    assert frozen == []
    assert pledges.called() == [NINA_ALONE]


async def test_reminders_are_among_what_an_erasure_takes_and_one_in_doubt_is_counted(
    pledges: PromisesScenario,
) -> None:
    await pledges.promise("the video", "in 1 hour")
    await pledges.promise("a song", "in 3 hours")
    await pledges.later(61)
    (posted,) = pledges.calls
    pledges.discord.faults.add("post", LostAnswer())
    await pledges.later(120)

    await pledges.database.write(lambda tx: erasure_places.list_posts(tx, CREATOR))
    rows = await pledges.database.read(
        lambda tx: tx.all("SELECT message_id FROM erasure_places WHERE channel_id = :at", at=ALERTS)
    )
    in_doubt = await pledges.database.read(lambda tx: creator_wipe.unclear(tx, CREATOR))

    assert posted in {row["message_id"] for row in rows}
    assert in_doubt == 1


async def test_what_is_removed_about_a_forgotten_fan_has_their_reminders(pledges: PromisesScenario) -> None:
    await pledges.promise("the video", "in 1 hour")
    await pledges.later(61)
    (posted,) = pledges.calls

    channels = await pledges.database.write(lambda tx: removals.take_lines_about(tx, CREATOR, EMMA.id))

    assert channels == [ALERTS]
    assert await pledges.database.read(lambda tx: removals.next_in(tx, ALERTS)) == posted
