"""A preview that leaves fans out says as of when: when it was counted last."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.broadcast_safety.earlier import Earliers
from bot.broadcast_safety.leave import LIVE
from bot.broadcast_safety.leaving_out import LeavingOut
from bot.broadcast_safety.whom_out import WhomOut
from bot.proposals.features import Preview
from storage.people import creators
from tests.broadcasts.studio import MINUTE, Studio, opened


def leaving_out(studio: Studio) -> LeavingOut:
    """Mass messages as they are proposed, on the studio's Fanvue."""
    whom = WhomOut(
        database=studio.database,
        earliers=Earliers(studio.effects, "mass"),
        there=studio.campaigns.fanvue,
        members=studio.broadcasts.fanvue,
        clock=studio.clock,
    )
    return LeavingOut(studio.broadcasts.feature, database=studio.database, whom=whom, clock=studio.clock)


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


def said(preview: Preview) -> str:
    """Its words."""
    return "\n".join(preview.body)
