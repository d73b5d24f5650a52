"""Handler of a ping: one message that calls somebody about a fan who waits."""

from bot.engine.effect_handler import Body, fan_of
from bot.features.inbox.timers import texts
from bot.features.inbox.timers.recipients import PingStep, called
from bot.model.language import tr
from bot.relay.impostors import label_by_id
from bot.relay.pings import AlertPingHandler, PingNotNeeded, PingSituation
from storage.database import Transaction
from storage.inbox import conversations
from storage.records import Effect


class PingHandler(AlertPingHandler):
    """Call somebody, if the fan still waits."""

    async def scene(self, tx: Transaction, effect: Effect, body: Body) -> PingSituation | PingNotNeeded:
        """Whether the fan waits in sight, and since then; and whom that concerns."""
        fan, creator, now, step = fan_of(effect), effect.creator, self._ctx.clock.now(), PingStep(effect.part)
        talk = await conversations.known(tx, creator, fan)
        since = talk.waiting_since
        if since is None or since > body["since"] or talk.snoozed(now):
            return PingNotNeeded(tr("The fan is no longer waiting in sight."))
        whom = await called(tx, creator, fan, step, now=now)
        label = await label_by_id(tx, creator, fan)
        return PingSituation(whom, texts.ping(effect.id, label, body["since"], step, whom))
