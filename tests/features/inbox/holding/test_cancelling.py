"""A reply waits its seconds: Cancel and sending are two, and one of them wins."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.features.inbox.checks.pending_replies import CANCELLED
from bot.features.inbox.holding.feature import HoldingFeature
from bot.model.ports import Post
from bot.relay.reply_queue import CANCEL
from storage.engine import commands
from storage.inbox import reply_holds
from storage.records import CommandState, DiscordId, DraftId, EffectId
from tests.features.inbox.checks.checks_scenario import NINA, ChecksScenario, labels, opened, ref_of, words
from tests.features.inbox.checks.test_stale_drafts import ready
from tests.relay.relay_scenario import CREATOR, MAYA

SECONDS = 10
HOLD = 1000 * SECONDS


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ChecksScenario]:
    """Replies of the creator wait ten seconds."""
    async with opened(tmp_path) as made:
        await ready(made)
        await made.database.write(
            lambda tx: reply_holds.put(tx, CREATOR, SECONDS, by=MAYA, now=made.clock.now())
        )
        yield made


async def presses_cancel(house: ChecksScenario, answer: Post | str, by: int = MAYA) -> Post | str | None:
    """A member presses the button under what they were told."""
    assert isinstance(answer, Post)
    (button,) = [one for one in answer.buttons if one.action == CANCEL]
    cancelling = HoldingFeature(house.ground(), house.answering.kept).cancelling
    found = await cancelling.cancel(DiscordId(by), await house.thread(), EffectId(button.ref))
    await house.turn()
    return found


async def test_a_reply_leaves_after_its_seconds_and_not_before(house: ChecksScenario) -> None:
    answer = await house.types("my answer")
    await house.pass_time(HOLD - 1)
    before = house.texts()
    await house.pass_time(1)

    assert "On its way to Emma" in words(answer)
    assert "is sent in 10 s" in words(answer)
    assert labels(answer) == ["Cancel"]
    assert before == []
    assert house.texts() == ["my answer"]


async def test_cancel_in_time_sends_nothing_and_edit_brings_the_text_back(house: ChecksScenario) -> None:
    answer = await house.types("my answer")
    await house.pass_time(HOLD // 2)
    told = await presses_cancel(house, answer)
    await house.pass_time(HOLD)
    assert isinstance(told, Post)
    editing = await house.answering.pressing.edit(await house.wish_of(), ref_of(told, "Edit"))
    before = house.texts()
    again = await house.types("a better answer", editing.window)
    await house.pass_time(HOLD)

    assert "Cancelled. Not sent." in words(told)
    assert "> my answer" in words(told)
    assert labels(told) == ["Edit", "Discard"]
    assert editing.message.text == "my answer"
    assert before == []
    assert labels(again) == ["Cancel"]
    assert house.texts() == ["a better answer"]
    assert ("reply.cancel", "done") in [(line.action, line.outcome) for line in await house.audit()]


async def test_the_thread_shows_that_it_was_cancelled(house: ChecksScenario) -> None:
    answer = await house.types("my answer")
    await house.turn()
    await presses_cancel(house, answer)

    assert "Discarded. Not sent." in (await house.whole_lines())[-1]


async def test_cancel_too_late_says_so_and_it_was_sent_once(house: ChecksScenario) -> None:
    answer = await house.types("my answer")
    await house.pass_time(HOLD)

    told = await presses_cancel(house, answer)

    assert told == "Too late to cancel. It was already sent. The thread shows the result."
    assert house.texts() == ["my answer"]


async def test_cancel_after_a_restart_counts_and_what_waits_goes_out_at_its_time(
    house: ChecksScenario,
) -> None:
    first = await house.types("first")
    second = await house.types("second")
    await house.restart()

    told = await presses_cancel(house, first)
    await house.pass_time(HOLD)

    assert "Cancelled" in words(told or "")
    assert labels(second) == ["Cancel"]
    assert house.texts() == ["second"]


async def test_a_second_press_shows_the_same_until_the_text_is_somewhere_else(house: ChecksScenario) -> None:
    answer = await house.types("my answer")
    first = await presses_cancel(house, answer)
    second = await presses_cancel(house, answer)
    assert isinstance(first, Post)
    editing = await house.answering.pressing.edit(await house.wish_of(), ref_of(first, "Edit"))
    await house.types("another answer", editing.window)

    third = await presses_cancel(house, answer)

    assert first == second
    assert third is None


async def test_nobody_else_cancels_it(house: ChecksScenario) -> None:
    answer = await house.types("my answer")

    told = await presses_cancel(house, answer, by=NINA)
    await house.pass_time(HOLD)

    assert told == "This button isn't for one of your replies."
    assert house.texts() == ["my answer"]


async def test_what_was_cancelled_is_kept_over_a_start_and_never_offered_as_it_was(
    house: ChecksScenario,
) -> None:
    answer = await house.types("my answer")
    await presses_cancel(house, answer)
    await house.crash()
    house.build()
    await house.answering.resuming.resume()
    await house.start()
    await house.turn()

    told = list(house.discord.answers.values())[-1]
    kept = await house.database.read(lambda tx: house.answering.kept.get(tx, DraftId(ref_of(told, "Edit"))))

    assert "restarted" in words(told)
    assert labels(told) == ["Edit", "Discard"]
    assert kept is not None
    assert kept.back.why == CANCELLED
    command = await house.database.read(lambda tx: commands.get(tx, kept.command))
    assert command is not None
    assert command.state is CommandState.KEPT


async def test_without_the_setting_it_leaves_at_once(house: ChecksScenario) -> None:
    await house.database.write(lambda tx: reply_holds.put(tx, CREATOR, 0, by=MAYA, now=0))

    answer = await house.types("my answer")
    await house.turn()

    assert isinstance(answer, str)
    assert house.texts() == ["my answer"]
