"""Of a message of several alerts only those go whose time is over."""

from bot.access.roles import MoneyView
from bot.relay.alerts import AlertChoice
from storage.people.retention import DAY
from tests.features.inbox.claims.claims_scenario import NINA
from tests.features.operations.alerts.forgetting_scenario import AlertForgettingScenario, entered
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import EMMA, NOAH
from tests.scenario_fixtures import in_folder

MINUTE, HOUR = 60_000, 3_600_000
NIGHT = 9 * HOUR


hall = in_folder(entered)


async def night(hall: AlertForgettingScenario, member: int = 0) -> None:
    """Emma tips when quiet hours begin, Noah eight hours later: one message at their end."""
    begin = hall.clock.now() // MINUTE % 1440
    end = (begin + NIGHT // MINUTE) % 1440
    await hall.put(kind="tip", member=member, quiet_from=begin, quiet_to=end, zone="UTC")
    await hall.comes(hall.tip(100, EMMA))
    await hall.pass_time(8 * HOUR)
    await hall.comes(hall.tip(200, NOAH))
    await hall.pass_time(2 * HOUR)


def heads(posts: list[str]) -> list[str]:
    """The first line of each."""
    return [post.splitlines()[0] for post in posts]


async def test_the_younger_ones_stay_until_it_is_their_turn(hall: AlertForgettingScenario) -> None:
    await night(hall)
    before = hall.posts()

    await hall.day(30 * DAY - 8 * HOUR)  # 30 days and two hours after Emma's
    one_due = hall.posts()
    await hall.day(DAY)
    later = hall.posts()

    assert heads(before) == ["2 tips ($3.00)"]
    (left,) = one_due
    assert left.startswith("A tip\n**$2.00** from Noah")
    assert "Emma" not in left
    assert later == []
    assert len(hall.discord.taken) == 1


async def test_of_private_ones_too(hall: AlertForgettingScenario) -> None:
    await hall.sees(NINA, MoneyView.HIDDEN)
    await hall.chooses(NINA, "mine", AlertChoice("tip"))
    await night(hall, NINA)
    before = hall.reads(NINA)

    await hall.day(30 * DAY - 8 * HOUR)
    one_due = hall.reads(NINA)
    await hall.day(DAY)

    assert heads(before) == ["2 tips"]
    assert ["Noah" in post and "Emma" not in post for post in one_due] == [True]
    assert hall.reads(NINA) == []


async def test_what_is_due_as_a_whole_goes_as_a_whole_and_is_not_edited(
    hall: AlertForgettingScenario,
) -> None:
    await hall.comes(hall.tip(100, EMMA), hall.tip(200, NOAH))
    await hall.pass_time(MINUTE)
    edits = hall.discord.faults.calls["edit"]

    await hall.day(30 * DAY + HOUR)

    assert hall.posts() == []
    assert hall.discord.faults.calls["edit"] == edits
    assert len(hall.discord.taken) == 1


async def test_a_lost_answer_and_a_restart_end_in_the_same(hall: AlertForgettingScenario) -> None:
    await night(hall)
    hall.discord.faults.add("edit", LostAnswer())

    await hall.day(30 * DAY - 8 * HOUR)
    await hall.restart()
    await hall.pass_time(MINUTE)

    assert [post.startswith("A tip\n**$2.00** from Noah") for post in hall.posts()] == [True]


async def test_a_fan_who_is_forgotten_after_that_takes_the_message_with_them(
    hall: AlertForgettingScenario,
) -> None:
    await night(hall)
    await hall.day(30 * DAY - 8 * HOUR)

    await hall.forgets(NOAH)
    await hall.pass_time(MINUTE)

    assert hall.posts() == []
