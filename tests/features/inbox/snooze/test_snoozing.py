"""A fan is snoozed, closed, brought back, and lost out of sight by nobody."""

from dataclasses import replace

import pytest

from bot.access.roles import MoneyView
from bot.features.inbox.board.lines import BoardList
from bot.features.inbox.conversations.tasks import ConversationExpiryTask
from bot.features.inbox.snooze.feature import SNOOZES
from bot.text.reply_rules import ReplyRefused
from storage.money import digests
from storage.people import creators
from storage.records import DiscordId, LinkId
from tests.features.inbox.claims.claims_scenario import NINA, OTTO
from tests.features.inbox.snooze.snooze_scenario import READ, SnoozeScenario
from tests.relay.relay_scenario import CREATOR, EMMA, NOAH

HOUR = 3_600_000


async def listed(den: SnoozeScenario, which: BoardList) -> str:
    return den.drawn((await den.board.reading.page({CREATOR: MoneyView.HIDDEN}, NINA, which)).post)


async def test_a_snoozed_fan_leaves_who_waits_until_then_and_comes_back_by_themselves(
    den: SnoozeScenario,
) -> None:
    since = (await den.talk()).waiting_since
    now = den.clock.now()

    said = await den.snoozes("in 1 hour")
    hidden, kept = await listed(den, BoardList.UNANSWERED), await listed(den, BoardList.SNOOZED)
    den.clock.at = now + HOUR + 60_000
    den.changes.clear()
    await den.waking.look()
    await den.waking.look()

    assert said.startswith("Snoozed until ")
    assert "Emma" not in hidden
    assert "Emma" in kept
    assert "Emma" in await listed(den, BoardList.UNANSWERED)
    assert len(den.changes) == 1
    talk = await den.talk()
    assert (talk.snoozed_until, talk.waiting_since) == (None, since)
    (line,) = await den.written()
    assert (line.action, line.actor, line.outcome) == ("talk.snooze", NINA, "done")


async def test_a_fan_who_writes_again_is_back_at_once(den: SnoozeScenario) -> None:
    await den.snoozes("tomorrow")
    den.clock.at += 1000

    await den.happen(den.wrote("hello?"))

    assert not (await den.talk()).snoozed(den.clock.now())
    assert "Emma" in await listed(den, BoardList.UNANSWERED)


async def test_a_snooze_outlives_a_restart(den: SnoozeScenario) -> None:
    await den.snoozes("tomorrow")

    await den.restart()

    assert (await den.talk()).snoozed(den.clock.now())
    assert "Emma" not in await listed(den, BoardList.UNANSWERED)


async def test_an_answer_ends_a_snooze(den: SnoozeScenario) -> None:
    await den.snoozes("tomorrow")

    await den.says("hi", OTTO)
    await den.turn()

    talk = await den.talk()
    assert (talk.waiting_since, talk.snoozed_until) == (None, None)


async def test_a_snoozed_fan_is_answered_by_nobody_and_stays_whose_they_were(den: SnoozeScenario) -> None:
    await den.hands_over(OTTO, NINA)

    await den.snoozes("tomorrow")

    talk = await den.talk()
    assert (talk.owner, talk.claimed_by, talk.aside_by) == (NINA, None, NINA)


async def test_times_are_those_of_the_creators_zone(den: SnoozeScenario) -> None:
    await den.database.write(lambda tx: digests.choose_zone(tx, CREATOR, "Asia/Tokyo"))

    said = await den.snoozes("tomorrow 9:00")

    until = (await den.talk()).snoozed_until
    assert until is not None
    assert until // HOUR % 24 == 0  # nine o'clock in Tokyo is midnight
    assert "09:00 (Asia/Tokyo)" in said
    assert "has no time zone yet" not in said


async def test_without_a_zone_the_answer_says_so(den: SnoozeScenario) -> None:
    assert "The owner chooses one: `/settings zone`." in await den.snoozes("tomorrow")


async def test_who_does_not_wait_is_not_put_off(den: SnoozeScenario) -> None:
    await den.says("hi", NINA)
    await den.turn()
    den.clock.at += READ

    said = await den.snoozes("tomorrow")

    assert said.startswith("This fan isn't waiting for an answer, so there is nothing to snooze")
    assert (await den.talk()).snoozed_until is None


async def test_a_time_that_means_nothing_puts_nobody_off(den: SnoozeScenario) -> None:
    said = await den.snoozes("sometime")

    assert said.startswith("We can't read that time")
    assert (await den.talk()).snoozed_until is None
    assert await den.written() == []


async def test_a_closed_fan_waits_again_when_they_write(den: SnoozeScenario) -> None:
    said = await den.closes()
    closed = await den.talk()
    board = await den.read()
    den.clock.at += 1000
    await den.happen(den.wrote("one more thing"))

    assert said.startswith("Closed: this fan is off the lists")
    assert (closed.state, closed.waiting_since, closed.aside_by) == ("closed", None, NINA)
    assert "every fan has an answer" in board
    talk = await den.talk()
    assert (talk.state, talk.waiting_since) == ("open", talk.last_in)
    assert [line.action for line in await den.written()] == ["talk.close"]


async def test_what_was_closed_is_reopened_and_waits_as_long_as_before(den: SnoozeScenario) -> None:
    since = (await den.talk()).waiting_since
    await den.closes()
    den.clock.at += HOUR

    said = await den.reopens(OTTO)
    again = await den.reopens(OTTO)

    talk = await den.talk()
    assert said.startswith("This fan is back on the lists")
    assert again.startswith("This fan isn't snoozed or closed")
    assert (talk.state, talk.waiting_since) == ("open", since)
    assert [line.action for line in await den.written()] == ["talk.close", "talk.reopen"]


async def test_who_has_an_answer_does_not_wait_after_a_reopen(den: SnoozeScenario) -> None:
    await den.says("hi", NINA)
    await den.turn()
    den.clock.at += READ
    await den.closes()

    said = await den.reopens()

    assert said.startswith("No longer closed.")
    assert (await den.talk()).waiting_since is None


async def test_a_snooze_is_ended_by_a_reopen(den: SnoozeScenario) -> None:
    await den.snoozes("tomorrow")

    said = await den.reopens()

    assert said.startswith("This fan is back on the lists")
    assert "Emma" in await listed(den, BoardList.UNANSWERED)


@pytest.mark.parametrize("how", ["snooze", "close"])
async def test_what_nobody_can_have_read_is_not_put_aside(den: SnoozeScenario, how: str) -> None:
    await den.happen(den.wrote("wait, there is more"))

    said = await (den.snoozes("tomorrow") if how == "snooze" else den.closes())
    before = await den.talk()
    den.clock.at += READ
    later = await (den.snoozes("tomorrow") if how == "snooze" else den.closes())

    assert said.startswith("A new message just came into this thread, or is on its way, so nothing changed")
    assert (before.state, before.snoozed_until) == ("open", None)
    assert before.waiting_since is not None
    assert later.startswith(("Snoozed", "Closed"))


@pytest.mark.parametrize("how", ["snooze", "close"])
async def test_whom_a_colleague_answers_is_not_put_aside(den: SnoozeScenario, how: str) -> None:
    await den.begins(OTTO)

    said = await (den.snoozes("tomorrow") if how == "snooze" else den.closes())

    assert said.startswith(f"Nothing changed: <@{OTTO}> has been answering this fan since <t:")
    assert await den.holder() == OTTO
    assert (await den.talk()).waiting_since is not None


async def test_a_message_that_is_found_late_leaves_a_closed_fan_closed(den: SnoozeScenario) -> None:
    before = den.clock.now() - HOUR
    await den.closes()

    await den.happen(replace(den.wrote("from an hour ago"), at=before))

    assert (await den.talk()).state == "closed"


async def test_no_channel_without_a_fan_is_put_aside(den: SnoozeScenario) -> None:
    with pytest.raises(ReplyRefused):
        await den.aside.close(NINA, DiscordId(5))


async def test_with_the_creators_link_ended_nobody_is_put_aside(den: SnoozeScenario) -> None:
    await den.database.write(lambda tx: creators.close(tx, LinkId(f"link-{CREATOR}"), now=1))

    with pytest.raises(ReplyRefused, match="This thread is frozen"):
        await den.snoozes("tomorrow")


async def test_more_snoozes_than_fit_into_one_commit_end_in_one_look(den: SnoozeScenario) -> None:
    small = ConversationExpiryTask(den.ground(), changes=den.change, what=SNOOZES, batch=1)
    await den.came(NOAH)
    await den.snoozes("1h")
    await den.snoozes("1h", OTTO, NOAH)
    den.clock.at += 2 * HOUR

    await small.look()

    assert [(await den.talk(fan)).snoozed_until for fan in (EMMA, NOAH)] == [None, None]
