"""What needs a lead is scheduled too: approved before its time it is sent then."""

import pytest

from bot.access.roles import TeamRole
from bot.features.inbox.scheduled import texts
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.inbox import guard_levels
from tests.features.inbox.approvals.approvals_scenario import CARL, OLA, PIA, TIA
from tests.features.inbox.checks.checks_scenario import labels, words
from tests.features.inbox.scheduled.led_schedule_scenario import HOUR, LedScheduleScenario, led
from tests.relay.relay_scenario import CREATOR, EMMA, whole
from tests.scenario_fixtures import in_folder

office = in_folder(led)


def at(office: LedScheduleScenario, hours: int = 2) -> str:
    """The moment as everybody reads it."""
    moment = (office.clock.now() + hours * HOUR) // 1000
    return f"<t:{moment}:f>, <t:{moment}:R>"


async def test_it_waits_for_a_lead_at_once_and_then_for_its_time(office: LedScheduleScenario) -> None:
    moment = at(office)
    shown = await office.schedules("good night")
    waiting, card = await office.thread_says(), whole((await office.list()).post)
    approved = await office.approved()
    scheduled, before = await office.thread_says(), office.texts()

    await office.comes()

    assert f"It is sent {moment} if a lead approves it before then." in words(shown)
    assert f"⏳ <@{TIA}>'s reply is waiting for a lead. It is scheduled for {moment}." in waiting
    assert f"Approve sends it {moment}, in the author's name." in card
    assert f"Approved. It is sent to Emma @quiet-otter {moment}, if nothing is new by then." in words(
        approved.post
    )
    assert f"⏰ Scheduled for {moment}" in scheduled
    assert (before, office.texts()) == ([], ["good night"])
    assert "⏰ Sent: see below." in await office.thread_says()


async def test_a_price_above_the_limit_is_sent_at_its_time_with_the_leads_yes(
    office: LedScheduleScenario,
) -> None:
    await office.limit(TeamRole.CHATTER, 1_000)
    await office.schedules("all of it", CARL, price=5_000)
    await office.approved()

    await office.comes()

    (sent,) = [one for one in office.fanvue.chat(CREATOR, EMMA.id) if one.from_creator]
    assert (sent.text, sent.price) == ("all of it", 5_000)


async def test_what_the_guard_holds_is_sent_at_its_time_with_the_leads_yes(
    office: LedScheduleScenario,
) -> None:
    await office.schedules("you can p4yp4l me", CARL)
    await office.approved()

    await office.comes()

    assert office.texts() == ["you can p4yp4l me"]


async def test_what_a_lead_wrote_in_its_place_is_sent_at_its_time(office: LedScheduleScenario) -> None:
    await office.schedules("good nihgt")
    await office.writes_instead(await office.list(), "good night")
    shown = await office.thread_says()
    await office.restart()

    await office.comes()

    assert "good night" in shown
    assert "Tia, edited by Ola" in shown
    assert office.texts() == ["good night"]


async def test_without_a_yes_before_its_time_nothing_is_sent_and_its_writer_has_it_back(
    office: LedScheduleScenario,
) -> None:
    shown = await office.schedules("good night")
    card = await office.list()

    await office.comes()
    with pytest.raises(ReplyRefused, match="this waited too long"):
        await office.decides(card, "Approve")
    back = await office.opens_held(shown)

    assert office.texts() == []
    assert f"No lead decided on <@{TIA}>'s reply in time. Not sent." in await office.thread_says()
    assert "Nothing is waiting for you." in whole((await office.list()).post)
    assert "good night" in words(back.post)
    assert labels(back.post) == ["Edit", "Discard"]


async def test_what_the_fan_writes_after_the_yes_stops_it_and_send_now_asks_a_lead_again(
    office: LedScheduleScenario,
) -> None:
    await office.schedules("good night")
    await office.approved()
    await office.fan_writes("wait, do not go")

    await office.comes()
    stopped = await office.thread_says()
    (line,) = [post for post in office.discord.lines(await office.thread()) if "Send now" in labels(post)]
    again = await office.sends_now(line)
    await office.turn()
    held = await office.thread_says()
    await office.approved(PIA)

    assert f"⚠ ⏰ Not sent at its time. {texts.WROTE} <@{TIA}> decides." in stopped
    assert "Not sent yet." in words(again)
    assert "It is sent" not in words(again)
    assert "⏰ Waiting for a lead: see below." in held
    assert office.texts() == ["good night"]


@pytest.mark.parametrize("who", ["author gone", "author out", "lead gone", "lead out"])
async def test_who_is_gone_by_then_sends_nothing_and_has_approved_nothing(
    office: LedScheduleScenario, who: str
) -> None:
    await office.schedules("good night")
    await office.approved()
    if who.endswith("gone"):
        office.left.add(TIA if who.startswith("author") else OLA)
    else:
        await office.ungrant(TIA if who.startswith("author") else OLA)

    await office.comes()

    said = {
        "author gone": texts.NOT_ON_SERVER,
        "author out": texts.NO_RIGHT,
        "lead gone": texts.LEAD_NOT_HERE,
        "lead out": texts.LEAD_MAY_NOT,
    }[who]
    assert office.texts() == []
    assert f"⚠ ⏰ Not sent at its time. {said}" in await office.thread_says()


async def test_a_limit_of_the_leads_own_that_is_lower_by_then_stops_it(office: LedScheduleScenario) -> None:
    await office.limit(TeamRole.CHATTER, 1_000)
    await office.schedules("all of it", CARL, price=5_000)
    await office.approved()
    await office.limit(TeamRole.MANAGER, 2_000)

    await office.comes()

    assert office.texts() == []
    assert "⚠ ⏰ Not sent at its time." in await office.thread_says()


async def test_a_guard_that_is_stricter_by_then_stops_it(office: LedScheduleScenario) -> None:
    await office.schedules("you can p4yp4l me", CARL)
    await office.approved()

    async def stricter(tx: Transaction) -> None:
        await guard_levels.put(tx, CREATOR, "payment", "block", by=OLA, now=office.clock.now())

    await office.database.write(stricter)

    await office.comes()

    assert office.texts() == []
    assert "⚠ ⏰ Not sent at its time." in await office.thread_says()


async def test_its_writer_cancels_it_also_after_the_yes(office: LedScheduleScenario) -> None:
    await office.schedules("good night")
    await office.approved()
    (line,) = [post for post in office.discord.lines(await office.thread()) if "Cancel" in labels(post)]

    await office.discards(line)
    await office.comes()

    assert office.texts() == []
    assert "⏰ Cancelled. Not sent." in await office.thread_says()


async def test_a_pause_at_the_press_of_the_lead_leaves_it_waiting(office: LedScheduleScenario) -> None:
    await office.schedules("good night")
    await office.pause()
    refused = await office.approved()
    await office.resume()
    approved = await office.approved()

    await office.comes()

    assert "Approved" not in words(refused.post)
    assert "Approved" in words(approved.post)
    assert office.texts() == ["good night"]
