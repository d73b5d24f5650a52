"""Decides what goes from Discord: a whole thread where all is over, or lines.

Whether all is over in a thread is Discord's to say: members write there, too. So a thread with lines that
are over is looked at first. What is to go is forgotten in the same commit that says so
(`storage.people.removals`), and then taken away one by one, in a stream and at a pace of its own that nothing
else waits for.
"""

from bot.engine.effect_handler import Body, Done, EffectHandler, Outcome
from bot.engine.outbox import EffectRequest, Effects
from bot.engine.streams import removal_stream
from bot.features.people.privacy.deletion_lane import DeletionLane
from bot.model.errors import TargetGone
from bot.relay.alerts import shown_anew
from bot.relay.context import Context
from bot.relay.removal_port import RemovalPort, ThreadSnapshot
from storage.database import Transaction
from storage.inbox import forums, threads
from storage.operations import alert_groups
from storage.people import removals, tombstones
from storage.records import CreatorId, DiscordId, Effect, FanThread, Millis, Stream, ThreadKey

DUE, DELETE, REMOVE = "gone.look", "gone.thread", "gone.lines"
_ELSEWHERE = 500  # alerts in other channels that are taken in one round


class DueRemovalFinder:
    """Finds threads, alerts and comments whose time is over, and wants what follows."""

    def __init__(self, *, effects: Effects) -> None:
        self._effects = effects

    async def threads(
        self, tx: Transaction, creator: CreatorId, day: str, *, before: Millis, days: int, after: ThreadKey
    ) -> ThreadKey | None:
        """Want a look at the next few threads with lines that are over; the last of them, None at the end."""
        due = await removals.threads_due(tx, creator, before=before, after=after, limit=20)
        for key in due:
            await self._effects.add(
                tx,
                EffectRequest(
                    network="discord",
                    kind=DUE,
                    stream=removal_stream(creator),
                    creator=creator,
                    cause=f"due:{key}:{day}",
                    part="look",
                    body={"thread": key, "before": before, "days": days, "day": day},
                ),
            )
        return due[-1] if due else None

    async def alerts(self, tx: Transaction, creator: CreatorId, day: str, *, before: Millis) -> None:
        """Have the lines in the alerts channel removed that are over."""
        forum = await forums.of_creator(tx, creator)
        if forum is None:
            return
        for one in await alert_groups.over(tx, creator, before=before):
            await tombstones.count(tx, creator, day, lines=one.number)
            cause = f"over:{one.place}:{one.newest}"
            await want_edit(tx, self._effects, creator, one.stream, one.place, cause=cause)
        others = await removals.alerts_elsewhere(tx, creator, forum.alerts, before=before, limit=_ELSEWHERE)
        for channel in (forum.alerts, *others):
            number = await removals.take_alerts(tx, creator, channel, before=before)
            if number:
                await tombstones.count(tx, creator, day, lines=number)
                cause = f"alerts:{creator}:{day}"
                cause = cause if channel == forum.alerts else f"{cause}:{channel}"
                await want_removal(tx, self._effects, creator, channel, cause=cause)

    async def posts(self, tx: Transaction, creator: CreatorId, day: str, *, before: Millis) -> int:
        """Have comments' lines removed that are over, of the next few followed posts; of how many."""
        due = await removals.comments_due(tx, creator, before=before, limit=20)
        for channel in due:
            number = await removals.take_comments(tx, creator, channel, before=before)
            await tombstones.count(tx, creator, day, lines=number)
            await want_removal(tx, self._effects, creator, channel, cause=f"comments:{channel}:{day}")
        return len(due)


class DueThreadHandler(EffectHandler):
    """Look how old the newest message of a thread is, and decide: the whole thread, or single lines."""

    on_server = False  # retention goes on, wherever the creator is

    def __init__(self, ctx: Context, *, discord: RemovalPort, lane: DeletionLane) -> None:
        self._ctx = ctx
        self._discord = discord
        self._lane = lane

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Read it; the next step is in the commit that records the reading."""
        thread = await self._ctx.database.read(lambda tx: threads.by_key(tx, ThreadKey(body["thread"])))
        if thread is None or thread.thread is None:
            return Done()
        channel = thread.thread
        stone = await self._ctx.database.read(lambda tx: tombstones.get(tx, channel))
        self._lane.turn()
        try:
            # The bridge's own tombstone is no sign of life.
            seen: ThreadSnapshot | None = await self._discord.look(
                channel, ignoring=stone.message if stone else None
            )
        except TargetGone:
            seen = None
        return Done(then=lambda tx: self._decide(tx, effect, body, thread, seen))

    async def _decide(
        self, tx: Transaction, effect: Effect, body: Body, thread: FanThread, seen: ThreadSnapshot | None
    ) -> None:
        channel = thread.thread
        assert channel is not None
        number = await removals.take_lines(tx, thread.creator, thread.fan, channel, before=body["before"])
        if seen is None:
            await self._forget(tx, thread, channel)
            return
        busy = await removals.anything_since(tx, thread.creator, thread.fan, since=body["before"])
        if number and (busy or seen.last >= body["before"]):
            await tombstones.add(tx, channel, number=number, days=body["days"], at=self._ctx.clock.now())
            await tombstones.count(tx, thread.creator, body["day"], lines=number)
            await want_removal(
                tx,
                self._ctx.effects,
                thread.creator,
                channel,
                cause=effect.id,
                rests=seen.archived,
                marked=True,
            )
        elif number:
            await self._delete(tx, effect, thread, channel)
            await tombstones.count(tx, thread.creator, body["day"], threads=1, lines=number)

    async def _delete(self, tx: Transaction, effect: Effect, thread: FanThread, channel: DiscordId) -> None:
        # From here on the fan has no thread: whatever comes now opens another one, and is not lost with it.
        await threads.gone(tx, thread.key)
        await self._ctx.effects.add(
            tx,
            EffectRequest(
                network="discord",
                kind=DELETE,
                stream=removal_stream(thread.creator),
                creator=thread.creator,
                cause=effect.id,
                part="delete",
                body={"channel": channel, "before": self._before(effect)},
            ),
        )

    def _before(self, effect: Effect) -> Millis:
        return int(self._ctx.effects.body(effect)["before"])

    async def _forget(self, tx: Transaction, thread: FanThread, channel: DiscordId) -> None:
        await removals.all_gone(tx, channel)
        await tombstones.remove(tx, channel)
        if thread.state == "open":
            await threads.gone(tx, thread.key)


async def want_edit(
    tx: Transaction, effects: Effects, creator: CreatorId, stream: Stream, place: str, *, cause: str
) -> None:
    """Have a message of several alerts show only those that still stand in it."""
    on = removal_stream(creator)
    await effects.add(tx, shown_anew(creator, stream, place, cause=cause, stream=on))


async def want_removal(
    tx: Transaction,
    effects: Effects,
    creator: CreatorId,
    channel: DiscordId,
    *,
    cause: str,
    rests: bool = False,
    marked: bool = False,
) -> None:
    """Have all that is listed of a channel taken away.

    `rests`: the thread was archived, and is to be so again. `marked`: a tombstone is shown at the end.
    """
    await effects.add(
        tx,
        EffectRequest(
            network="discord",
            kind=REMOVE,
            stream=removal_stream(creator),
            creator=creator,
            cause=cause,
            part="remove",
            body={"channel": channel, "rests": rests, "marked": marked},
        ),
    )
