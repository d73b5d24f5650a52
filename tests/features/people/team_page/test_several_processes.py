"""Of several processes each that serves pages knows each session."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import staged
from tests import postgres
from tests.bridge_cluster import GATEWAY, ONE, WEB, BridgeCluster
from tests.features.people.team_page.page_scenario import PageScenario
from tests.features.people.team_page.picture_scenario import PictureScenario, size_of
from tests.features.people.team_page.planning_scenario import POST, PlanningScenario
from tests.proofs.faults.live_bridge import SPEED, LiveBridge, plain

pytestmark = pytest.mark.server

OTHER = "web two"


class PageCluster(BridgeCluster):
    """Two processes serve pages; neither has the session with Discord."""

    names = (WEB, OTHER, GATEWAY, ONE)


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[PageScenario]:
    """Luna has linked her account there."""
    with postgres.emptied() as url:
        async with staged(tmp_path, PageCluster, speed=SPEED, seed=7, DATABASE_URL=url) as stage:
            play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None)
            await play.open_house()
            yield PageScenario(LiveBridge(stage, play, tmp_path))


async def test_one_signs_in_and_each_shows_the_page(team: PageScenario) -> None:
    cluster, owner = team.house.stage.bridge, team.house.stage.owner
    assert isinstance(cluster, PageCluster)
    async with team.signed_in(owner) as browser:
        own = [await browser.get(f"http://{cluster._listens[name]}/page") for name in (WEB, OTHER)]
        await cluster.parts[WEB].kill()
        after = await browser.get("/page")

    assert [(page.status, "Your page" in page.text) for page in (*own, after)] == [(200, True)] * 3


async def test_each_shows_a_picture_though_neither_hears_of_the_forum(team: PageScenario) -> None:
    vault, cluster = PictureScenario(team.house), team.house.stage.bridge
    assert isinstance(cluster, PageCluster)
    item = vault.add("at both")
    async with vault.signed_in(team.house.stage.owner) as browser:
        hosts = [f"http://{cluster._listens[name]}" for name in (WEB, OTHER)]
        found = [await browser.picture(f"{host}{vault.of(item)}") for host in hosts]

    assert [size_of(picture) for picture in found] == [(256, 320)] * 2


async def test_one_form_at_both_processes_at_once_is_one_draft(team: PageScenario) -> None:
    planning, cluster = PlanningScenario(team.house), team.house.stage.bridge
    assert isinstance(cluster, PageCluster)
    async with planning.signed_in(team.house.stage.owner) as browser:
        where = planning.at(POST)
        form = await browser.form(where)
        hosts = [f"http://{cluster._listens[name]}{where}" for name in (WEB, OTHER)]
        sent = await asyncio.gather(*(browser.sends(host, form, text="once") for host in hosts * 2))
        await planning.stands(sent[0])

    assert [answer.status for answer in sent] == [303] * 4
    assert len({answer.where for answer in sent}) == 1
    assert len([line for line in team.house.reports() if "planned on the web page" in plain(line)]) == 1
