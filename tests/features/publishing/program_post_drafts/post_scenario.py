"""A program drafts posts, and managers open them."""

from dataclasses import dataclass

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from tests.features.operations.channel_drafts.channel_scenario import ChannelDraftScenario
from tests.proofs.faults.live_bridge import PATIENCE


@dataclass
class ProgramPostScenario(ChannelDraftScenario):
    """The program with its keys, and the alerts channel that its drafts appear in."""

    path = "post-drafts"
    title = "Post"

    async def confirms(self, preview: InteractionAnswer, label: str) -> InteractionAnswer:
        """The owner presses a button of a preview."""
        assert preview.message is not None
        return await (await self.house.stage.owner.click(preview.message, label)).done(PATIENCE)

    def published(self) -> list[FanvueLedgerEntry]:
        """All posts that Fanvue accepted."""
        return list(self.house.stage.fanvue.ledger.of("post"))
