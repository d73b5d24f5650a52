"""A Discord on which some messages notify: whom each one did, written down once."""

from collections.abc import Sequence
from typing import Any

from bot.model.ports import Post
from storage.records import DiscordId

Notified = tuple[tuple[DiscordId, ...], tuple[DiscordId, ...]]  # members, roles


class NotifyingStandIn:
    """Posts by the stand-in beside it; `calls` has whom each message notified, also if it is gone."""

    discord: Any  # the stand-in of whichever world this is mixed into
    calls: dict[DiscordId, Notified]

    async def call(
        self,
        channel: DiscordId,
        post: Post,
        *,
        members: Sequence[DiscordId],
        roles: Sequence[DiscordId],
        nonce: str,
    ) -> DiscordId:
        """The stand-in's post."""
        made: DiscordId = await self.discord.post(channel, post, nonce=nonce)
        self.calls.setdefault(made, (tuple(members), tuple(roles)))
        return made
