"""Where a creator's fans live on a server: forums, bound to who links there."""

from dataclasses import dataclass

from bot.access.admitting import server_says_yes
from bot.relay.dispatch import Dispatch
from bot.relay.ports import Clock, Ids
from bot.relay.presence import away, go_on
from bot.relay.serving import Serving
from bot.relay.trail import Trail
from storage import creators, forums, outbox, setups, threads
from storage.database import Database, Transaction
from storage.records import Creator, CreatorId, DiscordId, EffectId, FanThread, Forum


@dataclass(frozen=True)
class Housed:
    """Whose forum it is now; `outside`: the role that sees it, and that its owner has not let in yet.

    `away`: the owner has taken their word back, so nothing is posted yet.
    """

    creator: Creator
    outside: DiscordId | None
    away: bool


class Places:
    """Remembers what /setup made."""

    def __init__(
        self,
        *,
        database: Database,
        dispatch: Dispatch,
        clock: Clock,
        ids: Ids,
        trail: Trail,
        serving: Serving,
    ) -> None:
        self._serving = serving
        self._ids = ids
        self._trail = trail
        self._database = database
        self._dispatch = dispatch
        self._clock = clock

    async def claim(self, guild: DiscordId) -> str | None:
        """Before anything is made on a server: None, and it is this bot's; else a sentence."""
        now = self._clock.now()
        return await self._database.write(lambda tx: self._serving.claim(tx, guild, now=now))

    async def add(self, forum: Forum, *, by: DiscordId, team: DiscordId | None) -> Housed | None:
        """Remember a forum; it is bound to a creator who linked on this server and has none, if any.

        `by` ran /setup and may speak for the server; `team`: the role that was chosen. Whatever of that
        creator waits for the forum, or was paused until it is good again, goes on at once.
        """

        async def work(tx: Transaction) -> Housed | None:
            now = self._clock.now()
            await forums.add(tx, forum, now)
            await setups.note(tx, forum.id, by=by, team=team, now=now)
            waiting = forum.creator or await forums.without_forum(tx, forum.guild)
            target = f"forum:{forum.id}"
            await self._trail.write(tx, "setup", "done", target=target, actor=by, creator=waiting)
            if waiting is None:
                return None
            await forums.bind(tx, forum.id, waiting)
            link = await creators.open_link(tx, waiting)
            owner = link.discord_user if link is not None else None
            outside = await server_says_yes(
                tx, forum, waiting, owner=owner, grant_id=self._ids.new(), now=now
            )
            await go_on(tx, self._dispatch, waiting, now=now)
            known = await creators.get(tx, waiting)
            return Housed(known, outside, await away(tx, waiting)) if known is not None else None

        return await self._database.write(work)

    async def keep(self, forum: Forum, *, by: DiscordId, team: DiscordId | None) -> None:
        """Remember what was repaired of another forum of a creator who has one."""

        async def work(tx: Transaction) -> None:
            now = self._clock.now()
            await forums.add(tx, forum, now)
            await setups.note(tx, forum.id, by=by, team=team, now=now)

        await self._database.write(work)

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
