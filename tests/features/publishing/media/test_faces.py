"""Creators' own pictures: theirs and nobody else's, or none."""

from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from PIL import Image

from bot.fanvue.previews import PreviewPictures
from bot.features.publishing.media.creator_pictures import CreatorPictures
from bot.features.publishing.media.small_pictures import SmallPictures
from bot.model.acting_account import CallAccount
from bot.model.errors import TryLater
from storage.records import CreatorId
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, ManualPauses, evening_on
from tests.fanvue.peer_stand_in import open_here

NEVER = 7.0  # a pause that no test ends
OTHER = CreatorId("0d9f9a53-7a54-4c86-9f6f-9a3a7a1d0001")


@pytest.fixture
async def evening() -> AsyncIterator[FanvueScenario]:
    """Luna, whose profile has a picture."""
    async with open_here() as http, evening_on(http, prefix="", sleep=ManualPauses()) as there:
        yield there


def faces(
    evening: FanvueScenario, *, managed: CreatorId | None = None, seconds: float = 60.0
) -> CreatorPictures:
    """As the bridge reads them, through Luna's own link, or that of somebody who manages her."""

    async def identity(creator: CreatorId) -> CallAccount:
        if creator not in (evening.creator, OTHER):
            raise TryLater("not connected", paused=True)
        return CallAccount(LINK, managed)

    previews = PreviewPictures(evening.http, api_url=evening.server.url, hosts=())
    return CreatorPictures(evening.fanvue, identity, SmallPictures(previews), seconds=seconds)


async def test_a_picture_is_small_and_drawn_anew(evening: FanvueScenario) -> None:
    found = await faces(evening).of([evening.creator])

    with Image.open(BytesIO(found[evening.creator])) as face:
        assert (face.format, max(face.size)) == ("JPEG", 160)


async def test_who_has_none_or_is_not_connected_or_is_somebody_else_has_none(evening: FanvueScenario) -> None:
    missing = CreatorId("0d9f9a53-7a54-4c86-9f6f-9a3a7a1d0002")
    several = await faces(evening).of([OTHER, missing, evening.creator])
    evening.server.world.faceless.add(evening.account.uuid)
    none = await faces(evening).of([evening.creator])

    assert list(several) == [evening.creator]
    assert none == {}


async def test_through_the_account_of_somebody_who_manages_them_nothing_is_asked(
    evening: FanvueScenario,
) -> None:
    before = len(evening.server.ledger.of("request"))

    found = await faces(evening, managed=evening.creator).of([evening.creator])

    assert found == {}
    assert len(evening.server.ledger.of("request")) == before


@pytest.mark.parametrize("path", ["/users/me$", "^/_media/"])
@pytest.mark.parametrize("fault", ["delay", "error_before", "lose_answer"])
async def test_where_fanvue_does_not_answer_in_time_the_name_stands_alone(
    evening: FanvueScenario, path: str, fault: str
) -> None:
    evening.server.faults.add(fault, "GET", path, count=None, seconds=NEVER)  # type: ignore[arg-type]  # a kind by its name

    found = await faces(evening, seconds=0.3 if fault == "delay" else 60.0).of([evening.creator])

    assert found == {}


async def test_an_address_elsewhere_is_not_read(evening: FanvueScenario) -> None:
    evening.server.switches.media_url_base = "https://media.example.com"

    assert await faces(evening).of([evening.creator]) == {}
