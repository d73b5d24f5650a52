"""What was found of Fanvue's addresses outlives the process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.fanvue.addresses import NAME, FanvueAddresses, read_addresses
from bot.fanvue.budget import RequestLane
from bot.fanvue.errors import OperationNotOffered, RequestNotSent
from bot.fanvue.paging import first_of
from bot.fanvue.transport import open_http
from bot.features.operations.doctor import fanvue_checks
from bot.features.operations.fanvue_addresses.store import AddressStore
from storage.records import FanId
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere
from tests.relay.clock_fixtures import SettableClock

NOON = 1_764_504_000_000  # 2025-11-30 12:00 UTC
NOBODY = FanId("00000000-0000-4000-8000-000000000000")


@asynccontextmanager
async def gone(folder: Path, *, whole: bool) -> AsyncIterator[FanvueScenario]:
    """A bridge that keeps what it finds out, on a Fanvue without the unversioned paths."""
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="/v1") as evening:
        evening.holds(evening.server.world.grant(evening.account).access_token)
        evening.server.switches.gone, evening.server.switches.v1_whole = ("unversioned",), whole
        AddressStore(folder, evening.fanvue.addresses, SettableClock(NOON)).begin()
        yield evening


async def test_the_next_process_begins_with_what_was_found_out(tmp_path: Path) -> None:
    async with gone(tmp_path, whole=True) as evening:
        api = evening.fanvue.acting(LINK, lane=RequestLane.REPLY)
        with pytest.raises(RequestNotSent):
            await api.lists.create("mine")
        await api.lists.create("mine")

    async with gone(tmp_path, whole=True) as later:
        made = await later.fanvue.acting(LINK, lane=RequestLane.REPLY).lists.create("mine")

    kept = read_addresses(tmp_path)
    assert made.uuid
    assert kept is not None
    assert (kept.older, kept.guessed) == (False, {"create_list": (True, NOON)})


async def test_what_is_not_there_is_kept_with_its_day_and_told(tmp_path: Path) -> None:
    async with gone(tmp_path, whole=False) as evening:
        api = evening.fanvue.acting(LINK, lane=RequestLane.REPLY)
        for error in (RequestNotSent, OperationNotOffered):
            with pytest.raises(error):
                await first_of(api.lists.on_custom(str(NOBODY)))

        kept = read_addresses(tmp_path)
        [finding] = await fanvue_checks.surfaces(evening.fanvue.asks, "/v1", kept)

    assert kept is not None
    assert kept.guessed == {"custom_list": (False, NOON)}
    assert "who is on a list of your own" in finding.says
    assert finding.says.endswith("Tried by the bridge until 2025-11-30: 0 of 1 are there")


async def test_a_generation_that_was_away_is_asked_again_by_the_next_process(tmp_path: Path) -> None:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="/v1") as evening:
        evening.holds(evening.server.world.grant(evening.account).access_token)
        evening.server.switches.gone = ("v1",)
        AddressStore(tmp_path, evening.fanvue.addresses, SettableClock(NOON)).begin()
        with pytest.raises(RequestNotSent):
            await evening.fanvue.acting(LINK, lane=RequestLane.REPLY).me()
        meanwhile = evening.fanvue.addresses.prefix
    later = FanvueAddresses("/v1")

    AddressStore(tmp_path, later, SettableClock(NOON)).begin()

    assert (meanwhile, later.prefix, later.older) == ("", "/v1", True)


@pytest.mark.parametrize("content", ["", "[]", '{"at": 1, "older": true, "guessed": {"me": 1}}'])
def test_a_file_that_cannot_be_read_is_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content)
    addresses = FanvueAddresses("/v1")

    AddressStore(tmp_path, addresses, SettableClock(NOON)).begin()

    assert (addresses.prefix, addresses.older, addresses.guessed) == ("/v1", True, {})


def test_a_folder_that_cannot_be_written_costs_the_memory_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    no_folder = tmp_path / "a file"
    no_folder.write_text("")
    addresses = FanvueAddresses("/v1")
    AddressStore(no_folder, addresses, SettableClock(NOON)).begin()

    addresses.changed()

    assert read_addresses(no_folder) is None
    assert "could not be kept" in caplog.text
