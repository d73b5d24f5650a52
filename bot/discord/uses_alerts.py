"""What commands and buttons need of alerts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.access.permits import Actor, Permit
from bot.model.ports import Post
from bot.relay.alerts import AlertChoice


class AlertSetting(Protocol):
    """Permits were given at the door."""

    async def for_creator(self, permit: Permit, chosen: AlertChoice) -> str:
        """A rule about one creator, for their channel; what to tell whoever typed it."""

    async def for_team(self, permits: Sequence[Permit], chosen: AlertChoice) -> str:
        """A rule for the channels of all creators of this server."""

    async def for_me(self, permits: Sequence[Permit], chosen: AlertChoice, *, about_one: bool) -> str:
        """What whoever typed it is told privately, about one creator or all."""


class AlertAsking(Protocol):
    """Reads the rules that hold now."""

    async def why(self, actor: Actor, ref: str) -> str:
        """Why somebody got the alert that a button names."""

    async def show(self, permits: Sequence[Permit]) -> Post:
        """What holds about these creators."""


@dataclass(frozen=True)
class AlertUses:
    """Made and asked."""

    setting: AlertSetting
    asking: AlertAsking
