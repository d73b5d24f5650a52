"""The templates that a draft offers and takes its words from."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.features.inbox.templates.fill_service import FilledTemplate, TemplateFillService
from bot.features.inbox.templates.search_service import TemplateSearchService


class DraftTemplates:
    """Whether somebody may use templates for this creator was asked before."""

    def __init__(self, finding: TemplateSearchService, filling: TemplateFillService) -> None:
        self._finding = finding
        self._filling = filling

    async def like(self, permit: Permit) -> Sequence[tuple[str, str]]:
        """Words and ids, the newest used first."""
        return await self._finding.like(permit, "")

    async def filled(self, permit: Permit, wanted: str) -> FilledTemplate:
        """One of them. Raises TemplateRefused, too where it needs a fan's name."""
        return await self._filling.for_all(permit, wanted)
