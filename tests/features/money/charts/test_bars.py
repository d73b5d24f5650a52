"""A chart of bars: its real picture, read pixel by pixel, and the words beside it."""

from io import BytesIO
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.features.money.charts.bars import draw
from bot.features.money.charts.canvas import BACK, IN, LIGHT, QUIET
from bot.features.money.charts.model import BarChart, ChartColumn, ChartMark, described

LARGEST = 10**10
GROUNDS = ("#FFFFFF", "#313338", "#1A1A1E")  # Discord's light theme, and two dark ones


def chart(rows: int = 5, *, words: str = "{}.0 %", columns: tuple[str, ...] = ("Bought",)) -> BarChart:
    """The first bar is the longest."""
    marks = tuple(ChartMark(rows - n, words.format(rows - n)) for n in range(rows))
    labels = tuple(f"{n + 1}. {n + 1} Nov" for n in range(rows))
    return BarChart("Mass messages", "The last", labels, tuple(ChartColumn(name, marks) for name in columns))


def opened(one: BarChart) -> Image.Image:
    return Image.open(BytesIO(draw(one))).convert("RGB")


def runs(picture: Image.Image, colour: str) -> list[int]:
    """How long the bars of a colour are, from top to bottom: the longest line of each."""
    wanted = tuple(bytes.fromhex(colour[1:]))
    pixels = picture.load()
    assert pixels is not None
    found, inside = [], 0
    for y in range(picture.height):
        line = groupby(pixels[x, y] == wanted for x in range(picture.width))
        here = max((len(list(same)) for is_bar, same in line if is_bar), default=0)
        if here > 40:  # letters of a heading are shorter
            inside = max(inside, here)
        elif inside:
            found.append(inside)
            inside = 0
    return found


def luminance(colour: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(colour[1:])]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def hexes(picture: Image.Image) -> set[str]:
    counted = picture.getcolors(maxcolors=picture.width * picture.height) or []
    return {"#" + bytes(rgb).hex().upper() for _, rgb in counted}  # type: ignore[arg-type]  # RGB


def test_bars_are_as_long_as_their_figures() -> None:
    found = runs(opened(chart(5)), IN)

    assert len(found) == 5
    assert [round(5 * one / found[0], 1) for one in found] == [5, 4, 3, 2, 1]


def test_two_figures_have_two_colours_and_the_same_numbers_of_bars() -> None:
    picture = opened(chart(20, columns=("Bought", "Revenue"), words="$1,2{}0.00"))

    assert len(runs(picture, IN)) >= 15  # the shortest are shorter than letters
    assert len(runs(picture, IN)) == len(runs(picture, BACK))


def test_what_is_written_stands_out_from_its_ground_and_needs_no_theme() -> None:
    picture = opened(chart(5, columns=("Bought", "Revenue")))
    ground = "#" + bytes(picture.getpixel((0, 0))).hex()  # type: ignore[arg-type]  # RGB

    assert {LIGHT, QUIET, IN, BACK} <= hexes(picture)
    assert min(contrast(one, ground) for one in (LIGHT, QUIET, IN, BACK)) >= 4.5
    corners = [(0, 0), (picture.width - 1, 0), (0, picture.height - 1)]
    assert {picture.getpixel(one) for one in corners} == {picture.getpixel((0, 0))}


@pytest.mark.parametrize(("rows", "height"), [(5, 570), (20, 1530)])
def test_a_phone_shows_all_rows_at_once(rows: int, height: int) -> None:
    picture = opened(chart(rows))

    assert picture.width == 1080
    assert picture.height <= height


def test_nothing_has_no_bar_and_what_is_not_known_says_so() -> None:
    marks = (ChartMark(0, "0.0 %"), None, ChartMark(3, "3.0 %"))
    one = BarChart("Mass messages", "The last", ("1.", "2.", "3."), (ChartColumn("Bought", marks),))

    assert len(runs(opened(one), IN)) == 1
    assert described(one).endswith("Bought: 1. 0.0 %; 2. not known; 3. 3.0 %.")


def test_every_number_of_twenty_rows_is_in_the_words() -> None:
    words = described(chart(20, columns=("Bought", "Revenue"), words="$12,345.{}"))

    assert all(f"$12,345.{n + 1}" in words for n in range(20))
    assert len(words) <= 1024


def test_words_that_do_not_fit_end_with_a_whole_row() -> None:
    words = described(chart(40, columns=("Bought", "Revenue"), words="$12,345,678,901.{}"))

    assert len(words) <= 1024
    assert words.endswith(" more rows.")
    told = words.count("; ") + 1
    assert f"And {40 - told} more rows." in words


@settings(max_examples=15, deadline=None)
@given(st.lists(st.none() | st.integers(0, LARGEST), max_size=20), st.text(max_size=200))
def test_any_figures_and_words_can_be_drawn(sizes: list[int | None], title: str) -> None:
    marks = tuple(None if size is None else ChartMark(size, f"${size:,}.00") for size in sizes)
    labels = tuple(str(n) for n in range(len(sizes)))
    one = BarChart(title, title, labels, (ChartColumn("Bought", marks), ChartColumn("Revenue", marks)))

    assert opened(one).width == 1080
    assert 0 < len(described(one)) <= 1024
