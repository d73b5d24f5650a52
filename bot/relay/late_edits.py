"""The one rule for edits that Discord may carry out late: one more edit follows.

An edit whose answer was lost may still be carried out when newer ones of the same message have been made,
and show what was once true. So from its repeat on, until nothing of it can be on its way any more, an effect
waits beside the message. It knows the newest edit, whichever that is, and has it made once more at the end
of that time: in the stream of the edits, so that none overtakes another, but not earlier, so that it holds
none up.
"""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from dataclasses import asdict, dataclass

from bot.engine.effect_handler import Body, Done, EffectHandler, Then
from bot.engine.outbox import EffectRequest, Effects
from bot.engine.retry import RetryWaits, last_look
from bot.engine.streams import late_stream
from bot.model.ports import Clock, DiscordPort, Post
from bot.relay.posted_places import place_of
from storage.database import Database, Transaction
from storage.engine import outbox
from storage.records import Effect, EffectState, Millis, Stream

KIND = "edit.again"
_AGAIN = "again"
_OPEN = (EffectState.PENDING, EffectState.SENDING, EffectState.UNKNOWN)


@dataclass(frozen=True)
class RepeatedEdit:
    """A repetition of an edit: an effect of this kind, in the stream of the message's edits."""

    kind: str
    stream: Stream
    body: Body


class LateEdits:
    """Makes every edit of a message on Discord, or is told before and after it."""

    def __init__(self, *, database: Database, effects: Effects, clock: Clock, waits: RetryWaits) -> None:
        self._database = database
        self._effects = effects
        self._clock = clock
        self._waits = waits

    async def edit(
        self, discord: DiscordPort, effect: Effect, place: str, post: Post, again: RepeatedEdit | None = None
    ) -> Then:
        """Edit a message. What is returned belongs into the commit that records it."""
        await self.before(effect, place)
        await discord.edit(*place_of(place), post)
        return self.after(effect, place, again)

    async def before(self, effect: Effect, place: str) -> None:
        """An edit of what is at `place` begins; an earlier attempt of it may still be carried out."""
        if effect.attempt_started is not None:
            await self._database.write(lambda tx: self._unsure(tx, effect, place))

    def after(self, effect: Effect, place: str, again: RepeatedEdit | None = None) -> Then:
        """Note that it was made; `again`: its repetition, where that is not the same effect."""

        async def then(tx: Transaction) -> None:
            newest = again or RepeatedEdit(effect.kind, effect.stream, self._effects.body(effect))
            await self._made(tx, effect, place, newest)

        return then

    def left(self, effect: Effect) -> Millis:
        """The time in which an earlier attempt may still be carried out; 0 or less: no longer."""
        return last_look(effect.settles_from, self._waits) - self._clock.now()

    async def _unsure(self, tx: Transaction, effect: Effect, place: str) -> None:
        until = last_look(self._clock.now(), self._waits)
        waits = await outbox.newest(tx, late_stream(effect.stream, place))
        if waits is None or not await outbox.put_off(tx, waits.id, not_before=until):
            await self._add(tx, effect, place, {}, after=waits, not_before=until)

    async def _made(self, tx: Transaction, effect: Effect, place: str, newest: RepeatedEdit) -> None:
        waits = await outbox.newest(tx, late_stream(effect.stream, place))
        if waits is None:
            return  # every edit of it was answered
        repeats = effect.part == _AGAIN  # and so is no newer than an edit that is known already
        if waits.state is EffectState.PENDING and waits.attempt_started is None:
            if not repeats or not self._effects.body(waits):
                await self._effects.rewrite(tx, waits, kind=KIND, body=asdict(newest), since=None)
        elif not repeats and (waits.state in _OPEN or await self._is_repeated(tx, waits)):
            # What is on its way to be made once more is older than this, which is made again behind it.
            now = self._clock.now()
            await self._add(tx, effect, place, asdict(newest), after=waits, not_before=now)

    async def _is_repeated(self, tx: Transaction, waited: Effect) -> bool:
        once_more = await outbox.by_cause(tx, waited.id, _AGAIN)
        return once_more is not None and once_more.state in _OPEN

    async def _add(
        self,
        tx: Transaction,
        effect: Effect,
        place: str,
        body: Body,
        *,
        after: Effect | None,
        not_before: Millis,
    ) -> None:
        wanted = EffectRequest(
            network="discord",
            kind=KIND,
            stream=late_stream(effect.stream, place),
            creator=effect.creator,
            fan=effect.fan,
            cause=effect.id,
            part=f"{KIND}:{place}:{after.seq if after else 0}",
            body=body,
            not_before=not_before,
        )
        await self._effects.add(tx, wanted)


class EditAgainHandler(EffectHandler):
    """The time of a late edit is over: the newest edit of its message is made once more."""

    on_server = False  # what it adds waits for the server

    def __init__(self, *, effects: Effects) -> None:
        self._effects = effects

    async def do(self, effect: Effect, body: Body) -> Done:
        """Add it in the commit that ends this; an edit that was made meanwhile is the newest."""
        return Done(then=lambda tx: self._add(tx, effect))

    async def _add(self, tx: Transaction, effect: Effect) -> None:
        now = await outbox.get(tx, effect.id) or effect
        newest = self._effects.body(now)
        if not newest:
            return  # no edit of that message came to an end
        wanted = EffectRequest(
            network="discord",
            kind=newest["kind"],
            stream=Stream(newest["stream"]),
            creator=effect.creator,
            fan=effect.fan,
            cause=effect.id,
            part=_AGAIN,
            body=newest["body"],
        )
        await self._effects.add(tx, wanted)
