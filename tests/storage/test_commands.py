"""Commands: one for each interaction, accepted or cancelled once."""

import asyncio
from functools import partial

from storage.database import Database
from storage.engine import commands
from storage.records import CommandId, CommandState
from tests.storage.record_fixtures import command

FIRST = CommandId("command-1")


async def test_a_command_comes_back_as_it_was_staged(database: Database) -> None:
    staged = command(creator=None)

    assert await database.write(lambda tx: commands.stage(tx, staged))
    assert await database.read(lambda tx: commands.get(tx, FIRST)) == staged
    assert await database.read(lambda tx: commands.get(tx, CommandId("none"))) is None


async def test_an_interaction_is_staged_once(database: Database) -> None:
    await database.write(lambda tx: commands.stage(tx, command(1)))

    again = command(2, interaction="interaction-1")
    assert not await database.write(lambda tx: commands.stage(tx, again))
    assert await database.read(lambda tx: commands.get(tx, again.id)) is None


async def test_of_accepting_and_cancelling_at_once_exactly_one_wins(database: Database) -> None:
    await database.write(lambda tx: commands.stage(tx, command()))

    won = await asyncio.gather(
        database.write(lambda tx: commands.accept(tx, FIRST)),
        database.write(lambda tx: commands.cancel(tx, FIRST)),
        database.write(lambda tx: commands.accept(tx, FIRST)),
    )
    kept = await database.read(lambda tx: commands.get(tx, FIRST))

    assert list(won) == [True, False, False]
    assert kept == command(state=CommandState.ACCEPTED)


async def test_what_is_kept_back_is_let_go_once(database: Database) -> None:
    await database.write(lambda tx: commands.stage(tx, command()))
    await database.write(lambda tx: commands.keep(tx, FIRST))
    assert not await database.write(lambda tx: commands.let_go(tx, FIRST))  # nobody had accepted it
    await database.write(lambda tx: commands.accept(tx, FIRST))
    await database.write(lambda tx: commands.keep(tx, FIRST))

    won = await asyncio.gather(*(database.write(lambda tx: commands.let_go(tx, FIRST)) for _ in range(5)))

    assert won == [True, False, False, False, False]
    assert await database.read(lambda tx: commands.get(tx, FIRST)) == command(state=CommandState.ACCEPTED)


async def test_a_cancelled_command_is_never_accepted(database: Database) -> None:
    await database.write(lambda tx: commands.stage(tx, command()))

    assert await database.write(lambda tx: commands.cancel(tx, FIRST))
    assert not await database.write(lambda tx: commands.accept(tx, FIRST))
    assert await database.read(lambda tx: commands.get(tx, FIRST)) == command(state=CommandState.CANCELLED)


async def test_commands_that_were_left_staged_are_found_oldest_first(database: Database) -> None:
    for one in (command(3), command(1), command(2), command(4)):
        await database.write(partial(commands.stage, command=one))
    await database.write(lambda tx: commands.accept(tx, CommandId("command-2")))

    left = await database.read(lambda tx: commands.staged_before(tx, 1003))
    assert left == [command(1), command(3)]


async def test_members_are_known_by_every_name_that_they_have_had(database: Database) -> None:
    none = await database.read(commands.actor_names)
    for number, name in enumerate(("Zoë", "Maya", "maya", "Maya", "Ада")):
        await database.write(partial(commands.stage, command=command(number, actor_name=name, creator=None)))

    assert none == set()
    assert await database.read(commands.actor_names) == {"Zoë", "Maya", "maya", "Ада"}
