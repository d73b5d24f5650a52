"""The board shows a new waiter soon, and who was answered with the next change."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.delivery import Deliveries
from bot.engine.retry import RetryWaits
from bot.model.errors import TryLater
from bot.relay.threads import OpenThreadHandler, ThreadOpener
from storage.engine.connect import open_database
from tests.database_place import database_in
from tests.features.inbox.board.board_scenario import PAUSE, BoardScenario
from tests.features.inbox.claims.claims_scenario import NINA
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import NOAH

CALM = RetryWaits().board_calm
LEAST = CALM // 2  # between two edits


class CalmBoardScenario(BoardScenario):
    """A hall whose board hears of conversations as in life."""

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        made = super()._deliveries(opener)
        self.change._listeners[-1] = self.board.noticing.conversation_changed
        opening = made._handlers["thread.open"]
        assert isinstance(opening, OpenThreadHandler)
        opening._told = self.board.noticing.thread_opened
        return made

    @property
    def edits(self) -> int:
        """How often the board was changed."""
        return self.watched.count(("board.waiting", "done"))

    def says_now(self) -> str:
        """What the board says at this moment."""
        (post,) = self.boards().values()
        return self.drawn(post)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[CalmBoardScenario]:
    """Emma waits, and stands on the board for long enough that it may change."""
    database = await open_database(database_in(tmp_path), now=0)
    made = CalmBoardScenario(database, RetryWaits(), SettableClock())
    try:
        await made.link()
        await made.set_up()
        await made.engage(NINA, "chatter")
        await made.start()
        await made.greeted()
        await made.pass_time(LEAST + PAUSE)
        yield made
        await made.crash()
    finally:
        await database.close()


async def test_an_answer_is_taken_off_at_leisure_and_at_once_with_the_next_who_waits(
    hall: CalmBoardScenario,
) -> None:
    await hall.says("hi", NINA)
    await hall.pass_time(CALM - 1)
    late = hall.says_now()
    await hall.pass_time(1)
    alone = hall.says_now()
    await hall.pass_time(LEAST)
    await hall.happen(hall.wrote("me again"))
    await hall.pass_time(PAUSE)
    await hall.pass_time(LEAST)
    edits = hall.edits

    await hall.says("hi", NINA)
    await hall.greeted(NOAH)
    await hall.pass_time(PAUSE)

    assert "Emma" in late
    assert "every fan has an answer" in alone
    assert ("Noah" in hall.says_now(), "Emma" in hall.says_now()) == (True, False)
    assert hall.edits == edits + 1


async def test_who_begins_to_wait_soon_after_an_edit_stands_there_with_the_next_one(
    hall: CalmBoardScenario,
) -> None:
    await hall.greeted(NOAH)
    await hall.pass_time(PAUSE)
    first, edits = hall.says_now(), hall.edits
    await hall.says("hi", NINA)
    await hall.pass_time(LEAST // 2)
    await hall.happen(hall.wrote("me again"))
    await hall.pass_time(LEAST // 2 - 1)
    before = hall.edits
    await hall.pass_time(1)

    assert "2 waiting" in first
    assert before == edits
    assert hall.says_now().count("Emma") == 1


async def test_who_stood_there_before_their_thread_was_open_has_a_link_soon_after_it_is(
    hall: CalmBoardScenario,
) -> None:
    hall.discord.faults.add("open_thread", TryLater("Discord is busy.", after=3 * PAUSE / 1000))
    await hall.happen(hall.wrote("hello", NOAH))
    await hall.pass_time(PAUSE)
    early, edits = hall.says_now(), hall.edits
    await hall.pass_time(2 * PAUSE)
    opened = await hall.thread(NOAH)
    await hall.pass_time(PAUSE)
    late = hall.says_now()

    assert "**Noah @loud-owl**" in early
    assert f"#{hall.discord.channels[opened].name}" in late
    assert hall.edits == edits + 1


async def test_a_thread_that_is_opened_before_the_board_is_shown_costs_it_no_edit(
    hall: CalmBoardScenario,
) -> None:
    edits = hall.edits
    await hall.greeted(NOAH)
    await hall.pass_time(PAUSE)
    shown = hall.edits
    await hall.pass_time(CALM)

    assert (shown, hall.edits) == (edits + 1, edits + 1)


async def test_a_round_leaves_an_untrue_board_to_the_edit_that_waits(hall: CalmBoardScenario) -> None:
    await hall.board.noticing.look()  # the first one after a start has every board shown
    await hall.pass_time(LEAST)
    edits = hall.edits
    await hall.says("hi", NINA)
    await hall.board.noticing.look()
    await hall.pass_time(LEAST + PAUSE)
    soon = hall.edits
    await hall.pass_time(CALM)

    assert soon == edits
    assert "every fan has an answer" in hall.says_now()


async def test_an_answer_that_waits_when_the_process_dies_is_taken_off_by_the_next_one(
    hall: CalmBoardScenario,
) -> None:
    await hall.says("hi", NINA)
    await hall.turn()

    await hall.restart()
    await hall.pass_time(CALM)

    assert "every fan has an answer" in hall.says_now()
