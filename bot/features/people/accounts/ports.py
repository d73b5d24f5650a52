"""The ports of linking; `bot.app.accounts` passes the real ones in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.engine.audit_log import AuditLog
from bot.engine.conversation_port import UNHEARD, ConversationPort
from bot.engine.dispatch import Dispatch
from bot.engine.guild_routing import GuildRouting
from bot.engine.outbox import Effects
from bot.fanvue.models import OwnProfile
from bot.features.people.accounts.authority import AuthorizationServerPort
from bot.features.people.accounts.browser_secrets import Random
from bot.features.people.accounts.revocation import TokenRevocation
from bot.model.ports import Clock, Ids, Sealer
from storage.database import Database
from storage.records import DiscordId, Link, Millis

WhoAmI = Callable[[str], Awaitable[OwnProfile]]
"""Reads `GET /users/me` with an access token; raises `bot.fanvue.errors.FanvueError`."""


Leaving = Callable[[Link], Awaitable[None]]
"""Takes back what was made on Fanvue for a link that is about to end; it never raises."""


async def nothing_to_leave(_link: Link) -> None:
    """The default where nothing is made for a link."""


Connected = Callable[[Link], Awaitable[None]]
"""Finds out what there is to know about a link that was just made; it never raises."""


async def nothing_to_find_out(_link: Link) -> None:
    """The default where a link says everything itself."""


async def nothing_promised() -> bool:
    """The default where the sign-in server's own word is not known."""
    return False


class DiscordSignInPort(Protocol):
    """Discord's OAuth with the scope `identify` (bot.discord.sign_in)."""

    def authorize_url(self, *, state: str, challenge: str) -> str:
        """The address of the browser's sign-in."""

    async def who(self, *, code: str, verifier: str) -> DiscordId:
        """The Discord user that a code stands for; raises `bot.model.errors.DeliveryFailed`."""


# Without these a link is not made; the others may be missing.
NEEDED_SCOPES = frozenset({"read:self", "read:chat", "write:chat"})
# Not every app has these ticked, and nobody who sets the bridge up has to think of them.
EXTRA_SCOPES = ("read:tracking_links", "write:tracking_links")


@dataclass(frozen=True)
class LinkSettings:
    """The fixed settings of linking.

    `needed` are the scopes without which a link is not made; the others may be missing. `extra` are asked for
    beside `scopes` where Fanvue's app has them: it refuses the whole sign-in where not. An issuer is
    compared when the answer names one, and must be named when the server promises it (RFC 9207).
    """

    public_url: str
    scopes: tuple[str, ...]
    needed: frozenset[str]
    issuer: str
    discord_issuer: str = "https://discord.com"
    extra: tuple[str, ...] = ()
    ticket_life: Millis = 600_000
    attempt_life: Millis = 600_000
    pending_life: Millis = 600_000
    # Discord lets a command's answer be edited for 15 minutes; the question must arrive before that.
    whole_life: Millis = 840_000
    per_hour: int = 5

    @property
    def all_scopes(self) -> tuple[str, ...]:
        """Everything that is asked for first."""
        return (*self.scopes, *self.extra)


@dataclass(frozen=True)
class AccountLinkContext:
    """Everything that the steps of a link share."""

    database: Database
    sealer: Sealer
    effects: Effects
    dispatch: Dispatch
    clock: Clock
    ids: Ids
    random: Random
    authority: AuthorizationServerPort
    discord: DiscordSignInPort
    who_am_i: WhoAmI
    revoking: TokenRevocation
    settings: LinkSettings
    serving: GuildRouting
    leaving: Leaving = nothing_to_leave
    connected: Connected = nothing_to_find_out
    talks: ConversationPort = UNHEARD
    # Whether Fanvue's sign-in server says that each of its answers names it.
    promises_issuer: Callable[[], Awaitable[bool]] = nothing_promised

    @property
    def journal(self) -> AuditLog:
        return self.effects.trail
