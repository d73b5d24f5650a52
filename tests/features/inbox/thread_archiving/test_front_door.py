"""A server never fills up: who waits stays, who was answered rests and comes back."""

import asyncio

import pytest

from bot.sandbox.discord import channels
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from tests.features.inbox.thread_archiving.archiving_report import archived, most_awake
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

MOST = 20
_BUSY = """SELECT 1 FROM talks WHERE fan_uuid = ? AND (waiting_since IS NOT NULL
               OR claimed_until > 1000 * CAST(strftime('%s', 'now') AS INTEGER))
           UNION ALL SELECT 1 FROM outbox WHERE fan_uuid = ? AND settled_at IS NULL"""


# A house of its own on a server with little room, in which a claim ends after half a second.
house = own_house(ACTIVE_THREADS=str(MOST), WINDOW_DIVISOR="2", CLAIM_SECONDS="2", ECHO_SECONDS="0.02")


async def arrive(house: LiveBridge, names: str, number: int) -> list[StandInFan]:
    """So many fans write for the first time, all at once; each has a thread that shows it."""
    fans = [house.fan(f"{names}{which}") for which in range(number)]
    await asyncio.gather(*(fan.write(f"hello from {fan.handle}") for fan in fans))
    for fan in fans:
        await house.shows(fan, f"hello from {fan.handle}")
    return fans


async def answered(house: LiveBridge, fans: list[StandInFan]) -> None:
    """A member answers each of them, one after the other, and then nothing is left to do for any of them."""
    for fan in fans:
        await house.reply(house.threads(fan)[-1], text=f"hi {fan.handle}")
    await house.stored(lambda: not any(house.rows(_BUSY, fan.uuid, fan.uuid) for fan in fans))


def asleep(house: LiveBridge, fans: list[StandInFan]) -> list[StandInFan]:
    """Those of them whose thread is archived."""
    return [fan for fan in fans if _rests(house.threads(fan)[-1])]


def _rests(thread: StandInChannel) -> bool:
    assert thread.thread is not None
    return thread.thread.archived


async def test_the_longest_answered_rest_so_that_new_fans_have_room_and_come_back_by_writing(
    house: LiveBridge,
) -> None:
    ledger = house.stage.discord.ledger
    early = await arrive(house, "early", 16)
    await answered(house, early)
    waiting = await arrive(house, "waits", 3)
    for number in range(4):
        late = await arrive(house, f"late{number}x", 6)
        await answered(house, late)

    assert most_awake(ledger) <= MOST
    assert asleep(house, waiting) == []
    rested = asleep(house, early)
    assert rested == early[: len(rested)]  # the longest-answered first
    assert rested[:8] == early[:8]

    back = rested[0]
    await back.write("me again")
    thread = await house.shows(back, "me again")

    assert len(house.threads(back)) == 1
    assert not _rests(thread)
    assert most_awake(ledger) <= MOST
    assert len(archived(ledger)) == len(set(archived(ledger)))  # each once: nobody was put to rest twice


async def test_where_discord_lets_nobody_in_the_board_leads_to_the_thread_and_it_goes_on_with_room(
    house: LiveBridge,
) -> None:
    fans = await arrive(house, "many", MOST + 2)
    await answered(house, fans)
    await house.until(lambda: bool(asleep(house, fans)))
    fan = asleep(house, fans)[0]
    thread, guild = house.threads(fan)[-1], house.stage.guild
    guild.max_active_threads = 0

    await fan.write("is anybody there")
    way = f"https://discord.com/channels/{guild.id}/{thread.id}"
    await house.until(lambda: any(way in plain(message) for message in house.waiting()))
    board = await house.board("as many open threads")
    guild.max_active_threads = 1000
    channels.changed(house.stage.discord.world, house.stage.lobby, guild.owner_id)
    await house.shows(fan, "is anybody there")

    assert "is anybody there" not in board
    assert not _rests(thread)
    assert len(house.threads(fan)) == 1
