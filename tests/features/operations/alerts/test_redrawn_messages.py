"""A forgotten fan's part of a message of several alerts goes, the others stay."""

import asyncio

from bot.access.roles import MoneyView
from bot.relay.alerts import AlertChoice
from storage.database import Transaction
from storage.engine.migrate import load, statements
from tests.features.inbox.claims.claims_scenario import NINA
from tests.features.operations.alerts.alerts_scenario import OTHER
from tests.features.operations.alerts.forgetting_scenario import AlertForgettingScenario, entered
from tests.relay.fault_switchboard import HeldCall, LostAnswer
from tests.relay.relay_scenario import ALERTS, EMMA, NOAH
from tests.scenario_fixtures import in_folder

hall = in_folder(entered)


async def folded(hall: AlertForgettingScenario) -> None:
    """Emma tips twice, Noah follows and tips: one message."""
    await hall.comes(hall.tip(100, EMMA), hall.follow(NOAH), hall.tip(200, EMMA), hall.tip(300, NOAH))
    await hall.pass_time(6_000)


async def joins(hall: AlertForgettingScenario) -> None:
    """One more tip of Noah's: by an edit, at once or when the next one is due."""
    await hall.comes(hall.tip(400, NOAH))
    await hall.pass_time(6_000)


async def test_the_others_stay_and_the_first_line_counts_them_alone(hall: AlertForgettingScenario) -> None:
    await folded(hall)
    before = hall.posts()

    await hall.forgets(EMMA)
    await hall.turn()

    assert [post.splitlines()[0] for post in before] == ["3 tips ($6.00), 1 new follower"]
    (after,) = hall.posts()
    assert after.splitlines()[0] == "1 new follower, 1 tip ($3.00)"
    assert "Emma" in before[0]
    assert "Emma" not in after
    assert hall.discord.taken == []
    assert [line.splitlines()[0] for line in hall.posts()] == ["1 new follower, 1 tip ($3.00)"]
    (ref,) = hall.refs()
    assert "Default: shown in the alerts channel" in await hall.why(NINA, ref)


async def test_when_nobody_is_left_the_message_goes(hall: AlertForgettingScenario) -> None:
    await folded(hall)

    await hall.forgets(EMMA)
    await hall.turn()
    await hall.forgets(NOAH)
    await hall.pass_time(60_000)

    assert hall.posts() == []
    assert len(hall.discord.taken) == 1


async def test_two_who_are_forgotten_before_anything_is_edited_leave_nothing(
    hall: AlertForgettingScenario,
) -> None:
    await folded(hall)

    await hall.forgets(EMMA)
    await hall.forgets(NOAH)
    await hall.pass_time(60_000)

    assert hall.posts() == []


async def test_an_edit_that_was_under_way_does_not_bring_them_back(hall: AlertForgettingScenario) -> None:
    await folded(hall)
    held = HeldCall(done=False)
    hall.discord.faults.add("edit", held)
    joining = asyncio.create_task(joins(hall))
    async with asyncio.timeout(20):
        await held.reached.wait()

    await hall.forgets(EMMA)
    await hall.tried_to_show_anew()
    held.go.set()
    await joining
    await hall.pass_time(6_000)

    (after,) = hall.posts()
    assert after.splitlines()[0] == "2 tips ($7.00), 1 new follower"
    assert "Emma" not in after


async def test_a_lost_answer_and_a_restart_end_in_the_same(hall: AlertForgettingScenario) -> None:
    await folded(hall)
    hall.discord.faults.add("edit", LostAnswer())

    await hall.forgets(EMMA)
    await hall.turn()
    await hall.restart()
    await hall.pass_time(60_000)

    (after,) = hall.posts()
    assert after.splitlines()[0] == "1 new follower, 1 tip ($3.00)"


async def test_a_chosen_channel_and_its_mention_stay_as_they_were(hall: AlertForgettingScenario) -> None:
    await hall.sees(NINA, MoneyView.BANDED)
    await hall.put(kind="tip", channel=OTHER, money="banded", mention="member", mention_id=NINA)
    await hall.comes(hall.tip(3_000, EMMA), hall.tip(3_000, NOAH), hall.tip(3_000, NOAH))
    await hall.pass_time(6_000)

    await hall.forgets(EMMA)
    await hall.turn()

    (after,) = hall.posts(OTHER)
    assert after.splitlines()[:2] == ["2 tips", f"<@{NINA}>"]
    assert "$30.00" not in after
    assert "Emma" not in after


async def test_of_private_ones_too_and_whoever_left_sees_no_figures(hall: AlertForgettingScenario) -> None:
    await hall.sees(NINA, MoneyView.EXACT)
    await hall.chooses(NINA, "mine", AlertChoice("tip"))
    await folded(hall)
    before = hall.reads(NINA)
    hall.gone.add(NINA)

    await hall.forgets(EMMA)
    await hall.turn()

    assert [post.splitlines()[0] for post in before] == ["3 tips ($6.00)"]
    (after,) = hall.reads(NINA)
    assert "Emma" not in after
    assert "$" not in after


async def test_a_message_that_somebody_deleted_stays_deleted(hall: AlertForgettingScenario) -> None:
    await folded(hall)
    hall.discord.channels[ALERTS].posts.clear()

    await hall.forgets(EMMA)
    await hall.pass_time(60_000)

    assert hall.posts() == []
    assert await hall.ended() == ["done", "done"]


async def test_what_waits_under_the_name_of_an_older_version_is_carried_out(
    hall: AlertForgettingScenario,
) -> None:
    await folded(hall)
    await hall.crash()
    await hall.forgets(EMMA)
    (renaming,) = [one for one in load("sqlite") if one.name == "alerts_anew"]

    async def update(tx: Transaction) -> int:
        older = await tx.execute("UPDATE outbox SET kind = 'gone.told' WHERE kind = 'alert.anew'")
        for statement in statements(renaming.sql):
            await tx.execute(statement)
        return older

    waited = await hall.database.write(update)
    await hall.restart()
    await hall.turn()

    (after,) = hall.posts()
    assert waited == 1
    assert after.splitlines()[0] == "1 new follower, 1 tip ($3.00)"
