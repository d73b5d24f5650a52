"""Deeds of an erasure: channels go from Discord one by one; the end is told."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

import logging

from bot.engine.effect_handler import Becomes, Body, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.engine.outbox import unpack_post
from bot.features.people.privacy.deletion_lane import DeletionLane
from bot.model.discord_ports import PrivateMessagePort
from bot.model.errors import BotForbidden, DeliveryRefused, TargetGone
from bot.relay.removal_port import RemovalPort
from storage.database import Database
from storage.people import erasure_places
from storage.records import DiscordId, Effect

log = logging.getLogger(__name__)

TOLD = "erasure.told"


class ErasureRemovalHandler(EffectHandler):
    """Removes a creator's listed items, one call each; those Discord does not allow stay listed."""

    on_server = False  # what must go goes, wherever the creator is

    def __init__(self, *, database: Database, discord: RemovalPort, lane: DeletionLane) -> None:
        self._database = database
        self._discord = discord
        self._lane = lane

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Take the next one away, and go on in the same place."""
        place = await self._database.read(lambda tx: erasure_places.next_place(tx, effect.creator))
        if place is None:
            return Done()
        self._lane.turn()
        try:
            if place.message is None:
                await self._discord.delete_thread(place.channel)
            else:
                await self._discord.take_message(place.channel, place.message)
        except TargetGone:
            pass
        except (DeliveryRefused, BotForbidden) as refused:
            log.warning("something of an erased creator stays on Discord: %s", refused.reason)
            return Becomes(effect.kind, body, lambda tx: erasure_places.refused(tx, place))
        return Becomes(effect.kind, body, lambda tx: erasure_places.taken(tx, place))


class ErasureEndHandler(EffectHandler):
    """A private message to the person who asked. Of unknown fate it counts as told: never twice."""

    settling = SettlingMethod.SEARCH
    on_server = False

    def __init__(self, *, private: PrivateMessagePort) -> None:
        self._private = private

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Tell them, if they take private messages; the audit has it all the same."""
        try:
            member = DiscordId(body["member"])
            await self._private.tell(member, unpack_post(body["post"]), nonce=effect.nonce)
        except (DeliveryRefused, BotForbidden, TargetGone) as closed:
            log.warning("whoever asked could not be told privately: %s", closed.reason)
            return Moot(closed.reason)
        return Done()

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Done: told perhaps, but surely not twice."""
        return Done()
