"""Figures of members and of the whole team, and the words for them."""

import csv
import io

from bot.access.roles import MoneyView
from bot.features.people.workload import sums, texts
from storage.people.workload import AnsweredWait, MemberReplies
from storage.records import DiscordId
from tests.relay.relay_scenario import whole

MARA, THEO = DiscordId(30), DiscordId(31)
SENT = [MemberReplies(MARA, "Mara", 12, 4, 1), MemberReplies(THEO, "=cmd()", 1, 0, 0)]
SECOND = 1000
WAITS = [AnsweredWait(MARA, n * SECOND) for n in (10, 20, 30, 40, 50, 60, 70, 80, 90, 6000)]
TEAM = sums.total(SENT, [*WAITS, AnsweredWait(THEO, 5 * SECOND)])


def test_the_middle_and_the_slowest_tenth_are_waits_that_were() -> None:
    mara, theo = sums.rows(SENT, WAITS)

    assert (mara.answers, mara.median, mara.slowest_tenth) == (10, 50 * SECOND, 90 * SECOND)
    assert (theo.answers, theo.median, theo.slowest_tenth) == (0, None, None)


def test_the_teams_figures_are_over_all_waits() -> None:
    assert (TEAM.replies, TEAM.priced, TEAM.bought) == (13, 4, 1)
    assert (TEAM.answers, TEAM.median, TEAM.slowest_tenth) == (11, 50 * SECOND, 90 * SECOND)


def read(money: MoneyView, *, cut: bool = False) -> str:
    return whole(texts.shown("luna", "7", TEAM, sums.rows(SENT, WAITS), money, cut=cut))


def test_exactly_in_ranges_or_not_at_all() -> None:
    exact, banded, hidden = read(MoneyView.EXACT), read(MoneyView.BANDED), read(MoneyView.HIDDEN)

    assert (
        "<@30>: 12 replies · median wait 50 s, nine of ten within 1 min · 1 of 4 with a price bought" in exact
    )
    assert "<@30>: 12 replies · median wait 50 s, nine of ten within 1 min · bought: too few to say" in banded
    assert "<@31>: 1 reply · bought: too few to say" in banded  # nothing priced reads like a little
    assert "1 of 4" not in banded
    assert "bought" not in hidden
    assert "<@31>: 1 reply" in hidden


def test_a_share_is_told_where_enough_had_a_price() -> None:
    team = sums.total([MemberReplies(MARA, "Mara", 40, 21, 5)], [])

    said = whole(texts.shown("luna", "7", team, [], MoneyView.BANDED, cut=False))

    assert "**All**: 40 replies · about 20% of what had a price bought" in said
    assert "21 had a price" in said


def test_what_was_cut_is_said() -> None:
    assert "newest 11 answers only" in read(MoneyView.EXACT, cut=True)
    assert "only" not in read(MoneyView.EXACT)


def test_a_quiet_time_is_said_in_words() -> None:
    post = texts.shown("luna", "1", sums.total([], []), [], MoneyView.EXACT, cut=False)

    assert "Nobody has sent a reply in this time." in whole(post)


def test_the_file_has_a_line_a_member_and_no_formula() -> None:
    exact = texts.as_csv(sums.rows(SENT, WAITS), MoneyView.EXACT).decode("utf-8-sig")
    hidden = texts.as_csv(sums.rows(SENT, WAITS), MoneyView.HIDDEN).decode()

    rows = list(csv.DictReader(io.StringIO(exact)))
    assert rows[0] == {
        "member_id": "30",
        "member": "Mara",
        "replies": "12",
        "answers": "10",
        "median_wait_s": "50",
        "p90_wait_s": "90",
        "with_price": "4",
        "bought": "1",
    }
    assert rows[1]["member"] == "'=cmd()"
    assert "bought" not in hidden
