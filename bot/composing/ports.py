"""What a draft needs from the templates and from the creator's vault."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.access.permits import Permit
from bot.relay.ports import Outgoing
from storage.records import CreatorId, MediaId


class TextsPort(Protocol):
    """The templates of a creator."""

    async def like(self, permit: Permit) -> Sequence[tuple[str, str]]:
        """Words and ids, the newest used first."""

    async def filled(self, permit: Permit, wanted: str) -> Outgoing:
        """One of them, as many fans would read it. Raises TemplateRefused."""


class VaultPort(Protocol):
    """What a creator has on Fanvue."""

    async def vault(self, creator: CreatorId, media: Sequence[MediaId]) -> Mapping[MediaId, object]:
        """Those of these that are there. Raises DeliveryFailed."""
