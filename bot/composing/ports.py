"""What a draft needs: templates, the creator's vault, and what was sent before."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.access.permits import Permit
from bot.fanvue.models import MassMessageRow
from bot.templates.filling import Filled
from storage.records import CreatorId, MediaId


class TextsPort(Protocol):
    """The templates of a creator."""

    async def like(self, permit: Permit) -> Sequence[tuple[str, str]]:
        """Words and ids, the newest used first."""

    async def filled(self, permit: Permit, wanted: str) -> Filled:
        """One of them, as many fans would read it. Raises TemplateRefused."""


class VaultPort(Protocol):
    """What a creator has on Fanvue."""

    async def vault(self, creator: CreatorId, media: Sequence[MediaId]) -> Mapping[MediaId, object]:
        """Those of these that are there. Raises DeliveryFailed."""


class SentPort(Protocol):
    """What Fanvue lists of a creator's mass messages."""

    async def listed(self, creator: CreatorId, *, patient: bool) -> Sequence[MassMessageRow]:
        """The newest ones. Raises DeliveryFailed."""
