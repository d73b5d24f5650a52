"""A handful of the views is reached, and one that is not there is named."""

from pathlib import Path

from tests.proofs.album import gallery_views, picker_views
from tests.proofs.album.__main__ import VIEWS, walk
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView, opened
from tests.proofs.album.creator_views import help_one
from tests.proofs.album.inbox_views import board, guard_block
from tests.proofs.album.thread_views import (
    fan_line,
    grant_done,
    link_done,
    reply_sent,
    reply_taken,
    setup_answer,
)

HANDFUL = (
    setup_answer,
    link_done,
    grant_done,
    fan_line,
    reply_taken,
    reply_sent,
    board,
    guard_block,
    help_one,
)
GALLERIES = (*picker_views.VIEWS, *gallery_views.VIEWS)


async def test_a_handful_of_views_is_reached_and_one_that_is_not_there_is_named(tmp_path: Path) -> None:
    seen: dict[str, str] = {}

    async def keep(name: str, shot: AlbumView) -> None:
        seen[name.partition("-")[2]] = shot.words

    async def nowhere(town: AlbumScenario) -> AlbumView:
        return await town.click(await town.line("sam_k", "finally off work"), "No such button")

    async with opened(tmp_path) as town:
        unreached = await walk(town, (*HANDFUL, nowhere, *GALLERIES), keep)
        assert town.stage.discord.contract_errors == []
        assert town.stage.fanvue.contract_errors == []

    assert [name.partition(":")[0] for name in unreached] == ["010-nowhere"]
    assert len(seen) == len((*HANDFUL, *GALLERIES))
    assert "✓ Sent" in seen["reply-sent"]
    assert seen["reply-sent"].endswith("Reply\nUnsend")  # its buttons
    assert "Not sent yet" in seen["guard-block"]
    assert seen["board"].count("· wrote <t:") == seen["board"].count("/channels/") > 1


def test_no_view_stands_twice_in_the_list_and_all_that_were_asked_for_are_in_it() -> None:
    names = [view.__name__ for view in VIEWS]

    assert len(set(names)) == len(names)
    assert set(HANDFUL) <= set(VIEWS)
