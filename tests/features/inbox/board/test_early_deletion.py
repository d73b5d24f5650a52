"""A board that is deleted while the answer to its post is on its way."""

import asyncio

from tests.features.inbox.board.board_scenario import PAUSE, BoardScenario
from tests.relay.fault_switchboard import HeldCall
from tests.relay.relay_scenario import ALERTS


async def test_a_board_that_is_deleted_before_it_is_written_down_is_made_again(hall: BoardScenario) -> None:
    held = HeldCall(done=True)
    await hall.board.noticing.look()  # the first one shows every board again, whatever is known
    await hall.greeted()
    hall.discord.faults.add("post", held)
    showing = asyncio.create_task(hall.pass_time(PAUSE))
    await held.reached.wait()
    (made,) = hall.boards()
    hall.discord.take_away(ALERTS, made)
    await hall.board.noticing.deleted(made)
    held.go.set()
    await showing

    await hall.board.noticing.look()
    await hall.read()

    (again,) = hall.boards()
    assert again != made
