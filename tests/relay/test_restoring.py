"""A backup is put back: nothing is sent again by itself (E4, T15 in small)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.relay.kinds import Parts, deeds
from bot.relay.opening import Threads
from bot.relay.restoring import LEFT, LOOKED_FOR
from storage import backup, inbox, restored
from storage.connect import open_database
from storage.epochs import EpochFile, begin_run
from storage.records import EffectState, FactState
from storage.restored import PARKED
from tests.relay.worlds import EMMA, NOAH, World, running

LATER = 3_600_000  # the backup is an hour old when it is put back


@asynccontextmanager
async def an_evening(folder: Path) -> AsyncIterator[World]:
    """A world whose database was begun as at every start."""
    async with running(folder) as world:
        await begin(world, folder)
        try:
            yield world
        finally:
            await world.crash()
            await world.database.close()  # by then it may be another than the one of `running`


async def begin(world: World, folder: Path) -> int | None:
    side = EpochFile(folder / "bridge.sqlite3")
    epoch, canary = world.ids.new(), world.sealer.canary()
    return await begin_run(world.database, side, epoch=epoch, canary=canary, now=world.clock.now())


def back_up(world: World, folder: Path) -> Path:
    file = folder / "backup.sqlite3"
    backup.make(
        folder / "bridge.sqlite3", file, check=world.sealer.check, epoch="backup", now=world.clock.now()
    )
    return file


@asynccontextmanager
async def at_rest(world: World) -> AsyncIterator[None]:
    """Nothing is driven meanwhile, so that what is begun in here is still undone in the backup."""
    await world.crash()
    yield
    await world.restart()


async def put_back(world: World, folder: Path) -> None:
    """The process dies, an hour passes, the operator restores and starts."""
    await world.crash()
    await world.database.close()
    world.clock.at += LATER
    path = folder / "bridge.sqlite3"
    backup.put_back(
        folder / "backup.sqlite3", path, check=world.sealer.check, epoch="put back", now=world.clock.now()
    )
    world.database = await open_database(f"sqlite:///{path}", now=world.clock.now())
    assert await begin(world, folder) == world.clock.now()
    await world.restart()
    await world.turn()


async def accept(world: World, *, show_again: bool = False) -> None:
    work = partial(restored.accept, now=world.clock.now(), looked_for=LOOKED_FOR, show_again=show_again)
    assert await world.database.write(work)
    await world.restart()
    for _ in range(20):
        await world.pass_time(10_000)


async def test_what_was_sent_after_the_backup_is_not_sent_again(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as world:
        await world.greeted()
        await world.greeted(NOAH)
        async with at_rest(world):
            reply = await world.reply("good night")
            await world.keep(world.wrote("are you there?", NOAH))
            back_up(world, tmp_path)
        await world.turn()
        await world.happen(world.wrote("and now?", NOAH))
        sent, emma, noah = world.texts(), await world.lines(), await world.lines(NOAH)
        assert sent == ["good night"]

        await put_back(world, tmp_path)

        held = await world.effect(reply)
        assert (held.state, held.reason) == (EffectState.ABSENT, PARKED)
        assert (world.texts(), await world.lines(), await world.lines(NOAH)) == (sent, emma, noah)

        await accept(world)

        assert (await world.effect(reply)).state is EffectState.DONE  # found in the chat
        assert (world.texts(), await world.lines(), await world.lines(NOAH)) == (sent, emma, noah)


async def test_what_was_never_sent_is_asked_about_and_what_was_never_shown_is_shown(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as world:
        await world.greeted()
        await world.crash()  # nothing is sent any more
        reply = await world.reply("good night")
        back_up(world, tmp_path)

        await put_back(world, tmp_path)
        await accept(world)

        assert (await world.effect(reply)).state is EffectState.ABSENT
        assert world.texts() == []
        assert [button.label for button in (await world.shown(reply)).buttons] == ["Send again", "Discard"]


async def test_a_thread_that_was_opened_after_the_backup_is_adopted(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as world:
        async with at_rest(world):
            await world.keep(world.wrote("hello", EMMA))
            await world.facts.drain((await world.facts.streams())[0])  # decided, and nothing delivered yet
            back_up(world, tmp_path)
        await world.turn()
        thread, lines = await world.thread(), await world.lines()

        await put_back(world, tmp_path)
        await accept(world)

        assert await world.thread() == thread
        assert await world.lines() == lines == ["hello"]


async def test_a_text_that_had_still_to_be_read_is_not_posted_twice(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as world:
        await world.greeted()
        async with at_rest(world):
            await world.keep(world.wrote("psst", complete=False))
            await world.facts.drain((await world.facts.streams())[0])
            back_up(world, tmp_path)
        await world.turn()
        assert await world.lines() == ["hello", "psst"]

        await put_back(world, tmp_path)
        await accept(world)

        assert await world.lines() == ["hello", "psst"]


async def test_events_that_waited_are_shown_only_if_the_operator_says_so(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as world:
        await world.greeted()
        await world.crash()  # nothing is decided any more
        await world.keep(world.wrote("are you there?"))
        back_up(world, tmp_path)

        await put_back(world, tmp_path)
        counts = await world.database.read(inbox.counts)
        assert (counts[FactState.NEW], counts[FactState.QUARANTINED]) == (0, 1)
        await accept(world, show_again=True)

        assert await world.lines() == ["hello", "are you there?"]


async def test_what_comes_in_before_the_word_is_kept_and_shown_after_it(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as world:
        await world.greeted()
        back_up(world, tmp_path)

        await put_back(world, tmp_path)
        await world.crash()  # bot.lifetime drives no facts in this state
        await world.keep(world.wrote("anybody?"))
        await accept(world)

        assert await world.lines() == ["hello", "anybody?"]


async def test_every_kind_of_effect_has_its_place_after_a_restore(world: World) -> None:
    parts = Parts(
        database=world.database,
        discord=world.discord,
        fanvue=world.fanvue,
        effects=world.effects,
        opener=Threads(effects=world.effects, ids=world.ids),
        commands=world.commands,
        dispatch=world.driver,
        clock=world.clock,
        waits=world.waits,
    )

    assert not LOOKED_FOR & LEFT
    assert deeds(parts).keys() | {"board"} == LOOKED_FOR | LEFT


@pytest.mark.parametrize("said", [True, False])
async def test_the_word_counts_once(tmp_path: Path, *, said: bool) -> None:
    async with an_evening(tmp_path) as world:
        if said:
            back_up(world, tmp_path)
            await put_back(world, tmp_path)
            await accept(world)

        again = await world.database.write(
            partial(restored.accept, now=0, looked_for=LOOKED_FOR, show_again=True)
        )

        assert again is False
