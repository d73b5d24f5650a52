"""Which files are played, when links end, how pictures are drawn, the words."""

from io import BytesIO

import pytest
from PIL import Image

from bot.fanvue.previews import NoPicture
from bot.features.publishing.media.file_rules import ends_at, sound_ending, video_ending
from bot.features.publishing.media.pictures import FULL_SIDE, full
from bot.sandbox.fanvue import recordings
from bot.text.media_words import duration, media_label, media_listed, said_exactly

UUID = "11111111-2222-4333-8444-555555555555"
MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("content", "video", "sound"),
    [
        (b"\0\0\0\x18ftypisom\0\0\0\0", "mp4", "m4a"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", "mov", "m4a"),
        (recordings.video(UUID), "webm", None),
        (recordings.voice(UUID), None, "wav"),
        (b"ID3\x04\0\0", None, "mp3"),
        (b"\xff\xfb\x90\x00", None, "mp3"),
        (b"OggS\0\x02", None, "ogg"),
        (b"fLaC\0\0", None, "flac"),
        (b"RIFF\0\0\0\0AVI LIST", None, None),
        (b"\xff\xf1\x50\x80", None, None),  # bare AAC: Discord plays it only in a container
        (b"<!doctype html><script>", None, None),
        (b"MZ\x90\0", None, None),
        (b"", None, None),
    ],
)
def test_what_a_file_is_its_own_bytes_say(content: bytes, video: str | None, sound: str | None) -> None:
    assert (video_ending(content), sound_ending(content)) == (video, sound)


@pytest.mark.parametrize(
    ("address", "until"),
    [
        ("https://media.fanvue.com/a?Expires=1795460400&Signature=x", 1_795_460_400_000),
        ("https://media.fanvue.com/a?expires=1795460400123&signature=x", 1_795_460_400_123),
        ("https://media.fanvue.com/a?X-Amz-Expires=300", None),
        ("https://media.fanvue.com/a?Expires=soon", None),
        ("https://media.fanvue.com/a?Expires=" + "9" * 40, None),
        ("https://media.fanvue.com/a", None),
        ("https://[half", None),
    ],
)
def test_when_a_link_ends_is_said_only_where_it_is_known(address: str, until: int | None) -> None:
    assert ends_at(address) == until


def drawn(width: int, height: int, form: str = "JPEG") -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (drawn(4032, 3024), (4032, 3024)),
        (drawn(640, 800, "WEBP"), (640, 800)),
        (drawn(8000, 2000), (FULL_SIDE, FULL_SIDE // 4)),
        (drawn(8000, 6000), (4000, 3000)),  # more than is decoded: every second line is
    ],
    ids=["as a phone takes it", "another format", "a panorama", "a very large one"],
)
def test_a_picture_keeps_its_size_as_far_as_memory_lets_it(content: bytes, size: tuple[int, int]) -> None:
    assert Image.open(BytesIO(full(content, 10 * MEGABYTE))).size == size


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        ("RGBA", "PNG"),
        ("LA", "PNG"),
        ("P", "PNG"),
        ("1", "PNG"),
        ("I;16", "PNG"),
        ("CMYK", "JPEG"),
        ("P", "GIF"),
    ],
)
def test_a_picture_in_whatever_colours_becomes_an_ordinary_one(mode: str, form: str) -> None:
    out = BytesIO()
    Image.new(mode, (30, 20)).save(out, form)

    made = Image.open(BytesIO(full(out.getvalue(), MEGABYTE)))

    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (30, 20))


@pytest.mark.parametrize("content", [drawn(6000, 5000, "PNG"), drawn(64, 64)], ids=["pixels", "bytes"])
def test_a_picture_that_cannot_be_made_small_enough_is_too_large(content: bytes) -> None:
    with pytest.raises(NoPicture) as none:
        full(content, 100)

    assert none.value.too_large


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([("image", None)], "1 photo"),
        ([("audio", 34_400)], "1 voice note 0:34"),
        ([("video", 34_000), ("image", None), ("image", None)], "2 photos and 1 video 0:34"),
        ([("video", 4_000), ("video", 3_725_000)], "2 videos 0:04, 1:02:05"),
        ([("video", 4_000), ("video", None)], "2 videos"),
        ([("document", None), ("hologram", 5), (None, None)], "1 document and 2 media items"),
        ([("image", None), ("video", 90_000), ("audio", 300)], "1 photo, 1 video 1:30 and 1 voice note 0:01"),
        ([], ""),
    ],
)
def test_the_words_say_what_there_is(items: list[tuple[str | None, int | None]], words: str) -> None:
    assert media_listed(items) == words


@pytest.mark.parametrize(
    ("small", "words"),
    [
        ("<t:1:t> · 📎 3 media items · $5.00", "<t:1:t> · 2 photos and 1 video · $5.00"),
        ("<t:1:t> · 🎤 1 voice note", "<t:1:t> · 2 photos and 1 video"),
        ("✓ Sent <t:1:t>", "✓ Sent <t:1:t>\n2 photos and 1 video"),
        ("", "2 photos and 1 video"),
    ],
)
def test_where_each_is_known_the_line_says_it_in_the_place_of_the_number(small: str, words: str) -> None:
    assert said_exactly(small, "2 photos and 1 video") == words
    assert said_exactly(small, "") == small


def test_of_several_a_line_says_only_how_many_because_fanvue_names_one_type() -> None:
    assert media_label(1, "video") == "🎬 1 video"
    assert media_label(3, "video") == "📎 3 media items"
    assert duration(59_600) == "1:00"
