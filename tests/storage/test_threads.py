"""Threads: wanted, open, gone; one for each generation of a fan."""

from functools import partial

import pytest

from storage.database import Database
from storage.inbox import threads
from storage.records import DiscordId, FanId, ThreadKey
from tests.storage.record_fixtures import CREATOR, FAN, fan_thread
from tests.storage.row_fixtures import REFUSALS


async def test_a_wanted_thread_becomes_open_and_then_gone(known: Database) -> None:
    wanted = fan_thread()
    assert await known.write(lambda tx: threads.want(tx, wanted))
    assert await known.read(lambda tx: threads.by_key(tx, wanted.key)) == wanted

    await known.write(lambda tx: threads.opened(tx, wanted.key, thread=DiscordId(77), card=DiscordId(78)))
    opened = fan_thread(thread=DiscordId(77), card=DiscordId(78), state="open")
    assert await known.read(lambda tx: threads.by_discord(tx, DiscordId(77))) == opened

    await known.write(lambda tx: threads.gone(tx, wanted.key))
    gone = fan_thread(thread=DiscordId(77), card=DiscordId(78), state="gone")
    assert await known.read(lambda tx: threads.current(tx, CREATOR, FAN)) == gone


async def test_wanting_the_same_generation_twice_keeps_the_first(known: Database) -> None:
    await known.write(lambda tx: threads.want(tx, fan_thread()))

    again = fan_thread(key=ThreadKey("another"), reference="another")
    assert not await known.write(lambda tx: threads.want(tx, again))
    assert await known.read(lambda tx: threads.current(tx, CREATOR, FAN)) == fan_thread()


async def test_the_current_thread_is_of_the_highest_generation(known: Database) -> None:
    for generation in (2, 10, 9):
        await known.write(partial(threads.want, thread=fan_thread(generation)))

    assert await known.read(lambda tx: threads.current(tx, CREATOR, FAN)) == fan_thread(10)
    assert await known.read(lambda tx: threads.current(tx, CREATOR, FanId("nobody"))) is None


async def test_two_fans_never_share_a_discord_thread(known: Database) -> None:
    for generation in (1, 2):
        await known.write(partial(threads.want, thread=fan_thread(generation)))
    await known.write(
        lambda tx: threads.opened(tx, ThreadKey("thread-1"), thread=DiscordId(7), card=DiscordId(8))
    )

    with pytest.raises(REFUSALS):
        await known.write(
            lambda tx: threads.opened(tx, ThreadKey("thread-2"), thread=DiscordId(7), card=DiscordId(9))
        )


async def test_a_thread_of_an_unknown_fan_is_refused(known: Database) -> None:
    with pytest.raises(REFUSALS):
        await known.write(lambda tx: threads.want(tx, fan_thread(fan=FanId("nobody"))))


async def test_an_unknown_thread_is_nobodys(known: Database) -> None:
    assert await known.read(lambda tx: threads.by_discord(tx, DiscordId(1))) is None
    assert await known.read(lambda tx: threads.by_key(tx, ThreadKey("none"))) is None
