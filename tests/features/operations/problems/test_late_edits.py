"""An edit is carried out late, after a newer one: what is true comes back."""

from bot.model.errors import TryLater
from bot.model.events import MessageDeleted
from bot.model.ports import Post
from storage.engine import commands
from storage.records import CommandId, Millis
from tests.features.operations.problems.problems_scenario import ProblemsScenario, words
from tests.features.operations.problems.test_boards import lose_a_reply
from tests.features.operations.problems.test_hidden_lines import FILTER, HOUR
from tests.features.operations.problems.test_moderated_lines import deleted_line
from tests.relay.fault_switchboard import LateCall, LostAnswer
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA

BY: Millis = 20_000
OVER: Millis = 120_000  # by then nothing of it is on its way any more


async def until_over(office: ProblemsScenario) -> None:
    """The late edit is carried out, and whatever puts it right is done."""
    await office.pass_time(BY + 1_000)
    office.discord.faults.catch_up()
    await office.pass_time(OVER)
    office.discord.faults.catch_up()


async def test_a_single_line_that_is_edited_twice_says_what_the_second_edit_said(
    office: ProblemsScenario,
) -> None:
    thread, note = await deleted_line(office)
    office.fanvue.faults.add("unsend", LostAnswer())
    office.discord.faults.add("edit", LateCall(BY))  # "not sure yet"
    await office.desk.unsending.unsend(note, MAYA, thread)
    await office.pass_time(6_000)
    second = words(office.discord.lines(thread)[-1])
    await office.pass_time(BY - 5_500)
    office.discord.faults.catch_up()
    late = words(office.discord.lines(thread)[-1])

    await until_over(office)

    assert "It was taken back since: the fan no longer has it" in second
    assert "Not sure yet" in late
    assert words(office.discord.lines(thread)[-1]) == second


async def test_a_second_edit_that_waits_when_the_first_is_put_right_is_what_stays(
    office: ProblemsScenario,
) -> None:
    thread, note = await deleted_line(office)
    office.fanvue.faults.add("unsend", LostAnswer())
    office.discord.faults.add("edit", LateCall(BY))
    await office.desk.unsending.unsend(note, MAYA, thread)
    await office.pass_time(1_500)
    assert ("line.edit", "done") in office.watched  # the first one, repeated
    office.discord.faults.add("edit", TryLater("Discord is busy.", after=90))
    await office.pass_time(180_000)
    office.discord.faults.catch_up()

    assert "It was taken back since: the fan no longer has it" in words(office.discord.lines(thread)[-1])


async def test_a_line_that_was_struck_stays_struck_whichever_edit_comes_late(
    office: ProblemsScenario,
) -> None:
    thread = await office.greeted()
    office.discord.faults.add("post", FILTER)
    wrote = office.wrote("a forbidden word")
    await office.happen(wrote)
    office.discord.faults.add("edit", LateCall(BY))  # the server lets the line through now
    await office.pass_time(HOUR + 5_000)
    gone = MessageDeleted(CREATOR, EMMA, wrote.message, office.clock.now())
    await office.happen(gone, kind="message.deleted")
    struck = words(office.discord.lines(thread)[-1])

    await until_over(office)

    assert struck.startswith("~~a forbidden word~~")
    assert words(office.discord.lines(thread)[-1]) == struck


async def test_the_board_of_problems_says_what_is_true(office: ProblemsScenario) -> None:
    await office.greeted()
    await lose_a_reply(office)
    second = await lose_a_reply(office, "and more")
    (before,) = [await office.look()]
    third = await lose_a_reply(office, "and even more")
    office.discord.faults.add("edit", LateCall(BY))
    await office.look()
    await office.pass_time(1_500)
    for reply in (second, third):
        await office.desk.problems.drop(reply, MAYA)
    after = await office.look()

    await until_over(office)

    assert "2 in all" in words(before)
    assert "Nothing else is waiting" in words(after)
    assert [words(one) for one in office.boards().values()] == [words(after)]


async def test_a_private_answer_says_what_came_last(office: ProblemsScenario) -> None:
    await office.greeted()
    command = await office.commands.stage(office.wish(await office.thread()), action="test")
    assert command is not None
    office.discord.faults.add("answer", LateCall(BY))
    for text in ("first", "second"):
        await _answer(office, command, text)
        await office.pass_time(3_000)
    ((token, second),) = office.discord.answers.items()

    await until_over(office)

    assert second.body == office.discord.answers[token].body == ("second",)


async def _answer(office: ProblemsScenario, command: CommandId, text: str) -> None:
    kept = await office.database.read(lambda tx: commands.get(tx, command))
    assert kept is not None
    await office.database.write(lambda tx: office.commands.answer(tx, kept, Post(body=(text,)), part=text))
