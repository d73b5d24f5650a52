"""The board: one, true, made again when deleted, gone when nothing waits."""

import asyncio
from pathlib import Path

from bot.model.errors import DeliveryRefused, TryLater
from bot.model.language import speaking
from storage.operations.boards import PROBLEMS
from storage.records import DiscordId, EffectId, Millis
from tests.features.operations.problems.problems_scenario import ProblemsScenario, labels, opened, words
from tests.relay.clock_fixtures import TickingClock
from tests.relay.fault_switchboard import HeldCall, LostAnswer, ResetConnection
from tests.relay.relay_scenario import ALERTS, CREATOR, FORUM, GUILD, MAYA

LAST_LOOK: Millis = 61_000


async def lose_a_reply(office: ProblemsScenario, text: str = "hi") -> EffectId:
    """A reply that waits for a person."""
    office.fanvue.faults.add("send", ResetConnection())
    reply = await office.reply(text)
    await office.pass_time(LAST_LOOK)
    return reply


async def test_there_is_no_board_as_long_as_nothing_waits(office: ProblemsScenario) -> None:
    await office.greeted()

    assert await office.look() is None


async def test_what_waits_is_on_one_board_that_is_edited_in_place(office: ProblemsScenario) -> None:
    await office.greeted()
    await lose_a_reply(office)
    first = await office.look()
    made = list(office.boards())

    await lose_a_reply(office, "and more")
    second = await office.look()

    assert labels(first) == ["1: Send again", "1: Discard", "Show all"]
    assert "Nothing else is waiting" in words(first)
    assert "2 in all" in words(second)
    assert list(office.boards()) == made
    assert office.discord.faults.calls["edit"] >= 1


async def test_a_board_that_shows_what_is_true_is_left_alone(office: ProblemsScenario) -> None:
    await office.greeted()
    await lose_a_reply(office)
    await office.look()
    edits = office.discord.faults.calls["edit"]

    for _ in range(3):
        await office.look()

    assert office.discord.faults.calls["edit"] == edits


async def test_a_board_in_another_language_is_left_alone_too(office: ProblemsScenario) -> None:
    await office.greeted()
    with speaking("de"):
        await lose_a_reply(office)
        await office.look()
    edits = office.discord.faults.calls["edit"]

    await office.look()

    assert office.discord.faults.calls["edit"] == edits


async def test_the_board_goes_when_the_last_thing_is_settled(office: ProblemsScenario) -> None:
    await office.greeted()
    reply = await lose_a_reply(office)
    assert await office.look() is not None

    await office.desk.problems.again(reply, MAYA)

    assert await office.look() is None
    assert await office.database.read(lambda tx: PROBLEMS.get(tx, CREATOR)) is None


async def test_a_deleted_board_is_made_again_at_once(office: ProblemsScenario) -> None:
    await office.greeted()
    await lose_a_reply(office)
    await office.look()
    (made,) = office.boards()

    office.discord.take_away(ALERTS, made)
    office.desk.noticing.deleted(DiscordId(made + 1000))
    office.desk.noticing.deleted(made)
    await office.desk.noticing.act()
    await office.turn()

    (again,) = office.boards()
    assert again != made


async def test_a_board_that_is_deleted_before_it_is_written_down_is_made_again(
    office: ProblemsScenario,
) -> None:
    # Found on a busy machine: Discord told of the deletion while the post's answer was still on its way.
    await office.greeted()
    await lose_a_reply(office)
    held = HeldCall(done=True)
    office.discord.faults.add("post", held)
    looking = asyncio.create_task(office.look())
    await held.reached.wait()
    (made,) = office.boards()
    office.discord.take_away(ALERTS, made)
    office.desk.noticing.deleted(made)
    await office.desk.noticing.act()
    held.go.set()
    await looking

    await office.look()

    (again,) = office.boards()
    assert again != made


async def test_a_board_whose_deletion_nobody_told_of_is_made_again_with_the_next_change(
    office: ProblemsScenario,
) -> None:
    await office.greeted()
    await lose_a_reply(office)
    await office.look()
    office.discord.take_away(ALERTS, *office.boards())

    await lose_a_reply(office, "and more")

    assert "2 in all" in words(await office.look())


async def test_a_lost_answer_leaves_one_board(office: ProblemsScenario) -> None:
    await office.greeted()
    await lose_a_reply(office)
    office.discord.faults.add("post", LostAnswer())

    await office.look()
    await office.pass_time(LAST_LOOK)

    assert "Nothing else is waiting" in words(await office.look())


async def test_what_was_settled_before_a_lost_post_is_repeated_is_not_on_it(office: ProblemsScenario) -> None:
    thread = await office.greeted()
    await lose_a_reply(office)
    settled = await lose_a_reply(office, "and more")
    office.discord.faults.add("post", LostAnswer())
    await office.look()

    await office.replies.drop(settled, MAYA, thread)
    await office.pass_time(1_000)  # the same nonce: Discord gives the first one back
    await office.pass_time(LAST_LOOK)

    assert "2 in all" not in words(await office.look())


async def test_a_lost_answer_that_is_settled_only_much_later_leaves_one_board(
    office: ProblemsScenario,
) -> None:
    await office.greeted()
    await lose_a_reply(office)
    office.discord.faults.add("post", LostAnswer())
    await office.look()
    await office.crash()
    office.clock.at += 600_000  # the nonce is long forgotten
    office.build()
    await office.start()

    await office.look()

    assert len(office.boards()) == 1


async def test_a_board_that_cannot_be_posted_does_not_list_itself(office: ProblemsScenario) -> None:
    await office.greeted()
    await lose_a_reply(office)
    office.discord.faults.add("post", TryLater("The bot may not write here.", paused=True))

    await office.look()
    listed = await office.desk.problems.page([CREATOR])
    office.desk.noticing.changed(GUILD)
    await office.desk.noticing.act()

    assert "may not write" not in words(listed)
    assert "Nothing else is waiting" in words(await office.look())


async def test_the_board_moves_to_a_new_alerts_channel(office: ProblemsScenario) -> None:
    await office.greeted()
    await lose_a_reply(office)
    await office.look()
    new = DiscordId(ALERTS + 100)

    await office.set_up(FORUM, new)
    await office.desk.boards.refresh(CREATOR, anew=True)
    await office.turn()

    assert office.boards() == {}
    assert [post.title for post in office.discord.lines(new)] == ["This needs your attention"]


async def test_a_board_whose_channel_is_gone_comes_back_as_soon_as_there_is_another(
    office: ProblemsScenario,
) -> None:
    await office.greeted()
    await lose_a_reply(office)
    office.discord.delete(ALERTS)
    await office.look()

    new = DiscordId(ALERTS + 100)
    await office.set_up(FORUM, new)
    await office.turn()

    assert [post.title for post in office.discord.lines(new)] == ["This needs your attention"]


async def test_however_often_it_is_looked_at_one_board_effect_waits_at_most(office: ProblemsScenario) -> None:
    await office.greeted()
    await lose_a_reply(office)
    for number in range(10):
        office.discord.faults.add("post", TryLater(f"Not now {number}.", after=3600))
        await office.look()

    rows = await office.database.read(
        lambda tx: tx.all("SELECT id FROM outbox WHERE kind = 'board' AND state <> 'done'")
    )
    assert len(rows) == 1


async def test_the_running_task_shows_a_board_by_itself_and_takes_it_away_again(tmp_path: Path) -> None:
    async with opened(tmp_path, clock=TickingClock()) as office:
        beats: list[None] = []
        running = asyncio.create_task(
            office.desk.boards.run(lambda: beats.append(None), pause=0.0, sleep=lambda _: asyncio.sleep(0))
        )
        await office.keep(office.wrote("hello"))
        await office.until("post", "done")
        office.discord.faults.add("post", DeliveryRefused("No."))
        await office.keep(office.wrote("spam?"))
        await office.until("board", "done")
        (board,) = office.boards().values()
        line = EffectId(board.buttons[0].ref)

        await office.desk.problems.drop(line, MAYA)
        office.desk.boards.hint(CREATOR)
        await office.until("board", "done", times=2)

        assert office.boards() == {}
        assert beats
        running.cancel()
        await asyncio.wait([running])
