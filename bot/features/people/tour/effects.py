"""Shows a new member around, privately and at most once."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from bot.access.roles import Permission
from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.engine.member_languages import writing_to
from bot.features.people.tour import texts
from bot.model.discord_ports import PrivateMessagePort
from bot.model.errors import BotForbidden, DeliveryRefused, TargetGone
from bot.model.language import msgid
from bot.relay.ping_recipients import crew_of
from storage.database import Database
from storage.records import DiscordId, Effect


class TourHandler(EffectHandler):
    """Of unknown fate it counts as told: nobody is shown around twice."""

    settling = SettlingMethod.SEARCH
    on_server = False

    def __init__(self, *, database: Database, private: PrivateMessagePort) -> None:
        self._database = database
        self._private = private

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Tell them, if they still are in the team and take private messages."""
        member = DiscordId(body["member"])
        team = await self._database.read(lambda tx: crew_of(tx, effect.creator))
        if team is not None and not team.may(member, Permission.READ):
            return Moot(msgid("They are no longer in the team."))
        try:
            async with writing_to(self._database, member, effect.creator):
                await self._private.tell(member, texts.welcome(), nonce=effect.nonce)
        except (DeliveryRefused, BotForbidden, TargetGone):
            return Moot(msgid("They take no private messages from the bot; /help has the tour."))
        return Done()

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Done: told perhaps, but surely not twice."""
        return Done()
