"""Room is asked for before a thread is made or woken; Discord's word is told it."""
# ruff: noqa: ARG002 -- a room is asked and told more than this one needs

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager

import pytest

from bot.discord.active_threads import Read, Took
from bot.discord.fan_cards import FanCards
from bot.discord.thread_removal import DiscordThreadRemover
from bot.model.errors import NoThreadRoom, TryLater
from bot.model.ports import OpenedThread, Post
from bot.sandbox.discord import forum
from bot.sandbox.discord.model import FORUM, StandInChannel
from storage.records import DiscordId
from tests.discord.discord_test_server import DiscordTestServer

CARD = Post(title="Nora", body=("A fan.",), accent=1)


class ThreadRoomStandIn:
    """A room that writes down who came, and lets nobody in where it is shut."""

    def __init__(self) -> None:
        self.came: list[tuple[str, DiscordId]] = []
        self.awake: set[DiscordId] = set()
        self.shut = False
        self._told = asyncio.Event()

    async def until(self, thread: int, *, awake: bool) -> None:
        """Return once Discord has said so."""
        async with asyncio.timeout(60):
            while (thread in self.awake) is not awake:
                self._told.clear()
                await self._told.wait()

    @asynccontextmanager
    async def opening(self, forum: DiscordId, read: Read) -> AsyncIterator[Took]:
        self._enter("opening", forum)
        yield self.awake.add

    @asynccontextmanager
    async def waking(self, thread: DiscordId, read: Read) -> AsyncIterator[None]:
        if thread not in self.awake:
            self._enter("waking", thread)
        yield
        self.awake.add(thread)

    def rests(self, thread: DiscordId) -> None:
        self.awake.discard(thread)

    def told(self, server: DiscordId, thread: DiscordId, *, awake: bool) -> None:
        (self.awake.add if awake else self.awake.discard)(thread)
        self._told.set()

    def all_of(self, server: DiscordId, threads: Collection[DiscordId]) -> None:
        self.awake = set(threads)

    def _enter(self, how: str, where: DiscordId) -> None:
        self.came.append((how, where))
        if self.shut:
            raise TryLater("There is no room.", after=1.0)


@pytest.fixture
def porter(town: DiscordTestServer) -> ThreadRoomStandIn:
    """At the door of the town's bot."""
    town.bot.discord.waking.room = made = ThreadRoomStandIn()
    return made


def a_forum(town: DiscordTestServer) -> StandInChannel:
    return town.server.world.add_channel(town.guild, "fans", FORUM)


async def opened(discord: DiscordThreadRemover, where: StandInChannel) -> OpenedThread:
    return await discord.open_thread(DiscordId(where.id), name="Nora", card=CARD, tags=[])


def sleeps(town: DiscordTestServer, thread: DiscordId) -> bool:
    state = town.server.world.channels[thread].thread
    assert state is not None
    return state.archived


async def test_whoever_makes_wakes_or_archives_a_thread_asks_and_tells(
    town: DiscordTestServer, porter: ThreadRoomStandIn
) -> None:
    discord, where = town.bot.discord, a_forum(town)

    thread = (await opened(discord, where)).thread
    await discord.post(thread, CARD, nonce="1")
    after = porter.awake.copy()
    await discord.rest(thread)
    asleep = porter.awake.copy()
    await discord.post(thread, CARD, nonce="2")

    assert (after, asleep, porter.awake) == ({thread}, set(), {thread})
    assert porter.came == [("opening", where.id), ("waking", thread)]
    assert not sleeps(town, thread)


@pytest.mark.parametrize("what", ["post", "edit", "card", "tags"])
async def test_without_room_a_thread_at_rest_is_left_alone(
    town: DiscordTestServer, porter: ThreadRoomStandIn, what: str
) -> None:
    discord = town.bot.discord
    thread = (await opened(discord, a_forum(town))).thread
    cards = FanCards(town.bot.direct, discord.own, discord.waking)
    await discord.rest(thread)
    porter.shut = True

    deeds: dict[str, Callable[[], Awaitable[object]]] = {
        "post": lambda: discord.post(thread, CARD, nonce="1"),
        "edit": lambda: discord.edit(thread, thread, CARD),
        "card": lambda: cards.show(thread, thread, CARD, wake=True),
        "tags": lambda: cards.tag(thread, [], wake=True),
    }

    with pytest.raises(TryLater, match="no room"):
        await deeds[what]()

    assert sleeps(town, thread)


async def test_a_thread_that_rests_though_it_was_thought_awake_asks_before_it_is_woken(
    town: DiscordTestServer, porter: ThreadRoomStandIn
) -> None:
    discord = town.bot.discord
    thread = (await opened(discord, a_forum(town))).thread
    await discord.rest(thread)
    porter.awake.add(thread)  # the word of its resting got lost

    await discord.edit(thread, thread, CARD)

    assert porter.came[-1] == ("waking", thread)
    assert not sleeps(town, thread)


async def test_what_people_do_with_threads_is_told(
    town: DiscordTestServer, porter: ThreadRoomStandIn
) -> None:
    world, olivia, where = town.server.world, town.olivia.user, a_forum(town)

    made, _ = forum.post(world, where, olivia, {"name": "Ours", "message": {"content": "x"}}, [])
    await porter.until(made.id, awake=True)
    forum.modify(world, made, olivia.id, {"archived": True})
    await porter.until(made.id, awake=False)
    forum.modify(world, made, olivia.id, {"archived": False})
    await porter.until(made.id, awake=True)
    forum.delete(world, made, olivia.id)
    await porter.until(made.id, awake=False)

    assert porter.came == []  # nobody asks the bot


async def test_after_a_connection_all_that_are_awake_are_told_without_a_call(
    town: DiscordTestServer, porter: ThreadRoomStandIn
) -> None:
    thread = (await opened(town.bot.discord, a_forum(town))).thread
    made, _ = forum.post(
        town.server.world, a_forum(town), town.olivia.user, {"name": "Ours", "message": {"content": "x"}}, []
    )
    await porter.until(made.id, awake=True)  # and so the bot has heard of the one before, too
    porter.awake.clear()
    since = len(town.server.ledger)

    await town.bot.on_ready()

    assert porter.awake == {thread, made.id}
    assert town.server.ledger.of("request", since=since) == []


async def test_a_server_that_takes_no_more_threads_says_so(town: DiscordTestServer) -> None:
    town.guild.max_active_threads = 0

    with pytest.raises(NoThreadRoom) as refused:
        await opened(town.bot.discord, a_forum(town))

    assert refused.value.paused
