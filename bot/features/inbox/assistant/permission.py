"""Whether an owner lets the assistant help with a creator's fans."""

from dataclasses import dataclass

from bot.features.inbox.assistant.model import AssistantUse
from storage.database import Transaction
from storage.people import assistant_consents, creators
from storage.records import CreatorId


@dataclass(frozen=True)
class AssistantPermission:
    """What was allowed counts for one server, and while the same person has the creator connected.

    `server`: where texts go; None: no assistant is set up. `engine`: its name for people.
    """

    server: str | None
    engine: str

    async def given(self, tx: Transaction, creator: CreatorId) -> frozenset[AssistantUse]:
        """What it may be asked for now."""
        if self.server is None:
            return frozenset()
        consent, link = await assistant_consents.get(tx, creator), await creators.open_link(tx, creator)
        if consent is None or link is None:
            return frozenset()
        if (consent.server, consent.by) != (self.server, link.discord_user):
            return frozenset()
        return frozenset(use for use in AssistantUse if use in consent.uses)
