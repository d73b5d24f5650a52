"""What is said of sales fits, gives nothing away, and is safe in a spreadsheet."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.features.money.credit import files, sales_texts, texts
from bot.features.money.credit.explanation_texts import ExplainedSale, by_rules
from bot.features.money.credit.sums import CreditTotals, MemberCredit, by_member
from bot.features.money.credit.texts import CreditStatement
from bot.features.money.periods.bands import BANDED, EXACT, Show
from bot.features.money.periods.days import Days
from bot.features.money.periods.ports import LedgerSums
from bot.relay.reassignment import LONGEST
from storage.money.credit_moves import SaleReassignment
from storage.money.credited_sales import Sale, SaleGroup
from storage.records import DiscordId, Pseudonym

MIA, TOM = DiscordId(1_300_000_000_000_000_011), DiscordId(1_300_000_000_000_000_012)
DAYS = Days(ZoneInfo("Europe/Berlin"), date(2026, 11, 1), date(2026, 11, 26))
HOUR = 3_600_000
SALE = Sale(
    key="3f09ab41c2d5e6f7",
    told=False,
    at=1_795_700_000_000,
    source="message",
    gross=12_34,
    net=9_87,
    currency="USD",
    fan=Pseudonym("ada"),
    back=False,
    sender=MIA,
    sent_at=1_795_690_000_000,
    sent_kind="reply",
    last=TOM,
    last_at=1_795_699_820_000,
    began=1_795_700_000_000,
    known=False,
)


def statement(show: Show, handle: str = "luna", groups: int = 1) -> CreditStatement:
    found = [
        SaleGroup(DiscordId(MIA + n), DiscordId(TOM + n), "USD", False, False, 12_34, 9_87, 3, 1)
        for n in range(groups)
    ]
    return CreditStatement(handle, DAYS, "the last 30 days", LedgerSums((), 0), by_member(found), show)


def test_both_rules_stand_in_one_sentence() -> None:
    said = by_rules(SALE, 24 * HOUR)

    assert said == f"bought what <@{MIA}> sent <t:1795690000:f> · last answered by <@{TOM}> 3 min before"


@pytest.mark.parametrize(
    ("sale", "said"),
    [
        (replace(SALE, sender=None), "bought what someone on Fanvue itself sent"),
        (replace(SALE, sent_at=None, sender=None), "we don't know who sent the message"),
        (replace(SALE, sent_at=None, sender=None, source="post"), "nobody here published it"),
        (
            replace(SALE, sent_at=None, sender=None, copy=True),
            "bought a mass message; we don't know who launched it",
        ),
        (replace(SALE, sent_at=None, source="tip"), "it has no message"),
        (replace(SALE, last=None, last_at=None), "nobody answered within 24 h before"),
        (replace(SALE, last=None, last_at=None, source="renewal"), "automatic renewal"),
        (replace(SALE, last=None, last_at=None, fan=None), "Fanvue doesn't say who bought"),
        (replace(SALE, sent_kind="mass"), "bought the mass message that"),
        (replace(SALE, sent_kind="post"), "bought the post that"),
        (replace(SALE, back=True, known=True), "takes back the sale of <t:1795700000:f>: bought what"),
        (replace(SALE, back=True, last=None, last_at=None), "the refunded sale is not known"),
    ],
)
def test_where_a_rule_says_nobody_it_is_said_why(sale: Sale, said: str) -> None:
    assert said in by_rules(sale, 24 * HOUR)


def test_a_net_that_nobody_was_told_yet_is_pending_and_not_nothing() -> None:
    def said(net: int, without: int) -> str:
        sums = by_member([SaleGroup(MIA, MIA, "USD", False, False, 12_34, net, 3, without)])
        one = replace(statement(EXACT), sums=sums)
        return "\n".join(texts.statement([one], MIA, window=24 * HOUR, whole=True).body)

    assert "**$12.34** gross, net pending, 3 sales" in said(0, 3)
    assert "**$12.34** gross, $4.00 net so far, 3 sales" in said(4_00, 1)
    assert "**$12.34** gross, $9.87 net, 3 sales" in said(9_87, 0)


def test_in_ranges_no_cent_is_told_in_words_or_file() -> None:
    one = statement(BANDED)
    post = texts.statement([one], MIA, window=24 * HOUR, whole=True)
    page = sales_texts.one_sale(ExplainedSale(SALE, "Ada"), show=BANDED, window=24 * HOUR)
    file = files.statement([one], MIA, {}, whole=True, exact=False).decode()
    sales = files.sales("luna", [SALE], {}, BANDED, exact=False).decode()

    for said in ("\n".join(post.body), page, file, sales):
        assert "12.34" not in said
        assert "1234" not in said
        assert "$10 to $25" in said


def test_a_file_names_members_and_has_amounts_in_the_currencys_unit() -> None:
    one = statement(EXACT, handle="=cmd()")
    rows = files.statement([one], MIA, {MIA: "Mia;=cmd()"}, whole=True, exact=True).decode("utf-8-sig")
    sales = files.sales("luna", [replace(SALE, sender=MIA)], {MIA: "Mia"}, EXACT, exact=True).decode(
        "utf-8-sig"
    )

    head, *lines = rows.splitlines()
    assert head.startswith("creator,from,to,zone,currency,member_id,member,rule,gross,net,sales")
    assert (
        f"'=cmd(),2026-11-01,2026-11-26,Europe/Berlin,USD,'{MIA},Mia;'=cmd(),sent,12.34,9.87,3,1,0.00,0,0"
        in lines
    )
    assert f",USD,12.34,9.87,'{MIA},Mia," in sales.splitlines()[1]


def test_a_page_with_the_longest_reasons_fits_into_a_message() -> None:
    move = SaleReassignment("m", "row", None, None, TOM, False, SALE.at, MIA, b"")
    told = ExplainedSale(replace(SALE, move="m", given=TOM), "*" * 80, move, "*" * LONGEST)
    post = sales_texts.page(
        [told] * sales_texts.PAGE,
        handle="l" * 60,
        named="the last 30 days",
        days=DAYS,
        ledgered=LedgerSums((), 0),
        show=EXACT,
        window=24 * HOUR,
        number=1,
        of=100_000,
    )

    assert len("".join((post.title or "", *post.body, post.small or ""))) < 4000


def test_many_members_of_many_creators_fit_and_what_does_not_is_in_the_file() -> None:
    found = [statement(EXACT, handle=f"creator{n}", groups=40) for n in range(30)]
    post = texts.statement(found, MIA, window=24 * HOUR, whole=True)

    assert len("".join((post.title or "", *post.body, post.small or ""))) < 4000
    assert "more are in the file: choose `as_file:`." in post.body[-1]


def test_what_somebody_has_by_one_rule_alone_is_nothing_by_the_other() -> None:
    group = SaleGroup(MIA, None, "USD", True, True, -500, -400, 1, 0)

    sums = by_member([group])["USD"]

    went = CreditTotals(-500, -400, 0, 0, -500, 1, 1)
    assert sums == {MIA: MemberCredit(sent=went), None: MemberCredit(last=went)}
