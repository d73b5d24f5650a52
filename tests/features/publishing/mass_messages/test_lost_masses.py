"""A mass message in doubt: what waits behind it, and what turns up after all."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.retry import RetryWaits
from bot.sandbox.discord.answers import InteractionAnswer
from storage.publishing import mass_limits
from storage.publishing.mass_limits import MassLimits
from storage.records import DiscordId
from tests.fanvue.fanvue_scenario import ManualPauses
from tests.features.publishing.mass_messages.mass_messages_scenario import (
    MINUTE,
    MassMessagesScenario,
    opened,
)
from tests.features.publishing.posts.posts_scenario import labels, states

SEND = "Send to up to 1 fan"
POSTED = "/mass-messages$"
PATIENCE = RetryWaits().proposed + MINUTE
LATE, LOOKING = 1.0, 2.0  # pauses of Fanvue's: before it carries out, before it shows its list
BEHIND = "Fanvue did not confirm an earlier one; this one waits until that is settled."


@pytest.fixture
def pauses() -> ManualPauses:
    """How Fanvue pauses."""
    return ManualPauses()


@pytest.fixture
async def studio(tmp_path: Path, pauses: ManualPauses) -> AsyncIterator[MassMessagesScenario]:
    """One prefix: what is said here is the bridge's own."""
    async with opened(tmp_path, limited=True, sleep=pauses) as there:
        yield there


async def confirmed(studio: MassMessagesScenario, text: str, *, hold: int = 0) -> InteractionAnswer:
    """Sent to one fan; for so many seconds it waits and can be cancelled."""
    me, creator = DiscordId(studio.town.olivia.user.id), studio.evening.creator
    limits = MassLimits(hold_above=0, hold_seconds=hold)
    await studio.database.write(lambda tx: mass_limits.put(tx, creator, limits, by=me, now=studio.clock.at))
    answer = await studio.propose(to="subscribers", text=text)
    await studio.press(answer, SEND)
    return answer


def texts(studio: MassMessagesScenario) -> list[str]:
    """What Fanvue has accepted, oldest first."""
    return [str(one["text"]) for one in studio.sent()]


@pytest.mark.parametrize("doubt_first", [True, False])
async def test_one_that_waits_for_its_time_says_that_an_earlier_one_is_in_doubt(
    studio: MassMessagesScenario, *, doubt_first: bool
) -> None:
    studio.evening.server.faults.add("error_before", "POST", POSTED, status=502)
    if doubt_first:
        await confirmed(studio, "lost")
    else:
        studio.driver.hold()
        await confirmed(studio, "lost")
    held = await confirmed(studio, "held", hold=30)
    studio.driver.let_go()
    await studio.driver.turn()
    [line] = studio.noted()
    due = (studio.clock.at + 30_000) // 1000

    await studio.driver.pass_time(MINUTE - 1)

    for shown in (held.text, line.text):
        assert f"Mass message: is sent at <t:{due}:T> at the earliest" in shown
        assert BEHIND in shown
        assert "Cancel stops it until then." in shown
    assert held.message is not None
    assert (labels(held.message), labels(line)) == (["Cancel"], ["Show me", "Cancel"])
    assert texts(studio) == []


@pytest.mark.parametrize("unread", ["uuid", "text", "createdAt"])
async def test_while_what_fanvue_lists_cannot_be_read_it_is_in_doubt_and_never_absent(
    studio: MassMessagesScenario, unread: str
) -> None:
    server = studio.evening.server
    server.faults.add("lose_answer", "POST", POSTED)
    server.switches.renamed = {("/mass-messages", unread): None}
    await confirmed(studio, "hello")

    await studio.driver.pass_time(PATIENCE)
    await studio.driver.pass_time(10 * MINUTE)
    doubted = await states(studio.database)
    server.switches.renamed = {}
    await studio.driver.pass_time(10 * MINUTE)

    assert doubted == ["unknown"]
    assert await states(studio.database) == ["done"]
    assert texts(studio) == ["hello"]


async def test_it_goes_out_once_a_person_says_that_the_earlier_one_is_not_there(
    studio: MassMessagesScenario,
) -> None:
    studio.evening.server.faults.add("error_before", "POST", POSTED, status=502)
    await confirmed(studio, "lost")
    held = await confirmed(studio, "held", hold=30)
    await studio.driver.pass_time(2 * MINUTE)

    told = await not_there(studio)

    assert told == "Noted: it was not sent. Make a new one with /mass new."
    assert "Mass message sent to 1 fan" in held.text
    assert texts(studio) == ["held"]


async def test_one_that_waits_for_its_time_goes_out_then_though_a_later_one_is_in_doubt(
    studio: MassMessagesScenario,
) -> None:
    held = await confirmed(studio, "held", hold=100)
    studio.evening.server.faults.add("error_before", "POST", POSTED, status=502)
    await confirmed(studio, "lost")

    await studio.driver.pass_time(100_000)

    assert "Mass message sent to 1 fan" in held.text
    assert texts(studio) == ["held"]


async def test_one_that_turns_up_after_a_person_said_that_it_is_not_there_is_said(
    studio: MassMessagesScenario, pauses: ManualPauses
) -> None:
    faults = studio.evening.server.faults
    faults.add("execute_late", "POST", POSTED, seconds=LATE)
    await confirmed(studio, "late")
    await studio.driver.pass_time(MINUTE)
    pauses.end(LATE)
    await studio.evening.server.world.pulse.until(studio.sent)
    faults.add("delay", "GET", POSTED, seconds=LOOKING)
    looking = asyncio.create_task(studio.driver.pass_time(MINUTE))
    await pauses.begun(LOOKING)

    told = await not_there(studio, turn=False)
    pauses.end(LOOKING)
    await looking

    assert told == "Noted: it was not sent. Make a new one with /mass new."
    assert [line.text for line in studio.noted()] == [
        f"Mass message: it was not sent, as <@{studio.town.olivia.user.id}> found out on Fanvue.",
        "Mass message: it is on Fanvue after all (sent to 1 fan). Someone had said that it isn't there.",
    ]
    assert texts(studio) == ["late"]


async def not_there(studio: MassMessagesScenario, *, turn: bool = True) -> str:
    """Olivia presses **It is not there** under /inbox problems."""
    olivia = studio.town.olivia
    listed = await olivia.slash(studio.town.guild, studio.town.lobby, "inbox problems")
    await listed.done()
    assert listed.message is not None
    told: InteractionAnswer = await olivia.click(listed.message, "1: It is not there")
    await told.done()
    if turn:
        await studio.driver.turn()
    return str(told.text)
