"""The deed that ends a removed member's own Fanvue link: revoked and erased."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from typing import Protocol

from bot.engine.effect_handler import Body, Done, EffectHandler, Outcome
from storage.records import CreatorId, DiscordId, Effect


class OffboardingUnlinkPort(Protocol):
    """Ends the link of one person to one account, if there is one."""

    async def __call__(self, creator: CreatorId, owner: DiscordId, *, by: DiscordId) -> object:
        """`by`: by whose word."""


class OffboardingLinkHandler(EffectHandler):
    """Repeating it changes nothing: a link that has ended is not there any more."""

    on_server = False

    def __init__(self, unlink: OffboardingUnlinkPort) -> None:
        """`unlink`: how a link ends."""
        self._unlink = unlink

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Fenced and erased at once; Fanvue is told for as long as it takes."""
        by = body.get("by", body["member"])  # an effect of an earlier version does not know
        await self._unlink(CreatorId(body["account"]), DiscordId(body["member"]), by=DiscordId(by))
        return Done()
