"""A covered preview: what is shown to whom, and every way in which there is none."""

import logging
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.fanvue.records import MediaRecord
from tests.fanvue.peer_stand_in import PeerStandIn
from tests.features.publishing.media.media_scenario import MediaScenario, files, offered, opened, picture


async def shown(gallery: MediaScenario) -> Any:
    """The newest item, chosen in the fan's thread."""
    answer = await gallery.ask(place=gallery.fan_thread.thread)
    return await gallery.show(answer, offered(answer)[0])


def png(width: int, height: int, mode: str = "RGB", **more: Any) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new(mode, (width, height), "teal" if mode == "RGB" else 1).save(out, "PNG", **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["image", "video"])
async def test_a_preview_is_small_covered_and_for_this_person_alone(
    gallery: MediaScenario, kind: str
) -> None:
    made = gallery.add("beach", kind)

    answer = await shown(gallery)

    assert (picture(answer).format, picture(answer).size) == ("JPEG", (256, 320))
    assert [file.filename for file in files(answer)] == ["SPOILER_preview-1.jpg"]
    (gallery_part,) = [part for part in answer.message.components[0]["components"] if part["type"] == 12]
    assert gallery_part["items"][0]["spoiler"] is True
    assert made.uuid not in answer.text
    assert "Previews are covered, only you see them, and we keep no copy." in answer.text
    assert gallery.fetched() == [("thumbnail", True)]


@pytest.mark.parametrize(
    ("kind", "lacks", "form", "words"),
    [
        ("image", {"thumbnail"}, "blurred", "Fanvue has only a blurred preview."),
        (
            "image",
            {"thumbnail", "blurred"},
            "main",
            "Previews are covered, only you see them, and we keep no copy",
        ),
        (
            "video",
            {"thumbnail"},
            "thumbnail_gallery",
            "Previews are covered, only you see them, and we keep no copy",
        ),
    ],
)
async def test_the_smallest_form_that_is_there_is_taken(
    gallery: MediaScenario, kind: str, lacks: set[str], form: str, words: str
) -> None:
    gallery.add("beach", kind, lacks=lacks)

    answer = await shown(gallery)

    assert words in answer.text
    assert gallery.fetched() == [(form, True)]


@pytest.mark.parametrize(
    ("kind", "lacks", "words"),
    [
        ("audio", (), "No preview: an audio file has no picture."),
        ("document", (), "No preview: such a file has no picture."),
        ("video", ("thumbnail", "thumbnail_gallery", "blurred"), "No preview: Fanvue has no picture of it."),
    ],
)
async def test_the_file_itself_is_fetched_only_of_pictures(
    gallery: MediaScenario, kind: str, lacks: tuple[str, ...], words: str
) -> None:
    gallery.add("night", kind, lacks=lacks)

    answer = await shown(gallery)

    assert words in answer.text
    assert gallery.fetched() == []


async def test_a_picture_is_drawn_anew_without_what_else_was_in_it(gallery: MediaScenario) -> None:
    exif = Image.Exif()
    exif[0x010E] = "at home"
    gallery.serve(gallery.add("beach"), png(3000, 1500, exif=exif), "image/png")

    answer = await shown(gallery)

    assert picture(answer).size == (1024, 512)
    assert dict(picture(answer).getexif()) == {}
    assert b"at home" not in files(answer)[0].content


TALL = png(6000, 6000, "1")
NO_PICTURE = "No preview: media unavailable, what Fanvue gave is not a picture."
NOT_READ = "No preview: media unavailable, Fanvue named an address that this bridge does not read from."
LATER = "No preview: media unavailable, it could not be fetched from Fanvue right now."


@pytest.mark.parametrize(
    ("content", "content_type", "words"),
    [
        pytest.param(b"<html>", "text/html", NO_PICTURE, id="a page"),
        pytest.param(b"<svg xmlns='x'/>", "image/svg+xml", NO_PICTURE, id="a drawing"),
        pytest.param(b"<html>", "image/png", NO_PICTURE, id="a page that says picture"),
        pytest.param(png(64, 64)[:60], "image/png", NO_PICTURE, id="half a picture"),
        pytest.param(b"", "image/png", NO_PICTURE, id="nothing"),
        pytest.param(
            TALL,
            "image/png",
            "No preview: media unavailable, it is too large to be shown here.",
            id="36 megapixels",
        ),
        pytest.param(
            b"\xff" * (8 * 1024 * 1024 + 1),
            "image/jpeg",
            "No preview: media unavailable, it is too large to be shown here.",
            id="more than 8 MiB",
        ),
    ],
)
async def test_what_is_no_small_picture_is_told_in_words(
    gallery: MediaScenario, content: bytes, content_type: str, words: str
) -> None:
    made = gallery.add("beach")
    gallery.serve(made, content, content_type)

    answer = await shown(gallery)

    assert words in answer.text
    assert "beach" in answer.text
    assert files(answer) == []


async def test_an_address_that_is_over_is_asked_for_once_more(gallery: MediaScenario) -> None:
    gallery.add("beach")
    gallery.evening.server.faults.add("error_before", "GET", "/_media/", status=403)

    answer = await shown(gallery)

    assert picture(answer).size == (256, 320)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"kind": "error_before", "status": 403}, "the address that Fanvue gave for it was no longer valid."),
        ({"kind": "error_before", "status": 503}, "Fanvue did not give it out."),
        ({"kind": "lose_answer"}, "it could not be fetched from Fanvue right now."),
        ({"kind": "delay", "seconds": 3600.0}, "it could not be fetched from Fanvue right now."),
    ],
    ids=["expired", "trouble", "cut", "slow"],
)
async def test_a_picture_that_does_not_come_costs_the_words_nothing(
    gallery: MediaScenario, fault: dict[str, Any], words: str
) -> None:
    gallery.add("beach")
    gallery.evening.server.faults.add(method="GET", path="/_media/", count=None, **fault)

    answer = await shown(gallery)

    assert f"No preview: media unavailable, {words}" in answer.text
    assert "beach" in answer.text


async def test_a_picture_that_discord_does_not_take_costs_the_words_nothing(gallery: MediaScenario) -> None:
    gallery.add("beach")
    answer = await gallery.ask(place=gallery.fan_thread.thread)
    gallery.town.server.faults.fail("PATCH", "@original$", 413)

    seen = await gallery.show(answer, offered(answer)[0])

    assert "beach" in seen.text
    assert files(seen) == []


async def test_an_item_that_is_gone_is_told(gallery: MediaScenario) -> None:
    made: MediaRecord = gallery.add("beach")
    answer = await gallery.ask(place=gallery.fan_thread.thread)
    del gallery.evening.server.world.media[made.uuid]

    seen = await gallery.show(answer, offered(answer)[0])

    assert seen.text == "Fanvue no longer has this item. Run /media browse again to see what is there now."


async def test_an_age_restricted_text_channel_shows_it_too(gallery: MediaScenario) -> None:
    gallery.add("beach")
    there = gallery.town
    alerts = there.server.world.add_channel(there.guild, "alerts", nsfw=True)
    answer = await gallery.ask(place=alerts)

    seen = await gallery.show(answer, offered(answer)[0])

    assert picture(seen).size == (256, 320)


async def test_no_picture_is_shown_outside_age_restricted_channels(gallery: MediaScenario) -> None:
    gallery.add("beach")
    answer = await gallery.ask()

    seen = await gallery.show(answer, offered(answer)[0])

    assert "Previews appear only in age-restricted channels, and this one isn't." in seen.text
    assert "beach" in seen.text
    assert files(seen) == []
    assert gallery.fetched() == []


# ── several at once ──


async def test_several_items_are_shown_at_once(gallery: MediaScenario) -> None:
    made = [
        gallery.add("one"),
        gallery.add("two", "audio"),
        gallery.add(status="processing"),
        gallery.add("four"),
    ]
    answer = await gallery.ask(place=gallery.fan_thread.thread)

    seen = await gallery.show(answer, *offered(answer))

    assert not any(item.uuid in seen.text for item in made)
    assert "**2.** Fanvue is still processing it; it can't be sent yet\n**3.** **Audio** · two" in seen.text
    assert "No preview of 3: an audio file has no picture." in seen.text
    assert "To send one: Reply → Add media" in seen.text
    assert [file.filename for file in files(seen)] == ["SPOILER_preview-1.jpg", "SPOILER_preview-4.jpg"]


async def test_one_that_is_gone_costs_the_others_nothing(gallery: MediaScenario) -> None:
    kept, gone = gallery.add("kept"), gallery.add("gone")
    answer = await gallery.ask(place=gallery.fan_thread.thread)
    del gallery.evening.server.world.media[gone.uuid]

    seen = await gallery.show(answer, *offered(answer))

    assert "**1.** Fanvue no longer has this item." in seen.text
    assert kept.uuid not in seen.text
    assert len(files(seen)) == 1


async def test_four_are_chosen_at_most(gallery: MediaScenario) -> None:
    for number in range(6):
        gallery.add(f"set {number}")
    answer = await gallery.ask(place=gallery.fan_thread.thread)

    with pytest.raises(NotPossible, match="between 1 and 4"):
        await gallery.show(answer, *offered(answer)[:5])


# ── where the bridge reads from ──


async def test_a_redirect_is_not_followed(gallery: MediaScenario) -> None:
    async with PeerStandIn() as far:
        gallery.serve(gallery.add("beach"), b"", "image/png", moved_to=f"{far.url}/secret")

        answer = await shown(gallery)

        assert "No preview: media unavailable, Fanvue did not give it out." in answer.text
        assert far.seen == []


@pytest.mark.parametrize("hosts", [(), ("fanvue.com",)], ids=["none", "fanvue.com"])
async def test_an_address_of_another_host_is_never_asked(tmp_path: Path, hosts: tuple[str, ...]) -> None:
    async with PeerStandIn() as far, opened(tmp_path, hosts=hosts) as gallery:
        gallery.add("beach")
        gallery.evening.server.switches.media_url_base = far.url

        answer = await shown(gallery)

        assert NOT_READ in answer.text
        assert far.seen == []


async def test_where_discord_does_not_take_the_picture_the_words_come_and_say_so(
    gallery: MediaScenario,
) -> None:
    gallery.add("beach")
    answer = await gallery.ask(place=gallery.fan_thread.thread)
    gallery.town.server.faults.fail("PATCH", "/webhooks/.*", 400)

    seen = await gallery.show(answer, offered(answer)[0])

    assert files(seen) == []
    assert "beach" in seen.text
    assert "Discord did not accept the files, so only the words are here." in seen.text


async def test_a_signed_address_is_in_no_message_and_in_no_log(
    gallery: MediaScenario, caplog: pytest.LogCaptureFixture
) -> None:
    gallery.add("beach")
    broken = gallery.add("broken")
    gallery.serve(broken, b"", "image/png")

    with caplog.at_level(logging.INFO):
        answer = await gallery.ask(place=gallery.fan_thread.thread)
        seen = [await gallery.show(answer, label) for label in offered(answer)]

    told = repr([one.message.components for one in (answer, *seen) if one.message is not None])
    ours = [
        record for record in caplog.records if record.name.partition(".")[0] in {"bot", "cogs", "storage"}
    ]
    assert len(gallery.fetched()) == 2
    assert "signature=" not in told
    assert "/_media/" not in told
    assert [record for record in ours if "_media" in record.getMessage()] == []
