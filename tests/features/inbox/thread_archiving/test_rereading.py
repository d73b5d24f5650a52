"""Which threads are awake is asked again where no event tells of the server."""

import asyncio
from collections.abc import Collection

from bot.features.inbox.thread_archiving import tasks
from storage.records import DiscordId
from tests.features.inbox.thread_archiving.thread_archiving_scenario import ThreadArchivingScenario

HEARD, UNHEARD = DiscordId(1 << 22), DiscordId(2 << 22)


async def test_only_servers_that_others_hear_of_are_asked_for_again(dorm: ThreadArchivingScenario) -> None:
    room, asked, twice = dorm.resting.room, [], asyncio.Event()
    for server in (HEARD, UNHEARD):
        room.all_of(server, [])

    async def read(server: DiscordId) -> Collection[DiscordId]:
        asked.append(server)
        if asked.count(UNHEARD) > 1:
            twice.set()
        return [DiscordId(server + 7)]

    task = tasks.reading_task(room, read, lambda server: server == HEARD, divisor=10_000)
    running = asyncio.ensure_future(task.run(lambda: None))
    async with asyncio.timeout(60):
        await twice.wait()
    running.cancel()
    await asyncio.wait({running})

    assert set(asked) == {UNHEARD}
    assert room.servers() == [HEARD, UNHEARD]
