"""The ports of a draft: templates, the creator's vault, earlier mass messages."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.access.permits import Permit
from bot.fanvue.models import MassMessageRow
from bot.features.inbox.templates.fill_service import FilledTemplate
from bot.features.publishing.posts.plan_rules import PostFile
from storage.records import CreatorId, MediaId


class DraftTextsPort(Protocol):
    """The templates of a creator."""

    async def like(self, permit: Permit) -> Sequence[tuple[str, str]]:
        """Words and ids, the newest used first."""

    async def filled(self, permit: Permit, wanted: str) -> FilledTemplate:
        """One of them, as many fans would read it. Raises TemplateRefused."""


class DraftVaultPort(Protocol):
    """A creator's vault on Fanvue."""

    async def vault(self, creator: CreatorId, media: Sequence[MediaId]) -> Mapping[MediaId, PostFile]:
        """Those of these that are there. Raises DeliveryFailed."""


class DraftHistoryPort(Protocol):
    """Fanvue's list of a creator's mass messages."""

    async def listed(self, creator: CreatorId, *, patient: bool) -> Sequence[MassMessageRow]:
        """The newest ones. Raises DeliveryFailed."""
