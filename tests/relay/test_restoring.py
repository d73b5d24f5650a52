"""A backup is put back: nothing is sent again by itself (E4, T15 in small)."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from storage.engine import restore_review
from storage.engine.restore_review import PARKED
from storage.records import EffectState
from tests.relay.fault_switchboard import HeldCall
from tests.relay.relay_scenario import EMMA, NOAH
from tests.relay.restore_fixtures import accept, an_evening, at_rest, back_up, put_back


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


async def test_a_reply_that_is_found_in_the_chat_while_its_line_is_looked_for_is_shown_once(
    tmp_path: Path,
) -> None:
    async with an_evening(tmp_path) as world:
        await world.greeted()
        async with at_rest(world):
            reply = await world.reply("good night")
            back_up(world, tmp_path)
        await world.turn()
        shown = await world.lines()
        await put_back(world, tmp_path)
        in_chat, in_thread = HeldCall(done=True), HeldCall(done=True)
        world.fanvue.faults.add("recent", in_chat)
        world.discord.faults.add("find_post", in_thread)
        ended = world.watched.count(("chat.send", "done"))

        accepting = asyncio.create_task(accept(world))
        async with asyncio.timeout(20):
            await in_chat.reached.wait()
            await in_thread.reached.wait()  # for a line as it was before anybody knew
        in_chat.go.set()
        await world.until("chat.send", "done", ended + 1)
        in_thread.go.set()
        await accepting

        assert (await world.effect(reply)).state is EffectState.DONE
        assert await world.lines() == shown == ["hello", "good night"]


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


async def test_events_that_waited_are_shown_after_the_word(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as world:
        await world.greeted()
        await world.crash()  # nothing is decided any more
        await world.keep(world.wrote("are you there?"))
        back_up(world, tmp_path)

        await put_back(world, tmp_path)
        await accept(world)

        assert await world.lines() == ["hello", "are you there?"]


async def test_what_comes_in_before_the_word_is_kept_and_shown_after_it(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as world:
        await world.greeted()
        back_up(world, tmp_path)

        await put_back(world, tmp_path)
        await world.keep(world.wrote("anybody?"))
        await accept(world)

        assert await world.lines() == ["hello", "anybody?"]


@pytest.mark.parametrize("said", [True, False])
async def test_the_word_counts_once(tmp_path: Path, *, said: bool) -> None:
    async with an_evening(tmp_path) as world:
        if said:
            back_up(world, tmp_path)
            await put_back(world, tmp_path)
            await accept(world)

        again = await world.database.write(partial(restore_review.accept, now=0))

        assert again is False
