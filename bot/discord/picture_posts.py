"""Posts one message with a picture; its words stay what a lock screen shows."""

from typing import Any

from bot.discord.direct_requests import DirectRequests
from bot.discord.message_bodies import container_of, message_of
from bot.model.errors import DeliveryUnknown
from bot.model.language import english
from bot.model.ports import Picture, Post
from storage.records import DiscordId


class PicturePoster:
    """One request each, never re-sent. Raises one of the four failures."""

    def __init__(self, direct: DirectRequests) -> None:
        self._direct = direct

    async def post(self, channel: DiscordId, post: Post, picture: Picture, *, nonce: str) -> DiscordId:
        """Post it into a channel; the same nonce within the window returns the earlier message."""
        path = f"/channels/{channel}/messages"
        made = await self._direct.call(
            "POST",
            path,
            {**_body(post, picture), "nonce": nonce, "enforce_nonce": True},
            place=f"<#{channel}>",
            limit=f"POST {path}",
            files=(picture,),
        )
        try:
            return DiscordId(int(made["id"]))
        except (TypeError, KeyError, ValueError) as odd:
            raise DeliveryUnknown(
                english("We couldn't read Discord's answer; the message may exist.")
            ) from odd


def _body(post: Post, picture: Picture) -> dict[str, Any]:
    body = message_of(post)
    if "content" not in body:  # too long for an ordinary message: the picture stands in the container
        body |= container_of(post, pictures=(picture,))
    return {**body, "attachments": [{"id": "0", "filename": picture.name, "description": picture.alt}]}
