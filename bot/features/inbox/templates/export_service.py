"""Templates as a file, for a team to take along or keep beside the bridge."""

from dataclasses import dataclass

from bot.access.permits import Permit
from bot.features.inbox.templates.file_format import ExportedTemplate, as_csv, as_json
from bot.features.inbox.templates.search_service import TemplateSearchService
from bot.features.inbox.templates.service import TemplateService
from storage.database import Database, Transaction


@dataclass(frozen=True)
class TemplateExport:
    """A file, how many templates it has, and how many are damaged and not in it."""

    content: bytes
    number: int
    unread: int


class TemplateExportService:
    """Whether somebody may have it was asked before."""

    def __init__(
        self, *, database: Database, finding: TemplateSearchService, keeping: TemplateService
    ) -> None:
        self._database = database
        self._finding = finding
        self._keeping = keeping

    async def export(self, permit: Permit, *, csv: bool = False) -> TemplateExport:
        """All that can be read: name, text, price in cents, media, preview, shared."""

        async def work(tx: Transaction) -> tuple[list[ExportedTemplate], int]:
            found = await self._finding.usable(tx, permit)
            await self._keeping.note(tx, permit, "template.export", "")
            read = [(kept, self._finding.readable(kept)) for kept in found]
            rows = [ExportedTemplate(kept.name, said, kept.shared) for kept, said in read if said is not None]
            return rows, len(read) - len(rows)

        rows, unread = await self._database.write(work)
        return TemplateExport(as_csv(rows) if csv else as_json(rows), len(rows), unread)
