"""Handler of a reminder: one message about a promise that is due."""

from bot.engine.effect_handler import Body, fan_of
from bot.features.inbox.promises import texts
from bot.model.language import tr
from bot.relay.impostors import label_by_id
from bot.relay.ping_recipients import PingRecipients, crew_of
from bot.relay.pings import AlertPingHandler, PingNotNeeded, PingSituation
from storage.database import Transaction
from storage.inbox import promises
from storage.inbox.promises import OPEN
from storage.records import CreatorId, DiscordId, Effect


class PromiseReminderHandler(AlertPingHandler):
    """Call the promising member, if they still answer this creator's fans, else the team."""

    async def scene(self, tx: Transaction, effect: Effect, body: Body) -> PingSituation | PingNotNeeded:
        """Whether it is still owed, and still about this date."""
        fan, promise = fan_of(effect), await promises.get(tx, body["promise"])
        if promise is None or promise.state != OPEN or promise.reminder != effect.id:
            return PingNotNeeded(tr("This promise is settled, or has a new due time."))
        whom = await _called(tx, effect.creator, promise.owed_by)
        label = await label_by_id(tx, effect.creator, fan)
        post = texts.reminder(effect.id, promise, label, whom)
        return PingSituation(whom, post, silent=body["silent"])


async def _called(tx: Transaction, creator: CreatorId, owes: DiscordId | None) -> PingRecipients:
    crew = await crew_of(tx, creator)
    if crew is None:
        return PingRecipients()
    return PingRecipients((owes,)) if owes is not None and crew.may_answer(owes) else crew.team()
