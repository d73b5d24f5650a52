"""Handlers of a ping about one message of a fan, and of the offer of pings."""

from bot.access.roles import Permission
from bot.engine.effect_handler import Body, Done, fan_of
from bot.features.inbox.pings import texts
from bot.features.inbox.pings.rules import chosen_members, is_worth_a_ping
from bot.model.errors import TargetGone
from bot.model.language import msgid, tr
from bot.relay.ping_recipients import PingRecipients, crew_of
from bot.relay.pings import AlertPingHandler, PingNotNeeded, PingSituation, quiet_now
from bot.text.time_zones import DEFAULT_ZONE
from storage.database import Transaction
from storage.inbox import conversations, pings, routing_offers
from storage.money import digests
from storage.records import DiscordId, Effect, Millis

_MOST = 50  # members whom one message notifies
_OVER = msgid("The message is answered, snoozed, being answered, or too old to ping about.")
_QUIET = msgid("These are the team's quiet hours.")
_NOWHERE = msgid("The creator is on no server.")
_MAY_NOT = msgid("They may not answer these fans.")
_CHOSE = msgid("They have already chosen.")


class MessagePingHandler(AlertPingHandler):
    """Ping those who want it, as they want it now."""

    async def scene(self, tx: Transaction, effect: Effect, body: Body) -> PingSituation | PingNotNeeded:
        """Whom the message concerns now. In quiet hours it is dropped, and does not ring afterwards."""
        creator, now = effect.creator, self._ctx.clock.now()
        talk = await conversations.known(tx, creator, fan_of(effect))
        if not is_worth_a_ping(talk, body["at"], now, fresh=body.get("fresh")):
            return PingNotNeeded(tr(_OVER))
        if await quiet_now(tx, creator, now):
            return PingNotNeeded(tr(_QUIET))
        team = await crew_of(tx, creator)
        if team is None:
            return PingNotNeeded(tr(_NOWHERE))
        zone = await digests.zone(tx, creator) or DEFAULT_ZONE
        offer = await routing_offers.get(tx, creator, talk.fan)
        choices = await pings.of_creator(tx, creator)
        first = offer is not None and offer.stands(now)
        if offer is not None and first:  # until its time is over nobody else is pinged
            choices = [one for one in choices if one.member == offer.member]
        choices = [one for one in choices if one.member != body.get("without")]
        wanting = chosen_members(choices, talk, begins=body["begins"], zone=zone, now=now)
        whom = PingRecipients(tuple(one for one in wanting if team.may(one, Permission.DRAFT))[:_MOST])
        return PingSituation(whom, texts.ping(effect.id, whom, begins=body["begins"], first=first))

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Nothing rings in a channel that was deleted."""
        try:
            return await super().look(effect, body)
        except TargetGone:
            return None

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:  # noqa: ARG002 - see above
        """It lapses soon by itself, so nobody is asked to do anything."""
        return self._ctx.clock.now() + self._ctx.waits.paused


class PingOfferHandler(AlertPingHandler):
    """Ask somebody who may answer now when their phone should ring, unless they chose already."""

    async def scene(self, tx: Transaction, effect: Effect, body: Body) -> PingSituation | PingNotNeeded:
        """Whom it concerns; in quiet hours it waits for their end."""
        subject, one = DiscordId(body["subject"]), body["kind"] == "member"
        team = await crew_of(tx, effect.creator)
        if team is None:
            return PingNotNeeded(tr(_NOWHERE))
        if one and not team.may(subject, Permission.DRAFT):
            return PingNotNeeded(tr(_MAY_NOT))
        if one and await pings.get(tx, effect.creator, subject) is not None:
            return PingNotNeeded(tr(_CHOSE))
        whom = PingRecipients(members=(subject,)) if one else PingRecipients(roles=(subject,))
        return PingSituation(whom, texts.offer(effect.id, whom))
