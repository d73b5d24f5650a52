"""An audit in memory: one page, one fan to offer."""

from bot.discord.uses_audit import NoAudit
from storage.records import CreatorId


class DeskAudit(NoAudit):
    """Whoever may ask is offered somebody."""

    async def suggest(self, creator: CreatorId, typed: str) -> list[tuple[str, str]]:
        """One fan of each creator."""
        return [(f"Nora {typed}".strip(), f"pseudonym of {creator}")]
