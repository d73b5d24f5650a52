"""A line that the server's filter blocks: hidden, listed, shown later, given up."""

from bot.model.errors import AutomodBlocked
from bot.model.ports import Post
from bot.relay.automod_blocked import BlockedLines
from storage.records import DiscordId, EffectId
from tests.features.operations.problems.problems_scenario import ProblemsScenario, labels, words
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import EMMA, NOAH

FILTER = AutomodBlocked("AutoMod of this server blocked it.")
HOUR = 3_600_000


async def blocked(office: ProblemsScenario) -> tuple[DiscordId, EffectId]:
    """A thread with a hidden line, and that line's reference."""
    thread = await office.greeted()
    office.discord.faults.add("post", FILTER)
    await office.happen(office.wrote("a forbidden word"))
    notice = office.discord.lines(thread)[-1]
    assert labels(notice) == ["Show to me", "Reply"]
    return thread, EffectId(notice.buttons[0].ref)


async def test_the_notice_shows_the_line_in_its_own_thread_only(office: ProblemsScenario) -> None:
    thread, line = await blocked(office)
    other = await office.greeted(NOAH)
    hidden = BlockedLines(office.ground())

    here, there = await hidden.show(line, thread), await hidden.show(line, other)

    assert isinstance(here, Post)
    assert (words(here).splitlines()[0], here.buttons) == ("a forbidden word", ())
    assert there == "This button isn't for a hidden message of this thread."
    assert "hidden line" in words(await office.look())


async def test_it_is_tried_once_an_hour_and_then_takes_the_notices_place(office: ProblemsScenario) -> None:
    thread, _ = await blocked(office)
    office.discord.faults.add("edit", FILTER)
    tries = office.discord.faults.calls["edit"]

    await office.pass_time(HOUR)
    await office.pass_time(HOUR - 1)
    still = words(office.discord.lines(thread)[-1])
    await office.pass_time(1)

    assert "is hidden" in still
    assert words(office.discord.lines(thread)[-1]).startswith("a forbidden word")
    assert office.discord.faults.calls["edit"] == tries + 2
    assert await office.look() is None


async def test_after_a_week_it_is_given_up_and_can_still_be_shown(office: ProblemsScenario) -> None:
    thread, line = await blocked(office)
    for _ in range(7 * 24 + 2):
        office.discord.faults.add("edit", FILTER)
        await office.pass_time(HOUR)

    assert await office.look() is None
    assert "is hidden" in words(office.discord.lines(thread)[-1])
    assert isinstance(await BlockedLines(office.ground()).show(line, thread), Post)


async def test_a_line_that_may_have_passed_before_it_was_blocked_is_looked_for_first(
    office: ProblemsScenario,
) -> None:
    await office.greeted()
    office.discord.faults.add("post", LostAnswer(), FILTER)

    await office.happen(office.wrote("perhaps forbidden"))
    await office.pass_time(200_000)

    assert [line.count("perhaps forbidden") for line in await office.lines(EMMA)] == [0, 1]
