"""What is shown of the media of one message, on both surfaces of Fanvue."""

from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.features.publishing.media.message_service import (
    LARGEST,
    TOGETHER,
    MediaRequest,
    MessageMediaService,
    ShownMedia,
)
from bot.features.publishing.media.message_texts import NO_MESSAGE, NOT_CONNECTED, NOT_HERE
from bot.sandbox.fanvue import recordings
from bot.sandbox.fanvue.records import MediaRecord, MessageRecord, UserId
from storage.records import FanvueMessageId, LinkId
from tests.fanvue.peer_stand_in import PeerStandIn
from tests.features.publishing.media.media_scenario import MediaScenario
from tests.features.publishing.media.media_scenario import opened as open_gallery

DISCORDS = 10 * 1024 * 1024  # what it takes in one file, unless a server is boosted


@pytest.fixture(params=["/v1", ""], ids=["v1", "unversioned"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[MediaScenario]:
    """A gallery that speaks one surface of Fanvue's."""
    async with open_gallery(tmp_path, prefix=request.param) as there:
        yield there


def asked(gallery: MediaScenario, message: MessageRecord, **other: Any) -> MediaRequest:
    """A member's wish to see a message's media in an age-restricted channel."""
    wanted = MediaRequest(
        link=gallery.town.desk.links[0],
        fan=gallery.evening.fan_id,
        message=FanvueMessageId(message.uuid),
        adult=True,
        most=DISCORDS,
    )
    return replace(wanted, **other)


async def looked(gallery: MediaScenario, message: MessageRecord, **other: Any) -> ShownMedia:
    """What a member is shown of a message."""
    return await gallery.town.bot.services.get(MessageMediaService).shown(asked(gallery, message, **other))


def media_of(gallery: MediaScenario, message: MessageRecord) -> list[MediaRecord]:
    return [gallery.evening.server.world.media[uuid] for uuid in message.media]


async def test_every_picture_of_the_message_and_no_other_is_shown_covered_in_its_own_size(
    either: MediaScenario,
) -> None:
    await either.fan.write("before", 3)
    message = await either.fan.write("look", 2)
    await either.fan.write("after", 1)

    shown = await looked(either, message)

    assert (shown.words, shown.notes) == ("2 photos", ())
    assert [one.spoiler for one in shown.pictures] == [True, True]
    assert [Image.open(BytesIO(one.content)).size for one in shown.pictures] == [(640, 800)] * 2
    assert either.fetched() == [("main", True), ("main", True)]


async def test_a_video_and_a_voice_note_come_as_they_are_and_the_words_say_how_long(
    gallery: MediaScenario,
) -> None:
    message = await gallery.fan.write("look", 1, "video")
    voice = (await gallery.fan.write(None, 1, "audio")).media[0]
    message.media.append(voice)

    shown = await looked(gallery, message)

    assert (shown.words, shown.notes) == ("1 video 0:02 and 1 voice note 0:03", ())
    assert [one.name for one in shown.pictures] == ["SPOILER_video-1.webm"]
    assert [one.name for one in shown.sounds] == ["SPOILER_voice-2.wav"]
    assert shown.pictures[0].content == recordings.video(message.media[0])
    assert shown.sounds[0].content == recordings.voice(voice)


async def test_what_the_camera_wrote_into_a_picture_stays_behind_and_its_size_does_not(
    gallery: MediaScenario,
) -> None:
    message = await gallery.fan.write("look", 1)
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (48.0, 12.0, 0.0)}  # where it was taken
    exif[0x0112] = 6  # on its side
    taken = BytesIO()
    Image.new("RGB", (4032, 3024), "teal").save(taken, "JPEG", exif=exif, comment=b"at home")
    gallery.serve(media_of(gallery, message)[0], taken.getvalue(), "image/jpeg")

    (shown,) = (await looked(gallery, message)).pictures

    picture = Image.open(BytesIO(shown.content))
    assert (picture.size, dict(picture.getexif())) == ((3024, 4032), {})
    assert b"at home" not in shown.content


async def test_a_picture_that_is_too_much_for_discord_is_drawn_less_finely(gallery: MediaScenario) -> None:
    message = await gallery.fan.write("look", 1)
    noise = BytesIO()
    Image.effect_noise((1600, 1200), 120).convert("RGB").save(noise, "PNG")
    gallery.serve(media_of(gallery, message)[0], noise.getvalue(), "image/png")

    (shown,) = (await looked(gallery, message, most=900_000)).pictures

    assert len(noise.getvalue()) > 900_000
    assert len(shown.content) <= 900_000
    assert Image.open(BytesIO(shown.content)).format == "JPEG"


async def test_a_video_too_large_for_discord_is_shown_as_a_still_with_a_link_that_ends(
    gallery: MediaScenario,
) -> None:
    message = await gallery.fan.write("look", 1, "video")

    shown = await looked(gallery, message, most=1000)

    assert [one.name for one in shown.pictures] == ["SPOILER_still-1.jpg"]
    assert shown.words == "1 video 0:02"
    assert shown.notes[0] == "It is too large for Discord. This is a small picture of it."
    assert shown.notes[1].startswith("Anyone with the link can open the file until <t:")
    ((words, address),) = shown.links
    assert words == "Open video 1 on Fanvue"
    assert address.startswith(gallery.evening.server.url)


async def test_a_voice_note_that_discord_does_not_play_and_a_document_have_a_link(
    gallery: MediaScenario,
) -> None:
    message = await gallery.fan.write("look", 1, "audio")
    message.media.append((await gallery.fan.write(None, 1, "document")).media[0])
    gallery.serve(media_of(gallery, message)[0], b"#!AMR old phone", "audio/amr")

    shown = await looked(gallery, message)

    assert shown.notes[0] == "Number 1 and 2: Discord can't play this kind of file."
    assert [words for words, _ in shown.links] == ["Open voice note 1 on Fanvue", "Open document 2 on Fanvue"]


async def test_more_than_one_answer_holds_goes_on_in_the_next(gallery: MediaScenario) -> None:
    message = await gallery.fan.write("look", 12)

    first = await looked(gallery, message)
    rest = await looked(gallery, message, first=first.following)

    assert (len(first.pictures), first.following) == (10, 10)
    assert first.words == "10 photos (number 1 to 10 of 12)"
    assert (len(rest.pictures), rest.following) == (2, None)
    assert [one.name for one in rest.pictures] == ["SPOILER_photo-11.jpg", "SPOILER_photo-12.jpg"]


async def test_together_they_are_never_more_than_an_answer_may_hold(gallery: MediaScenario) -> None:
    message = await gallery.fan.write("look", 3, "video")
    for one in media_of(gallery, message):
        gallery.serve(one, recordings.video(one.uuid) + bytes(TOGETHER // 2 - 400_000), "video/webm")

    shown = await looked(gallery, message, most=100 * 1024 * 1024)

    assert (len(shown.pictures), shown.following) == (2, 2)
    assert sum(len(one.content) for one in shown.pictures) <= TOGETHER
    assert LARGEST <= TOGETHER


async def test_a_message_far_up_in_the_chat_is_found_and_one_that_is_gone_is_said_to_be(
    either: MediaScenario,
) -> None:
    old = await either.fan.write("old", 1)
    for number in range(60):  # a page of a chat has fifty
        await either.fan.write(f"then {number}")

    found = await looked(either, old)
    gone = await looked(either, replace(old, uuid=either.evening.fan_id))  # type: ignore[arg-type]

    assert len(found.pictures) == 1
    assert gone == ShownMedia((f"No media: {NO_MESSAGE}",))


async def test_an_address_that_is_over_is_asked_for_once_more(gallery: MediaScenario) -> None:
    message = await gallery.fan.write("look", 1)
    gallery.evening.server.faults.add("error_before", "GET", "/_media/", status=403)

    shown = await looked(gallery, message)

    assert (shown.words, len(shown.pictures)) == ("1 photo", 1)


@pytest.mark.parametrize("status", ["processing", "created", "error"])
async def test_what_is_not_ready_is_said(gallery: MediaScenario, status: str) -> None:
    message = await gallery.fan.write("look", 2)
    media_of(gallery, message)[0].status = status

    shown = await looked(gallery, message)

    assert shown.notes[0] == (
        "Number 1: Fanvue has no file for it yet: it may still be processing. Try again in a minute."
    )
    assert len(shown.pictures) == 1


async def test_what_belongs_to_another_creator_is_never_fetched(gallery: MediaScenario) -> None:
    message = await gallery.fan.write("look", 2)
    world = gallery.evening.server.world
    media_of(gallery, message)[0].owner = UserId(world.add_creator("other", "Other").uuid)

    shown = await looked(gallery, message)

    assert shown.notes[0] == "Number 1: It belongs to another account, so we don't show it here."
    assert gallery.fetched() == [("main", True)]


async def test_one_that_fails_costs_only_itself_and_equal_reasons_are_said_once(
    gallery: MediaScenario,
) -> None:
    message = await gallery.fan.write("look", 4)
    first, second, third, _fourth = media_of(gallery, message)
    for odd in (first, third):
        gallery.serve(odd, b"<html>", "image/png")
    gallery.evening.server.world.lacking[second.uuid] = frozenset({"main", "thumbnail"})

    shown = await looked(gallery, message)

    assert shown.words == "4 photos"
    assert shown.notes[:2] == (
        "Number 1 and 3: Not available: what Fanvue gave is not a picture.",
        "Number 2: Fanvue doesn't provide this file. This is a blurred picture of it.",
    )
    assert [one.name for one in shown.pictures] == ["SPOILER_still-2.jpg", "SPOILER_photo-4.jpg"]


async def test_an_address_of_another_host_is_neither_asked_nor_handed_on(gallery: MediaScenario) -> None:
    message = await gallery.fan.write("look", 1, "video")
    async with PeerStandIn() as far:
        gallery.evening.server.switches.media_url_base = far.url

        shown = await looked(gallery, message)

        assert far.seen == []
    assert shown.notes[0] == "Not available: Fanvue named an address that this bridge does not read from."
    assert not shown.shows


async def test_where_it_may_not_be_shown_or_nobody_connected_fanvue_is_asked_nothing(
    gallery: MediaScenario,
) -> None:
    message = await gallery.fan.write("look", 1)
    before = len(gallery.evening.server.ledger.of("request"))

    hidden = await looked(gallery, message, adult=False)
    alone = await looked(gallery, message, link=None)

    assert (hidden, alone) == (ShownMedia((NOT_HERE,)), ShownMedia((NOT_CONNECTED,)))
    assert len(gallery.evening.server.ledger.of("request")) == before


async def test_whoever_manages_the_creator_reads_through_their_own_account(gallery: MediaScenario) -> None:
    message = await gallery.fan.write("look", 1)
    world = gallery.evening.server.world
    agent = world.add_member("agent", "Agent", [gallery.evening.account])
    gallery.evening.holds(world.grant(agent).access_token)
    link = replace(gallery.town.desk.links[0], id=LinkId("elsewhere"), via=gallery.town.desk.links[0].id)

    shown = await looked(gallery, message, link=link)

    assert (shown.words, len(shown.pictures)) == ("1 photo", 1)
    asked_for = [str(one["path"]) for one in gallery.evening.server.ledger.of("request")]
    assert all("/creators/" in path for path in asked_for[-2:])
