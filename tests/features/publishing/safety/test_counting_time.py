"""A preview that leaves fans out says as of when: when it was counted last."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.features.publishing.proposals.model import ProposalPreview
from bot.features.publishing.safety.exclusion_proposal_decorator import ExclusionProposalDecorator
from bot.features.publishing.safety.exclusion_rules import LIVE
from bot.features.publishing.safety.exclusion_service import ExclusionService
from bot.features.publishing.safety.message_history import MassMessageHistory
from storage.people import creators
from tests.features.publishing.mass_messages.mass_messages_scenario import (
    MINUTE,
    MassMessagesScenario,
    opened,
)


def leaving_out(studio: MassMessagesScenario) -> ExclusionProposalDecorator:
    """Mass messages as they are proposed, on the studio's Fanvue."""
    whom = ExclusionService(
        studio.on,
        earliers=MassMessageHistory(studio.effects, "mass"),
        there=studio.campaigns.fanvue,
        members=studio.broadcasts.fanvue,
    )
    return ExclusionProposalDecorator(studio.on, studio.broadcasts.feature, whom=whom)


async def test_looked_at_once_more_it_has_the_time_of_that_look(tmp_path: Path) -> None:
    async with opened(tmp_path) as studio:
        feature, began = leaving_out(studio), studio.clock.now()
        link = await studio.database.read(lambda tx: creators.open_link(tx, studio.evening.creator))
        assert link is not None
        typed: dict[str, Any] = {"text": "Hello", "price": None, "media": [], "preview": None}
        first = await feature.preview(link, {**typed, "to": "subscribers", "without": "", "leave": [LIVE]})
        studio.clock.at += 7 * MINUTE
        anew = await feature.preview(link, first.content)

        assert f"as of <t:{began // 1000}:t>" in said(first)
        assert f"as of <t:{(began + 7 * MINUTE) // 1000}:t>" in said(anew)
        assert asdict(anew)["content"] == asdict(first)["content"]


def said(preview: ProposalPreview) -> str:
    """Its words."""
    return "\n".join(preview.body)
