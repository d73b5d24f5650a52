"""Follows creators' posts: switched on and off, and looked at in time."""

from bot.access.permits import Permit
from bot.engine.outbox import EffectRequest
from bot.engine.streams import posts_stream
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.publishing.post_threads.read_effects import LIST
from bot.model.language import msgid, tr
from bot.relay.context import Context
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.publishing import post_threads
from storage.publishing.post_threads import FollowedCreator

_SECONDS = 30.0
_LIMIT = 120.0
ON = msgid(
    "You now follow published posts, from the last day on: each gets a thread in the "
    "creator's forum with likes and comments. Stop with `/post follow state:off`."
)
ALREADY = msgid("You already follow published posts.")
OFF = msgid("You've stopped following posts. Their threads stay. Start again with `/post follow state:on`.")
NOT_ON = msgid("You don't follow posts. Start with `/post follow state:on`.")


class PostFollowService:
    """Off until an owner or a manager asks for it."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def set(self, permit: Permit, *, on: bool) -> str:
        """Follow a creator's posts, or stop that; return the answer. Permission was checked before."""
        creator, by = permit.creator, permit.actor.user
        assert creator is not None, "the action is about a creator"

        async def work(tx: Transaction) -> str:
            if on:
                changed = await post_threads.follow(tx, creator, by=by, now=self._ctx.clock.now())
            else:
                changed = await post_threads.unfollow(tx, creator)
            if not changed:
                return tr(ALREADY) if on else tr(NOT_ON)
            target = "on" if on else "off"
            trail = self._ctx.effects.trail
            await trail.write(tx, "posts.follow", "done", target=target, actor=by, creator=creator)
            return tr(ON) if on else tr(OFF)

        said = await self._ctx.database.write(work)
        await self.look()
        return said

    async def look(self) -> None:
        """Want the list of every creator whose time has come."""
        now = self._ctx.clock.now()
        for one in await self._ctx.database.read(lambda tx: post_threads.due(tx, now=now)):
            await self._want(one)

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that looks; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("postcards", run, _LIMIT)

    async def _want(self, one: FollowedCreator) -> None:
        wanted = EffectRequest(
            network="fanvue",
            kind=LIST,
            stream=posts_stream(one.creator),
            creator=one.creator,
            cause=f"posts:{one.creator}",
            part=f"look:{one.look_at}",
            body={"at": one.look_at},
        )

        async def work(tx: Transaction) -> None:
            await self._ctx.effects.add(tx, wanted)

        await self._ctx.database.write(work)
