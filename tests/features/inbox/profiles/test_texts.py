"""Behind More stands what its reader may see, and it fits into one message."""

import re
from dataclasses import replace

import pytest

from bot.discord.message_bodies import container_of
from bot.features.inbox.notes.service import OpenedNote
from bot.features.inbox.profiles.fanvue import FanListMemberships, FanvueFanProfile, ProfilePayments
from bot.features.inbox.profiles.figure_texts import ProfileFigureFormat
from bot.features.inbox.profiles.loader import NEWEST, OpenReplies, ProfileFacts
from bot.features.inbox.profiles.texts import HIDDEN, on_lists, profile
from bot.features.money.periods.bands import BANDED, EXACT
from bot.features.money.periods.texts import source_of
from bot.model.ports import Post
from storage.inbox.conversations import AnsweredBy
from storage.inbox.received import FanOffers
from storage.money.spending import FanPayment, FanSpending
from storage.money.subscribers import SubscriptionTerms
from tests.features.inbox.fan_card.fan_card_fixtures import (
    CLAIMED,
    DAY,
    KNOWN,
    NINA,
    NOW,
    OTTO,
    SUBSCRIBED,
    THREAD,
    WAITING,
)

LONG = ("#" * 900, "*_~|`>" * 200, "👩‍👩‍👧‍👦" * 300, "\n" * 50, "א" * 900)
SPENT = [FanSpending("tip", 1777, 2, 1, NOW - DAY), FanSpending("message", 1500, 1, 0, NOW - 2 * DAY)]
OFFERED = FanOffers(3, 1, NOW - DAY, NOW, asked=4500, paid=1500)
BOUGHT = [
    FanPayment("tip", 777, None, NOW - DAY),
    FanPayment("renewal", None, None, NOW - DAY),
    FanPayment("refund", -1500, "EUR", NOW - DAY),
    FanPayment("*new*", 100, "USD", NOW - DAY),
]
DATE = f"<t:{99 * DAY // 1000}:d>"
AMOUNT = re.compile(r"[0-9]\.[0-9]{2}")
THEM = ProfileFacts(
    fan=KNOWN.fan,
    thread=THREAD,
    talk=WAITING,
    now=NOW,
    subscriber=SUBSCRIBED,
    spent=SPENT,
    offered=OFFERED,
    open=OpenReplies(),
    tags=("vip", "loves cats"),
    notes=[OpenedNote("1", NINA, NOW - DAY, "Has a dog called Rex.", None, None)],
    bought=BOUGHT,
)
TERMS = SubscriptionTerms(NOW - 90 * DAY, NOW + 10 * DAY, renews=True)
THERE = FanvueFanProfile(
    "subscriber", TERMS, ProfilePayments(5000, (("tip", 3000), ("message", 2000)), NOW - DAY)
)
AWAY = "We couldn't ask Fanvue just now."


def said(
    known: ProfileFacts = THEM,
    there: FanvueFanProfile | str = THERE,
    show: ProfileFigureFormat | None = EXACT,
) -> str:
    return words(profile(known, there, show, source_of))


def words(post: Post) -> str:
    """All that a post says, as it is sent to Discord."""
    return "\n".join([post.title or "", *post.body, post.small or ""])


CASES: dict[str, tuple[ProfileFacts, FanvueFanProfile | str, str]] = {
    "renews": (THEM, THERE, f"Subscriber since <t:{10 * DAY // 1000}:D>\nRenews <t:{110 * DAY // 1000}:D>"),
    "does not renew": (
        THEM,
        replace(THERE, terms=replace(TERMS, renews=False)),
        f"Renewal is off, ends <t:{110 * DAY // 1000}:D>",
    ),
    "renewal is not told": (THEM, replace(THERE, terms=SubscriptionTerms()), "Subscriber\n"),
    "over": (THEM, replace(THERE, status="expired"), "Their subscription has ended"),
    "follows": (THEM, replace(THERE, status="follower"), "Follows, not subscribed"),
    "a word that is new": (THEM, replace(THERE, status="*paused*"), "\\*paused\\*"),
    "as the bridge was told": (THEM, AWAY, "Subscriber\n"),
    "ended as the bridge was told": (
        replace(THEM, subscriber=replace(SUBSCRIBED, active=False)),
        AWAY,
        f"Their subscription ended <t:{91 * DAY // 1000}:D>",
    ),
    "nobody told": (
        replace(THEM, subscriber=None),
        AWAY,
        "Fanvue hasn't told us yet whether they subscribe.",
    ),
    "paid, as Fanvue says": (THEM, THERE, "Paid **$50.00**\nTips: $30.00"),
    "paid, as the bridge was told": (THEM, AWAY, "Paid **$32.77** in 3 payments\nTips: $17.77 (2 payments)"),
    "some of it went back": (
        replace(THEM, spent=[*SPENT, FanSpending("refund", -1500, 1, 0, NOW)]),
        AWAY,
        (
            "Paid **$17.77** in 3 payments\nTips: $17.77 (2 payments)\nPaid messages: $15.00 "
            "(1 payment)\nRefunds: -$15.00\nFor 1 payment Fanvue gave no amount, so they are "
            "not in the sums.\n"
        ),
    ),
    "an amount is missing": (THEM, AWAY, "For 1 payment Fanvue gave no amount"),
    "the last one is in the timeline": (THEM, THERE, "Paid messages: $20.00\nMessages with a price"),
    "Fanvue knows of a later one": (
        replace(THEM, bought=BOUGHT),
        replace(THERE, paid=ProfilePayments(5000, (), NOW)),
        f"Paid **$50.00**\nLast purchase <t:{NOW // 1000}:",
    ),
    "no timeline": (
        replace(THEM, bought=()),
        AWAY,
        f"not in the sums.\nLast purchase <t:{(NOW - DAY) // 1000}:",
    ),
    "when the last ones were": (
        THEM,
        THERE,
        f"Last one sent <t:{99 * DAY // 1000}:D>, bought <t:{100 * DAY // 1000}:D>",
    ),
    "never paid": (
        THEM,
        replace(THERE, paid=ProfilePayments(0, (), None)),
        "They haven't paid anything yet.",
    ),
    "Fanvue doesn't say what was paid": (THEM, replace(THERE, paid=None), "Paid **$32.77** in 3 payments"),
    "priced": (THEM, THERE, "3 messages sent for $45.00, 1 message bought for $15.00"),
    "nothing priced": (
        replace(THEM, offered=FanOffers(0, 0, None, None)),
        THERE,
        "No paid messages sent yet",
    ),
    "answered": (
        replace(THEM, talk=replace(WAITING, last_out=NOW, last_out_by=AnsweredBy.AUTOMATED, owner=OTTO)),
        THERE,
        f"Last answer <t:{NOW // 1000}:R> by an automation\nLast answered on the team by <@{OTTO}>",
    ),
    "claimed": (replace(THEM, talk=CLAIMED), THERE, f"<@{NINA}> is answering"),
    "no open reply": (THEM, THERE, "Open replies: none"),
    "open replies": (
        replace(THEM, open=OpenReplies(leaving=1, unsettled=2, held=3)),
        THERE,
        ("Open replies: 1 on the way · 2 needs a decision (/inbox problems) · 3 for a lead (/inbox review)"),
    ),
    "tags": (THEM, THERE, "Tags: vip, loves cats"),
    "their time": (
        replace(THEM, tags=("vip", "asia/kolkata")),
        THERE,
        "🕓 Sat 11 Apr 05:30 (Asia/Kolkata)",
    ),
    "no tag but the time zone": (replace(THEM, tags=("asia/kolkata",)), THERE, "Tags: none"),
    "no tags": (replace(THEM, tags=()), THERE, "Tags: none"),
    "newest note": (THEM, THERE, f"by <@{NINA}> <t:{99 * DAY // 1000}:R>: Has a dog called Rex\\."),
    "no notes": (replace(THEM, notes=()), THERE, "Notes: none"),
    "last purchases": (
        THEM,
        THERE,
        (
            f"**Last purchases**\n{DATE} 🎁 Tip · $7.77\n{DATE} 🔁 Renewed · amount unknown\n"
            f"{DATE} ↩️ Refunded · -15.00 EUR\n{DATE} 💳 \\*new\\* · $1.00"
        ),
    ),
    "named without digits": (replace(THEM, label="Emma @quiet"), THERE, "About Emma @quiet\n"),
    "away": (THEM, AWAY, f"{AWAY} This is what Fanvue has told us;"),
}


@pytest.mark.parametrize(("known", "there", "line"), CASES.values(), ids=CASES)
def test_it_says_what_is_known_and_where_it_is_from(
    known: ProfileFacts, there: FanvueFanProfile | str, line: str
) -> None:
    assert line in said(known, there)


@pytest.mark.parametrize("there", [THERE, AWAY], ids=["asked", "not asked"])
def test_whoever_sees_no_figures_reads_no_amount_and_no_count(there: FanvueFanProfile | str) -> None:
    hidden = said(there=there, show=None)

    assert HIDDEN in hidden
    assert "🎁 Tip\n" in hidden
    assert "$" not in hidden
    assert "messages" not in hidden
    assert "payment" not in hidden.replace("Subscription and payments are", "")
    assert "Last purchase <" not in hidden
    assert not AMOUNT.search(hidden)


def test_whoever_sees_ranges_reads_ranges_of_amounts_and_of_counts() -> None:
    banded = said(show=BANDED)

    assert "Paid **$50 to $100**" in banded
    assert "up to 10 messages sent for $25 to $50" in banded
    assert "🎁 Tip · $10 or less" in banded
    assert "You see figures in ranges." in banded
    assert "$7.77" not in banded
    assert "$50.00" not in banded


def test_all_notes_are_one_press_away_and_without_one_the_first_is_written() -> None:
    noted = profile(THEM, THERE, None, source_of)
    blank = profile(replace(THEM, notes=()), THERE, None, source_of)

    assert [(one.action, one.label) for one in noted.buttons] == [
        ("note.page", "Notes (1)"),
        ("promise.page", "Promises"),
        ("fan.items", "Items sent"),
        ("card.lists", "Lists on Fanvue"),
    ]
    assert blank.buttons[0].label == "Write a note"


@pytest.mark.parametrize("text", LONG)
def test_it_fits_into_one_message_with_the_longest_of_everything(text: str) -> None:
    fan = replace(KNOWN.fan, handle=text, display_name=text)
    notes = [OpenedNote(str(number), NINA, NOW, text, None, None) for number in range(50)]
    spent = [FanSpending(text + str(number), 10**12, 10**6, 3, NOW) for number in range(40)]
    bought = [FanPayment(text + str(number), 10**12, text, NOW) for number in range(NEWEST)]
    known = replace(THEM, fan=fan, notes=notes, tags=(text,) * 10, spent=spent, bought=bought)
    paid = ProfilePayments(10**12, tuple((text + str(number), 10**12) for number in range(40)), NOW)

    for there in (replace(THERE, status=text, paid=paid), AWAY):
        assert container_of(profile(known, there, EXACT, source_of))
    assert container_of(
        on_lists(fan, THREAD.reference, FanListMemberships((text,) * 10, (text,) * 10, 10, more=True))
    )


LISTED: dict[str, tuple[FanListMemberships | str, str]] = {
    "on two": (FanListMemberships(("Whales", "*Friday*"), (), 3, more=False), "• Whales\n• \\*Friday\\*"),
    "on none": (FanListMemberships((), (), 3, more=False), "On none of the lists we checked."),
    "unsure": (
        FanListMemberships((), ("Cats",), 1, more=False),
        "Not sure: too many people on Cats have a similar name.",
    ),
    "more than are looked at": (
        FanListMemberships((), (), 10, more=True),
        "we checked the first 10",
    ),
    "not to be had": (AWAY, AWAY),
}


@pytest.mark.parametrize(("found", "line"), LISTED.values(), ids=LISTED)
def test_lists_are_named_and_what_is_not_known_is_said(found: FanListMemberships | str, line: str) -> None:
    assert line in words(on_lists(KNOWN.fan, THREAD.reference, found))
