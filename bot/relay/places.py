"""Where a creator's fans live on a server: forums, bound to who links there."""

from bot.relay.dispatch import Dispatch
from bot.relay.effects import creator_in, facts_stream
from bot.relay.ports import Clock
from storage import attention, creators, forums, outbox, queues, threads
from storage.database import Database, Transaction
from storage.records import Creator, CreatorId, DiscordId, EffectId, FanThread, Forum


class Places:
    """Remembers what /setup made."""

    def __init__(self, *, database: Database, dispatch: Dispatch, clock: Clock) -> None:
        self._database = database
        self._dispatch = dispatch
        self._clock = clock

    async def add(self, forum: Forum) -> Creator | None:
        """Remember a forum; it is bound to a creator who linked on this server and has none, if any.

        Whatever of that creator waits for it, or was paused until it is good again, goes on at once.
        """

        async def work(tx: Transaction) -> Creator | None:
            now = self._clock.now()
            await forums.add(tx, forum, now)
            waiting = forum.creator or await forums.without_forum(tx, forum.guild)
            if waiting is None:
                return None
            await forums.bind(tx, forum.id, waiting)
            await attention.retry(tx, waiting, "discord", now=now)
            self._dispatch.wake(tx, facts_stream(waiting))
            for stream in await queues.open_streams(tx):
                if creator_in(stream) == waiting:
                    self._dispatch.wake(tx, stream)
            return await creators.get(tx, waiting)

        return await self._database.write(work)

    async def of_guild(self, guild: DiscordId) -> list[Forum]:
        """The forums of a server."""
        return await self._database.read(lambda tx: forums.of_guild(tx, guild))

    async def remove(self, forum: DiscordId) -> None:
        """Forget a forum that Discord no longer has."""
        await self._database.write(lambda tx: forums.remove(tx, forum))

    async def creator(self, creator: CreatorId) -> Creator | None:
        """A creator that somebody has linked."""
        return await self._database.read(lambda tx: creators.get(tx, creator))

    async def chat_of(self, alert: EffectId, guild: DiscordId) -> DiscordId | None:
        """The thread of the fan whom an alert is about; None when this server has none."""

        async def work(tx: Transaction) -> DiscordId | None:
            effect = await outbox.get(tx, alert)
            if effect is None or effect.fan is None:
                return None
            thread = await threads.current(tx, effect.creator, effect.fan)
            return thread.thread if thread and thread.guild == guild and thread.state == "open" else None

        return await self._database.read(work)

    async def thread(self, channel: DiscordId) -> FanThread | None:
        """The fan whose thread this channel is."""
        return await self._database.read(lambda tx: threads.by_discord(tx, channel))
