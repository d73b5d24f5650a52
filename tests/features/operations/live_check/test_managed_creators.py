"""`doctor --live` through an account that manages a creator."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.features.operations.live_check.live_check_scenario import LiveCheckScenario
from tests.features.people.agency.agency_fixtures import agency, stand_in
from tests.proofs.faults.live_bridge import LiveBridge, housed

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def managed(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """Somebody who manages Luna stands in for her, and a fan has written."""
    async with housed(tmp_path_factory.mktemp("managed"), open_house=False) as made:
        await made.play.set_up()
        made.stage.fanvue.faults.webhooks.off = True
        await stand_in(made, agency(made))
        await made.greeted(made.fan("Nia"), "my cat is called Pixel")
        yield made


@pytest.fixture
def asked(managed: LiveBridge, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> LiveCheckScenario:
    """Each check begins with no record."""
    return LiveCheckScenario(managed, tmp_path, capsys)


async def test_every_read_of_a_managed_creator_is_asked_and_v1_is_tried(asked: LiveCheckScenario) -> None:
    found = await asked.checks()
    asked.as_before()

    assert found.answer("managed") == "v1: 0 of 18, unversioned: 17 of 18"  # one is not allowed
    assert found.step("managed-v1 chats")["says"] == "not there (status 404), as assumed"
    assert found.step("managed-unversioned chats")["says"] == "1 row, as expected"
    assert found.answer("answering") == ""
    assert "single_read" not in found.page


async def test_what_v1_has_of_them_is_found_where_it_is_there(asked: LiveCheckScenario) -> None:
    asked.switches.v1_whole = True
    found = await asked.checks()
    asked.switches.gone = ("unversioned",)
    alone = await asked.checks("--again")
    asked.as_before()

    assert found.answer("managed") == "v1: 16 of 18, unversioned: 17 of 18"
    assert alone.answer("managed") == "v1: 16 of 18"


async def test_what_it_found_has_nothing_of_anybody(asked: LiveCheckScenario) -> None:
    found = await asked.checks("--creator", "@luna.rivers")
    asked.as_before()

    assert found.code in {0, 1}
    assert "my cat is called Pixel" not in found.out + found.progress + found.page
    assert not {mark for mark in asked.private() if len(mark) > 2 and mark in found.out + found.page}
