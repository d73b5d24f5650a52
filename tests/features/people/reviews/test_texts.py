"""What a page of what was sent says, to whom."""

from dataclasses import replace

import pytest

from bot.access.roles import MoneyView
from bot.discord.message_bodies import message_of
from bot.features.money.periods.bands import shown_to
from bot.features.people.reviews import files, sent_texts
from bot.features.people.reviews.choice_rules import PAGE
from bot.features.people.reviews.sent_texts import SentReplyLine, SentReplyPage
from bot.model.draft_source import MEDIA, PREVIEW, PRICE, TEXT, DraftChange, DraftMark, DraftSource
from bot.relay.review_wishes import SentRepliesOrder, SentRepliesWish
from bot.text.render import person_label
from storage.records import CreatorId, DiscordId, DraftId
from tests.features.people.reviews.reviews_fixtures import LUNA, MARA, NOVA, row
from tests.relay.relay_scenario import whole

GUILD = DiscordId(7)
HERE = (GUILD, DiscordId(8), DiscordId(9))
WHO = "Nora @nora · abcd"
ONE = row(0, price=1200, bought=True, waited=720_000, place=HERE)


def shown(*lines: SentReplyLine, **other: object) -> SentReplyPage:
    """A page with these lines."""
    page = SentReplyPage(
        wish=SentRepliesWish(),
        lines=lines,
        handles={LUNA: "luna"},
        guild=GUILD,
        number=len(lines),
        bought=None,
        cut=False,
        newer=None,
        older=None,
    )
    return replace(page, **other)  # type: ignore[arg-type]


def read(*lines: SentReplyLine, **other: object) -> str:
    """What it says."""
    return whole(sent_texts.page(shown(*lines, **other), shown_to))


def test_a_line_says_when_by_whom_to_whom_after_how_long_for_how_much_and_what() -> None:
    said = read(SentReplyLine(ONE, WHO, "here it is, love", "2 from the vault"))

    assert (
        "<t:1800000000:f> · <@30> → **Nora @nora · abcd** · after 12 min · $12.00, bought\n"
        "https://discord.com/channels/7/8/9\n"
        "||here it is, love|| · 2 from the vault"
    ) in said
    assert "the last 7 days · 1 in all" in said
    assert "luna" not in said


@pytest.mark.parametrize(
    ("money", "told", "not_told"),
    [
        (MoneyView.EXACT, "$12.00, bought", "$10 to"),
        (MoneyView.BANDED, "$10 to $25", "bought"),
        (MoneyView.HIDDEN, "after 12 min\n", "$"),
    ],
)
def test_a_price_is_told_as_exactly_as_the_reader_sees_figures(
    money: MoneyView, told: str, not_told: str
) -> None:
    said = read(SentReplyLine(replace(ONE, money=money), WHO, "hi"))

    assert told in said
    assert not_told not in said


def test_no_text_can_uncover_itself() -> None:
    (line,) = sent_texts.page(shown(SentReplyLine(ONE, WHO, "one || two\n||three||")), shown_to).body

    assert line.endswith(r"||one \|\| two \|\|three\|\|||")


@pytest.mark.parametrize("why", [sent_texts.GONE, sent_texts.UNREADABLE, sent_texts.IN_THREAD])
def test_a_text_that_is_not_shown_says_why(why: str) -> None:
    said = read(SentReplyLine(ONE, WHO, None, why))

    assert f"_{why}_" in said
    assert "||" not in said


def test_what_stands_on_another_server_has_no_link() -> None:
    assert "https" not in read(SentReplyLine(ONE, WHO, "hi"), guild=DiscordId(6))
    assert "https" not in read(SentReplyLine(row(0), WHO, "hi"))


def test_where_there_are_several_creators_each_line_says_whose_it_is() -> None:
    assert "(@no_va)" in read(
        SentReplyLine(row(0, creator=NOVA), WHO, "hi"), handles={LUNA: "luna", NOVA: "no_va"}
    )


def test_the_foot_says_what_was_asked_for() -> None:
    wish = SentRepliesWish(
        member=MARA, priced=True, slower=30, days=30, order=SentRepliesOrder.PRICE, number=1
    )

    said = read(SentReplyLine(ONE, WHO, "hi"), wish=wish, number=17, bought="1 of 2 with a price bought")

    assert (
        "the last 30 days · by <@30> · with a price · after 30 min or more · highest price first · "
        "17 in all, page 2 of 3\n1 of 2 with a price bought\n"
    ) in said
    assert "in all" not in read(SentReplyLine(ONE, WHO, "hi"), wish=wish, number=None)
    assert "page 2\n" in read(SentReplyLine(ONE, WHO, "hi"), wish=wish, number=None)


def test_an_empty_page_and_a_cut_one_are_said() -> None:
    assert "No matches." in read()
    assert "these are only the newest" in read(SentReplyLine(ONE, WHO, "hi"), cut=True)
    assert "these are only the newest" not in read(SentReplyLine(ONE, WHO, "hi"))


def test_creators_that_are_left_out_are_said() -> None:
    assert "you can't see are left out" in read(SentReplyLine(ONE, WHO, "hi"), left_out=True)
    assert "left out" not in read(SentReplyLine(ONE, WHO, "hi"))


def test_eight_long_lines_fit_into_a_message_each_with_some_of_its_text() -> None:
    name = person_label(ONE.reply.fan, "|" * 90, "_" * 90)
    source, change = DraftSource.of_key("k" * 22, "|" * 40), DraftChange(12, (TEXT, MEDIA, PRICE, PREVIEW))
    mark = DraftMark(DraftId("d"), source, change, MARA, DiscordId(1 << 62)).packed()
    reply = replace(ONE.reply, price=99_999_999, drafted=mark)
    line = SentReplyLine(replace(ONE, reply=reply), name, "|" * 5000)
    handles = {LUNA: "_" * 60, NOVA: "x"}

    post = sent_texts.page(shown(*[line] * PAGE, handles=handles, newer="a" * 22, older="b" * 22), shown_to)

    assert message_of(post)
    assert all("…||" in part for part in post.body)


def test_the_file_says_as_much_of_money_as_its_reader_may_know_and_has_no_text() -> None:
    rows = [
        replace(ONE, money=MoneyView.BANDED),
        replace(ONE, money=MoneyView.HIDDEN),
        row(1, fan_name="=cmd()", member_name="+1", creator=NOVA),
        ONE,
    ]

    banded, hidden, other, exact = (
        files.sent(rows, {LUNA: "luna", CreatorId("nova"): "@nova"}, shown_to, GUILD)
        .decode("utf-8-sig")
        .splitlines()[1:]
    )

    start = "2027-01-15 08:00:00,luna,30,Mara,Nora,nora"
    link = "https://discord.com/channels/7/8/9"
    assert exact == f"{start},720,$12.00,yes,{link},,,,,"
    assert banded == f"{start},720,$10 to $25,,{link},,,,,"
    assert hidden == f"{start},720,,,{link},,,,,"
    assert other == "2027-01-15 08:00:00,'@nova,30,'+1,'=cmd(),nora,,,,,,,,,"
