"""What a line and a reply cost the database: statements, writes and takes.

A write is a piece of work; a commit may carry many, so there are never more of those. Counts, not times: the
same on every machine. What adds to a message is seen here, and docs/benchmarks.md says what it is for.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from storage.engine.stream_heads import TAKE
from tests.relay.relay_scenario import RelayScenario, running
from tests.storage.statement_log import ListeningDatabase

_CALM = 60_000  # after it nothing is left to do


class MessageCosts(NamedTuple):
    """Of one message."""

    statements: int
    writes: int
    takes: int

    def within(self, most: "MessageCosts") -> bool:
        """Whether none of it is more. A server is said less: it begins what it takes."""
        return all(one <= limit for one, limit in zip(self, most, strict=True))


class CountedRelay:
    """A relay whose database counts, with one fan who has a thread and was answered."""

    def __init__(self, world: RelayScenario, database: ListeningDatabase) -> None:
        self.world = world
        self._database = database

    def forget(self) -> None:
        self._database.forget()

    async def cost(self) -> MessageCosts:
        """Since then, with all that followed."""
        await self.world.pass_time(_CALM)
        said = self._database.said
        return MessageCosts(len(said), self._database.writes, sum(sql == TAKE for sql, _ in said))


@pytest.fixture
async def relay(tmp_path: Path) -> AsyncIterator[CountedRelay]:
    async with running(tmp_path) as world:
        counted = ListeningDatabase(world.database)
        world.database = counted
        await world.restart()
        await world.greeted()
        await world.reply("hello")
        await world.pass_time(_CALM)
        counted.forget()
        yield CountedRelay(world, counted)


async def test_a_line_is_kept_decided_posted_and_looked_at(relay: CountedRelay) -> None:
    await relay.world.happen(relay.world.wrote("and now?"))

    cost = await relay.cost()

    assert cost.within(MessageCosts(statements=28, writes=5, takes=1)), repr(tuple(cost))


async def test_a_reply_is_staged_accepted_sent_and_shown(relay: CountedRelay) -> None:
    await relay.world.reply("now")

    cost = await relay.cost()

    assert cost.within(MessageCosts(statements=67, writes=8, takes=3)), repr(tuple(cost))


async def test_three_texts_of_a_burst_are_looked_at_together(relay: CountedRelay) -> None:
    for text in ("one", "two", "three"):
        await relay.world.happen(relay.world.wrote(text))

    cost = await relay.cost()

    assert cost.within(MessageCosts(statements=74, writes=11, takes=1)), repr(tuple(cost))
