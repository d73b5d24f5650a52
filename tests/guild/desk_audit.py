"""An audit in memory: one page, one fan to offer."""

from bot.guild.uses_audit import NothingWritten
from storage.records import CreatorId


class DeskAudit(NothingWritten):
    """Whoever may ask is offered somebody."""

    async def suggest(self, creator: CreatorId, typed: str) -> list[tuple[str, str]]:
        """One fan of each creator."""
        return [(f"Nora {typed}".strip(), f"pseudonym of {creator}")]
