"""Handler of an alert: a message of its own, or one more line of the one above."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.access.roles import MoneyView
from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod, Then, both
from bot.features.operations.alerts.grouping_rules import AlertMessageGroup, AlertMessageGrouper, anew
from bot.features.operations.alerts.texts import calling, in_thread
from bot.features.operations.alerts.treatment_rules import Treated
from bot.model.errors import TargetGone, TryLater
from bot.model.language import msgid
from bot.model.ports import DiscordPort, Post
from bot.relay.alerts import SHOWN_ANEW
from bot.relay.context import Context
from bot.relay.ping_recipients import PingRecipients
from bot.relay.pings import PingPort
from bot.relay.posted_places import place_of
from storage.database import Transaction
from storage.operations import alert_groups
from storage.records import DiscordId, Effect

NOBODY_CALLED = PingRecipients()
_SOON = msgid("It joins the message above with the next edit.")
_ANOTHER_EDIT = 0.5  # seconds; half of what that edit would wait for this one


@dataclass(frozen=True, kw_only=True)
class AlertHandlerParts:
    """The parts of both handlers."""

    ctx: Context
    discord: DiscordPort
    calling: PingPort
    folding: AlertMessageGrouper


@dataclass(frozen=True)
class AlertTarget:
    """An alert's place now, how exactly it tells figures there, and whom it calls."""

    channel: DiscordId
    money: MoneyView
    whom: PingRecipients = NOBODY_CALLED
    thread: DiscordId | None = None  # the fan's, where the reader is elsewhere


@dataclass(frozen=True)
class DroppedAlert:
    """It is told nobody any more."""

    why: str


class RuledAlertHandler(EffectHandler):
    """One alert. Subclasses say where it goes; of unclear fate it is looked for before it is given up."""

    settling = SettlingMethod.NONCE

    def __init__(self, parts: AlertHandlerParts) -> None:
        self._parts = parts

    async def target(self, effect: Effect, body: Body) -> AlertTarget | DroppedAlert:
        """As things stand now. Raises TryLater while it is quiet."""
        raise NotImplementedError

    async def stands(self, effect: Effect, body: Body) -> AlertTarget:
        """Of one that was told: for whom it stands there, and how exactly they see figures now."""
        raise NotImplementedError

    async def treated(self, tx: Transaction, effect: Effect, body: Body) -> Treated:
        """Each kind's treatment by the rules of now, where this alert is."""
        raise NotImplementedError

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Show it, and all that waits behind it, with one call."""
        fold = await self._parts.ctx.database.read(lambda tx: self._parts.folding.above(tx, effect))
        wait = self._parts.folding.rest(fold, self._parts.ctx.clock.now()) if fold is not None else 0
        if wait:
            raise TryLater(_SOON, after=wait / 1000)
        target = await self.target(effect, body)
        if isinstance(target, DroppedAlert):
            found = await self.look(effect, body) if effect.attempts else None
            return found or Moot(target.why)
        if fold is not None and place_of(fold.place)[0] == target.channel:
            if await self._parts.ctx.database.read(
                lambda tx: alert_groups.edited(tx, effect.creator, SHOWN_ANEW)
            ):
                raise TryLater(_SOON, after=_ANOTHER_EDIT)
            try:
                return await self._join(effect, body, target, fold)
            except TargetGone:  # somebody deleted that message
                return await self._post(effect, body, target)
        return await self._post(effect, body, target)

    async def find(self, effect: Effect, channel: DiscordId) -> Done | None:
        """Search a channel for the button that carries this effect's id, maybe on a message from before."""
        since = effect.since - self._parts.folding.window
        posted = await self._parts.discord.find_post(channel, effect.id, since=since)
        return None if posted is None else Done(f"{channel}:{posted}")

    async def _join(self, effect: Effect, body: Body, target: AlertTarget, fold: AlertMessageGroup) -> Done:
        more = await self._behind(effect, body, fold)
        shown, again = self._shown([*fold.lines, effect, *more], target), anew(effect.stream, fold.place)
        edited = await self._parts.ctx.late.edit(self._parts.discord, effect, fold.place, shown, again)
        told = self._then(more, fold.place)
        return Done(fold.place, edited if told is None else both(told, edited))

    async def _post(self, effect: Effect, body: Body, target: AlertTarget) -> Done:
        # After an attempt that may have passed, Discord gives back that message: who else is in it, nobody
        # knows. They join it with an edit.
        more = () if effect.attempt_started is not None else await self._behind(effect, body, None)
        post, channel = self._shown([effect, *more], target), target.channel
        if target.whom:
            made = await self._parts.calling.call(
                channel, post, members=target.whom.members, roles=target.whom.roles, nonce=effect.nonce
            )
        else:
            made = await self._parts.discord.post(channel, post, nonce=effect.nonce)
        place = f"{channel}:{made}"
        return Done(place, self._then(more, place))

    def _shown(self, lines: Sequence[Effect], target: AlertTarget) -> Post:
        same = len({line.fan for line in lines}) == 1
        shown = self._parts.folding.shown(lines, target.money)
        return calling(in_thread(shown, target.thread if same else None), target.whom)

    async def _behind(self, effect: Effect, body: Body, fold: AlertMessageGroup | None) -> Sequence[Effect]:
        now = self._parts.ctx.clock.now()

        async def work(tx: Transaction) -> Sequence[Effect]:
            more = await self._parts.folding.behind(tx, effect, fold, now)
            # A rule was made since they were decided: what it has told otherwise waits for its own turn.
            return self._parts.folding.alike(body, more, await self.treated(tx, effect, body)) if more else ()

        return await self._parts.ctx.database.read(work)

    def _then(self, more: Sequence[Effect], place: str) -> Then | None:
        if not more:
            return None
        ids = [one.id for one in more]

        async def then(tx: Transaction) -> None:
            await alert_groups.shown(tx, ids, place, now=self._parts.ctx.clock.now())

        return then
