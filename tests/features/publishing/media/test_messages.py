"""Previews of what goes with one message, on both surfaces of Fanvue."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.features.publishing.media.message_service import NOT_CONNECTED, NOT_HERE, MessageMediaService
from bot.features.publishing.media.texts import BLURRED, NO_COPY
from bot.model.ports import Picture
from bot.sandbox.fanvue.records import MessageRecord
from storage.records import FanvueMessageId, LinkId
from tests.fanvue.peer_stand_in import PeerStandIn
from tests.features.publishing.media.media_scenario import MediaScenario
from tests.features.publishing.media.media_scenario import opened as open_gallery


@pytest.fixture(params=["/v1", ""], ids=["v1", "unversioned"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[MediaScenario]:
    """A gallery that speaks one surface of Fanvue's."""
    async with open_gallery(tmp_path, prefix=request.param) as there:
        yield there


async def looked(
    gallery: MediaScenario, message: MessageRecord, *, adult: bool = True
) -> tuple[Sequence[str], Sequence[Picture]]:
    """What a member is shown of a message."""
    link = gallery.town.desk.links[0]
    messages = gallery.town.bot.services.get(MessageMediaService)
    return await messages.pictures(link, gallery.evening.fan_id, FanvueMessageId(message.uuid), adult=adult)


async def test_every_picture_of_the_message_and_no_other_is_shown_covered(either: MediaScenario) -> None:
    await either.fan.write("before", 3)
    message = await either.fan.write("look", 2)
    await either.fan.write("after", 1)

    notes, pictures = await looked(either, message)

    assert notes == (NO_COPY,)
    assert [one.spoiler for one in pictures] == [True, True]
    assert either.fetched() == [("thumbnail", True), ("thumbnail", True)]


async def test_a_message_far_up_in_the_chat_is_found_and_one_that_is_gone_is_said_to_be(
    either: MediaScenario,
) -> None:
    old = await either.fan.write("old", 1)
    for number in range(60):  # a page of a chat has fifty
        await either.fan.write(f"then {number}")

    notes, pictures = await looked(either, old)
    gone, nothing = await looked(either, replace(old, uuid=either.evening.fan_id))  # type: ignore[arg-type]

    assert (notes, len(pictures)) == ((NO_COPY,), 1)
    assert gone == ("No pictures: Fanvue no longer has this message, or it is too old to be found there.",)
    assert nothing == ()


async def test_an_address_that_is_over_is_asked_for_once_more(gallery: MediaScenario) -> None:
    message = await gallery.fan.write("look", 1)
    gallery.evening.server.faults.add("error_before", "GET", "/_media/", status=403)

    notes, pictures = await looked(gallery, message)

    assert (notes, len(pictures)) == ((NO_COPY,), 1)


async def test_one_that_fails_costs_only_itself_and_equal_reasons_are_said_once(
    gallery: MediaScenario,
) -> None:
    message = await gallery.fan.write("look", 5)
    media = gallery.evening.server.world.media
    first, second, third, fourth, _fifth = (media[uuid] for uuid in message.media)
    for odd in (first, third, fourth):
        gallery.serve(odd, b"<html>", "image/png")
    gallery.evening.server.world.lacking[second.uuid] = frozenset({"thumbnail"})

    notes, pictures = await looked(gallery, message)

    assert notes == (
        "No preview of 1, 3 and 4: media unavailable, what Fanvue gave is not a picture.",
        BLURRED,
        NO_COPY,
    )
    assert [one.name for one in pictures] == ["SPOILER_preview-2.jpg", "SPOILER_preview-5.jpg"]


async def test_an_address_of_another_host_is_never_asked(gallery: MediaScenario) -> None:
    message = await gallery.fan.write("look", 1)
    async with PeerStandIn() as far:
        gallery.evening.server.switches.media_url_base = far.url

        notes, pictures = await looked(gallery, message)

        assert far.seen == []
    assert notes == (
        "No preview: media unavailable, Fanvue named an address that this bridge does not read from.",
    )
    assert list(pictures) == []


async def test_where_it_may_not_be_shown_or_nobody_connected_fanvue_is_asked_nothing(
    gallery: MediaScenario,
) -> None:
    message = await gallery.fan.write("look", 1)
    before = len(gallery.evening.server.ledger.of("request"))
    messages = gallery.town.bot.services.get(MessageMediaService)

    hidden = await looked(gallery, message, adult=False)
    alone = await messages.pictures(None, gallery.evening.fan_id, FanvueMessageId(message.uuid), adult=True)

    assert (hidden, alone) == (((NOT_HERE,), ()), ((NOT_CONNECTED,), ()))
    assert len(gallery.evening.server.ledger.of("request")) == before


async def test_whoever_manages_the_creator_reads_through_their_own_account(gallery: MediaScenario) -> None:
    message = await gallery.fan.write("look", 1)
    world = gallery.evening.server.world
    agent = world.add_member("agent", "Agent", [gallery.evening.account])
    gallery.evening.holds(world.grant(agent).access_token)
    link = replace(gallery.town.desk.links[0], id=LinkId("elsewhere"), via=gallery.town.desk.links[0].id)

    notes, pictures = await gallery.town.bot.services.get(MessageMediaService).pictures(
        link, gallery.evening.fan_id, FanvueMessageId(message.uuid), adult=True
    )

    assert (notes, len(pictures)) == ((NO_COPY,), 1)
    asked = [str(one["path"]) for one in gallery.evening.server.ledger.of("request")]
    assert all("/creators/" in path for path in asked[-2:])
