"""Posts the one kind of message that notifies: people and roles by their ids."""

from collections.abc import Sequence
from typing import Any

from bot.discord.direct_requests import DirectRequests
from bot.discord.message_bodies import message_of
from bot.model.errors import DeliveryUnknown
from bot.model.language import english
from bot.model.ports import Post
from storage.records import DiscordId


class MentionPoster:
    """Each call is one attempt."""

    def __init__(self, direct: DirectRequests) -> None:
        self._direct = direct

    async def call(
        self,
        channel: DiscordId,
        post: Post,
        *,
        members: Sequence[DiscordId],
        roles: Sequence[DiscordId],
        nonce: str,
    ) -> DiscordId:
        """Post and notify these alone; the same nonce soon after is the same message."""
        allowed = {"parse": [], "users": [str(one) for one in members], "roles": [str(one) for one in roles]}
        body = {**message_of(post), "nonce": nonce, "enforce_nonce": True, "allowed_mentions": allowed}
        path = f"/channels/{channel}/messages"
        made: Any = await self._direct.call("POST", path, body, place=f"<#{channel}>", limit=f"POST {path}")
        try:
            return DiscordId(int(made["id"]))
        except (TypeError, KeyError, ValueError) as odd:
            raise DeliveryUnknown(
                english("We couldn't read Discord's answer; the message may exist.")
            ) from odd
