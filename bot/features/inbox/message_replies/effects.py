"""Takes away what was typed, once the reply's own line stands in its place."""

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome
from bot.model.errors import BotForbidden, DeliveryRefused, TryLater
from bot.model.language import english, msgid
from bot.relay.posted_places import place_of
from bot.relay.removal_port import RemovalPort
from storage.database import Database
from storage.engine import outbox
from storage.inbox import message_replies
from storage.records import DiscordId, Effect, EffectId, EffectState

_LOOK_AGAIN = 1.0  # seconds: the line is on its way
_NO_RIGHT = msgid(
    "The bot may not delete typed messages: allow it “Manage Messages” in this forum. "
    "Until then the text appears twice in the thread."
)
_ENDED = (EffectState.DONE, EffectState.REJECTED, EffectState.CANCELLED, EffectState.ABSENT)


class MessageRemovalHandler(EffectHandler):
    """Deletes a member's message, and the bridge's lines about it. Harmless to repeat."""

    on_server = False

    def __init__(self, *, database: Database, discord: RemovalPort) -> None:
        self._database = database
        self._discord = discord

    async def do(self, effect: Effect, body: Body) -> Outcome:  # noqa: ARG002 - the port's
        """One message, or a message and its line."""
        try:
            return await (self._message(body) if "typed" in body else self._line(body))
        except BotForbidden as lacking:  # nothing else waits for this right
            raise DeliveryRefused(_NO_RIGHT) from lacking

    async def _message(self, body: Body) -> Outcome:
        message = DiscordId(body["typed"])
        shown = await self._database.read(lambda tx: outbox.by_cause(tx, body["reply"], "show"))
        row = await self._database.read(lambda tx: message_replies.get(tx, message))
        if shown is None or row is None or (shown.state in _ENDED and shown.external_id is None):
            return Moot(msgid("The reply has no line of its own in the thread, so the typed message stays."))
        if shown.external_id is None:
            raise TryLater(english("The reply's own line is not there yet."), after=_LOOK_AGAIN)
        await self._discord.take_message(row.channel, message)
        if row.line is not None:
            await self._take(row.line)
        return Done()

    async def _line(self, body: Body) -> Outcome:
        unless = body.get("unless")
        send = await self._database.read(lambda tx: outbox.get(tx, EffectId(unless or "")))
        if send is not None and send.state is EffectState.CANCELLED:
            return Moot(msgid("It was cancelled, and its line shows what you can do."))
        await self._take(EffectId(body["line"]))
        return Done()

    async def _take(self, line: EffectId) -> None:
        posted = await self._database.read(lambda tx: outbox.get(tx, line))
        if posted is None or (posted.state in _ENDED and posted.external_id is None):
            return
        if posted.external_id is None:
            raise TryLater(english("The line to remove isn't there yet."), after=_LOOK_AGAIN)
        await self._discord.take_message(*place_of(posted.external_id))
