"""The deed of a ping: one message that calls somebody about a fan who waits."""

from bot.relay.deeds import Body, fan_of
from bot.relay.pinging import Calling, Scene
from bot.relay.render import person_label
from bot.timers import wording
from bot.timers.calling import Step, called
from storage import fans, talks
from storage.database import Transaction
from storage.records import Effect

_OVER = "The fan does not wait in sight any more."


class Ping(Calling):
    """Call somebody, if the fan still waits."""

    async def scene(self, tx: Transaction, effect: Effect, body: Body) -> Scene:
        """Whether the fan waits in sight, and since then; and whom that concerns."""
        fan, creator, now, step = fan_of(effect), effect.creator, self._clock.now(), Step(effect.part)
        talk, person = await talks.known(tx, creator, fan), await fans.get(tx, creator, fan)
        whom = await called(tx, creator, fan, step, now=now)
        since = talk.waiting_since
        name, handle = (person.display_name, person.handle) if person is not None else (None, None)
        label = person_label(fan, name, handle)
        waits = since is not None and since <= body["since"] and not talk.snoozed(now)
        post = wording.ping(effect.id, label, body["since"], step, whom)
        return Scene(whom, post, over=None if waits else _OVER)
