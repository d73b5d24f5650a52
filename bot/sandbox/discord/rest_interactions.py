"""The operations on interactions and their webhooks, signed by a token."""

from bot.sandbox.discord import callbacks
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.interactions import StandInInteraction, StandInInteractions
from bot.sandbox.discord.message_wire import message_json
from bot.sandbox.discord.routing import RestCall, RestReply, RestRoute
from bot.sandbox.discord.world import DiscordWorld


class InteractionRoutes:
    """Everything below /interactions and /webhooks."""

    def __init__(self, world: DiscordWorld, interactions: StandInInteractions) -> None:
        """The interactions of this world."""
        self._world = world
        self._interactions = interactions

    def routes(self) -> list[RestRoute]:
        """The operations; none of them counts against the fifty per second."""
        hook = "/webhooks/{webhook_id}/{token}"
        one = hook + "/messages/{message_id}"
        return [
            RestRoute(
                "POST", "/interactions/{interaction_id}/{token}/callback", self.answer, 5, 1, True, True
            ),
            RestRoute("POST", hook, self.follow_up, 5, 2, True, True),
            RestRoute("GET", one, self.get, 5, 2, True, True),
            RestRoute("PATCH", one, self.edit, 5, 2, True, True),
            RestRoute("DELETE", one, self.delete, 5, 2, True, True),
        ]

    def _made(self, call: RestCall) -> StandInInteraction:
        return self._interactions.by_webhook(call.id("webhook_id"), call.params["token"])

    def answer(self, call: RestCall) -> RestReply:
        """The first answer to an interaction."""
        ids = (call.id("interaction_id"), call.params["token"])
        made = callbacks.answer(self._world, self._interactions, ids, call.body, call.uploads)
        if call.query.get("with_response") in {"1", "true"}:
            return RestReply(200, callbacks.callback_json(self._world, made))
        return RestReply(204)

    def follow_up(self, call: RestCall) -> RestReply:
        if call.body is None:
            raise DiscordApiError(50006)
        message = callbacks.follow_up(self._world, self._made(call), call.body, call.uploads)
        return RestReply(200, message_json(self._world, message))

    def get(self, call: RestCall) -> RestReply:
        """An answer, as it is now."""
        message = callbacks.find(self._made(call), call.params["message_id"])
        return RestReply(200, message_json(self._world, message))

    def edit(self, call: RestCall) -> RestReply:
        made = self._made(call)
        message = callbacks.edit(self._world, made, call.params["message_id"], call.body, call.uploads)
        return RestReply(200, message_json(self._world, message))

    def delete(self, call: RestCall) -> RestReply:
        callbacks.delete(self._world, self._made(call), call.params["message_id"])
        return RestReply(204)
