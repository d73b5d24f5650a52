"""Shows a message of several alerts once more, with those left in it."""

from collections.abc import Sequence
from contextlib import suppress

from bot.engine.channel_languages import opened
from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome
from bot.engine.member_languages import spoken_to
from bot.features.operations.alerts.alert_body import unpack
from bot.features.operations.alerts.effects import AlertTarget, RuledAlertHandler
from bot.features.operations.alerts.grouping_rules import AlertMessageGrouper, anew
from bot.features.operations.alerts.texts import OLD_ALERTS, calling
from bot.model.errors import SealDamaged, TargetGone, TextErased, TryLater
from bot.model.language import language, msgid, speaking, tr
from bot.model.ports import DiscordPort, Post
from bot.relay.context import Context
from storage.operations import alert_groups
from storage.records import DiscordId, Effect, Stream


class AlertRefreshHandler(EffectHandler):
    """Edit a message to what is kept of it. What must go waits for no quiet hours."""

    on_server = False

    def __init__(
        self,
        ctx: Context,
        *,
        discord: DiscordPort,
        folding: AlertMessageGrouper,
        channel: RuledAlertHandler,
        member: RuledAlertHandler,
    ) -> None:
        """`channel` and `member`: the handlers that told it; they know how exactly readers see figures."""
        self._ctx = ctx
        self._discord = discord
        self._folding = folding
        self._late = ctx.late
        self._channel = channel
        self._member = member

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Show the rest. An edit that began before may still show what is to go: this one comes after it."""
        stream, place = Stream(body["stream"]), str(body["place"])
        if await self._ctx.database.read(lambda tx: alert_groups.busy(tx, stream)):
            raise TryLater(msgid("Another edit of this message is under way."), after=1.0)
        lines = await self._ctx.database.read(lambda tx: alert_groups.sharing(tx, stream, place))
        shown = Post(body=(tr(OLD_ALERTS),))
        with suppress(TextErased):  # the time of the others is over, too: they go with their day
            whose, member = await self._target(lines)
            spoken = language()
            if member is not None:
                spoken = await self._ctx.database.read(lambda tx: spoken_to(tx, member, effect.creator))
            with speaking(await opened(spoken)):
                shown = calling(self._folding.shown(lines, whose.money), whose.whom)
        try:
            edited = await self._late.edit(self._discord, effect, place, shown, anew(stream, place))
        except TargetGone:
            return Moot(msgid("The message is gone."))
        return Done(then=edited)

    async def _target(self, lines: Sequence[Effect]) -> tuple[AlertTarget, DiscordId | None]:
        for line in lines:
            with suppress(TextErased, SealDamaged):
                body = self._ctx.effects.body(line)
                member = unpack(body).member
                told = self._channel if member is None else self._member
                return await told.stands(line, body), member
        raise TextErased
