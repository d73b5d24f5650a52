"""/mass compare: a private picture, no more of money than may be seen."""

from io import BytesIO

import pytest
from PIL import Image

from bot.access.roles import MoneyView
from bot.discord.asking import NOT_HERE
from bot.fanvue.models import MassMessageRow
from bot.fanvue.values import iso_of
from bot.features.publishing.campaigns import comparison_texts
from bot.features.publishing.proposals.model import ProposalRefused
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInAttachment
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from tests.features.publishing.campaigns.test_board import planned, sent
from tests.features.publishing.mass_messages.mass_messages_scenario import MINUTE, MassMessagesScenario

DAY = 86_400_000


def row(
    number: int, *, status: str = "SENT", price: int | None = 999, bought: int | None = 30
) -> MassMessageRow:
    """Went out on day `number`; 100 fans, 40 opened it."""
    return MassMessageRow.model_validate(
        {
            "uuid": f"m{number}",
            "text": f"Set *{number}*",
            "status": status,
            "price": price,
            "publishedAt": iso_of(number * DAY),
            "recipientCount": 100,
            "viewCount": 40,
            "purchaseCount": bought,
            "totalRevenue": None if bought is None else bought * (price or 0),
        }
    )


def pictures(answer: InteractionAnswer) -> list[StandInAttachment]:
    return answer.message.attachments if answer.message is not None else []


def figures(
    rows: list[MassMessageRow], level: MoneyView, asked: str = comparison_texts.BOTH
) -> dict[str, list[str | None]]:
    """What the picture says, by column."""
    figure = comparison_texts.shown_figure(asked, level)
    found = comparison_texts.compared(rows, figure, 20)
    chart = comparison_texts.chart(found, figure, level, "luna", zone_of(DEFAULT_ZONE))
    return {one.name: [None if mark is None else mark.words for mark in one.marks] for one in chart.columns}


async def test_the_picture_has_its_numbers_in_its_words_and_below_it_stands_which_is_which(
    studio: MassMessagesScenario,
) -> None:
    media = studio.evening.server.world.add_media(studio.evening.account, name="A picture")
    await sent(studio, "First *set*", price="9.99", media=media.uuid)
    studio.clock.at += MINUTE
    await sent(studio, "Second", price="4.99", media=media.uuid)
    await planned(studio, "Not yet")

    answer = await studio.campaigns_do("compare")

    [picture] = pictures(answer)
    assert picture.content_type == "image/png"
    assert Image.open(BytesIO(picture.content)).width == 1080
    assert picture.description == (
        "Bar chart, Mass messages of @luna, The last 2 with a price, newest first. Bought and Revenue: "
        "1. 23 Nov 0.0 %, $0.00; 2. 23 Nov 0.0 %, $0.00."
    )
    me = studio.town.olivia.user.id
    lines = answer.text.splitlines()
    assert lines[0] == "### Mass messages of @luna side by side"
    assert lines[1].startswith("**1.** <t:")
    assert lines[1].endswith(f" · “Second” · 1 fan · $4.99 · by <@{me}>")
    assert "“First \\*set\\*”" in lines[2]
    assert "Not yet" not in answer.text


async def test_whoever_may_not_see_it_and_whoever_has_nothing_to_compare_reads_why(
    studio: MassMessagesScenario,
) -> None:
    nothing = await studio.campaigns_do("compare")
    await sent(studio, "Free")

    free = await studio.campaigns_do("compare")
    opened = await studio.campaigns_do("compare", figure="opened")
    denied = await studio.campaigns_do("compare", "maya")

    for answer in (nothing, free):
        assert "no mass message with a price was sent. /mass new sends one." in answer.text
        assert not pictures(answer)
    assert "Opened: 1. 23 Nov 0.0 %" in str(pictures(opened)[0].description)
    assert denied.text == NOT_HERE
    assert not pictures(denied)


@pytest.mark.parametrize(
    ("asked", "level", "shown"),
    [
        ("both", MoneyView.EXACT, {"Bought": ["30.0 %"], "Revenue": ["$299.70"]}),
        ("bought", MoneyView.EXACT, {"Bought": ["30.0 %"]}),
        ("revenue", MoneyView.EXACT, {"Revenue": ["$299.70"]}),
        ("opened", MoneyView.EXACT, {"Opened": ["40.0 %"]}),
        ("both", MoneyView.BANDED, {"Bought, in ranges": ["25 to 50"]}),
        ("revenue", MoneyView.BANDED, {"Bought, in ranges": ["25 to 50"]}),
        ("opened", MoneyView.BANDED, {"Opened": ["40.0 %"]}),
        ("both", MoneyView.HIDDEN, {"Opened": ["40.0 %"]}),
        ("bought", MoneyView.HIDDEN, {"Opened": ["40.0 %"]}),
        ("revenue", MoneyView.HIDDEN, {"Opened": ["40.0 %"]}),
    ],
)
def test_money_shows_only_as_far_as_its_reader_may_see_it(
    asked: str, level: MoneyView, shown: dict[str, list[str]]
) -> None:
    assert figures([row(1)], level, asked) == shown


def test_what_lies_in_the_same_range_looks_the_same() -> None:
    rows = [row(1, bought=0), row(2, bought=9), row(3, bought=26), row(4, bought=49)]

    chart = comparison_texts.chart(
        rows, comparison_texts.BOUGHT, MoneyView.BANDED, "luna", zone_of(DEFAULT_ZONE)
    )

    nothing, few, some, more = (mark and mark.size for mark in chart.columns[0].marks)
    assert nothing == few
    assert some == more


def test_what_fanvue_does_not_tell_is_not_drawn_as_nothing() -> None:
    assert figures([row(1, bought=None)], MoneyView.EXACT) == {"Bought": [None], "Revenue": [None]}


def test_the_newest_that_went_out_are_compared() -> None:
    rows = [row(n) for n in range(1, 30)]
    rows += [row(40, status="SCHEDULED"), row(41, status="UNSENT"), row(42, price=None)]

    found = comparison_texts.compared(rows, comparison_texts.BOTH, 20)

    assert [one.uuid for one in found] == [f"m{n}" for n in range(29, 9, -1)]
    with pytest.raises(ProposalRefused, match="Nothing to compare yet: no"):
        comparison_texts.compared([row(1, status="FAILED")], comparison_texts.BOTH, 20)
