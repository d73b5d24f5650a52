"""What was sent: who reads how much of it, page by page."""

from dataclasses import replace

import pytest

from bot.access.roles import MoneyView
from bot.engine.outbox import ERASED
from bot.features.people.reviews import sent_texts
from bot.relay.review_wishes import SentRepliesOrder, SentRepliesWish
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import CreatorId, DiscordId
from tests.features.inbox.approvals.approvals_scenario import CARL, OLA, PIA
from tests.features.people.reviews.reviews_scenario import ReviewsScenario, labels_of, read, ref_of
from tests.relay.namesake_fixtures import NAMESAKES, stands_beside
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA

DAY = 86_400_000


async def test_a_lead_reads_who_sent_what_to_whom_and_after_how_long(study: ReviewsScenario) -> None:
    await study.replies("here it is", after=120_000)

    page = await study.looks()

    thread = await study.office.thread(EMMA)
    assert f"<@{CARL}> → **Emma @quiet-otter" in read(page)
    assert "· after 6 min\n" in read(page)  # she had said hello before
    assert f"https://discord.com/channels/{GUILD}/{thread}/" in read(page)
    assert "||here it is||" in read(page)
    assert labels_of(page) == []


@pytest.mark.parametrize(("who", "told"), [(MAYA, "$12.00, not bought"), (OLA, "$10 to $25\n")])
async def test_prices_are_told_as_exactly_as_the_reader_sees_figures(
    study: ReviewsScenario, who: DiscordId, told: str
) -> None:
    await study.replies("look", price=1200)

    page = await study.looks(who)

    assert told in read(page)
    assert ("too few to say" in read(page)) is (who == OLA)


async def test_whoever_sees_no_figures_gets_no_prices_by_any_way(study: ReviewsScenario) -> None:
    await study.replies("look", price=1200)
    await study.hide_figures(OLA)

    assert "$" not in read(await study.looks())
    assert "bought" not in read(await study.looks())
    for wish in ({"priced": True}, {"priced": False}, {"order": SentRepliesOrder.PRICE}):
        assert read(await study.looks(**wish)) == sent_texts.NO_FIGURES
    file = (await study.looks(as_file=True)).file
    assert file is not None
    assert b"$" not in file


async def test_in_ranges_no_filter_tells_how_many_have_a_price(study: ReviewsScenario) -> None:
    await study.replies("look", price=1200)
    await study.replies("hi")

    for priced in (True, False):
        banded, exact = await study.looks(priced=priced), await study.looks(MAYA, priced=priced)
        assert "in all" not in read(banded)
        assert "1 in all" in read(exact)
    assert "2 in all" in read(await study.looks())


async def test_filters_are_about_what_was_sent(study: ReviewsScenario) -> None:
    await study.replies("quick", after=60_000)
    await study.replies("slow", after=600_000)
    await study.replies("dear", after=60_000, price=1200, by=MAYA)

    assert "slow" not in read(await study.looks(member=MAYA))
    assert "dear" not in read(await study.looks(slower=9))
    assert "slow" in read(await study.looks(slower=9))
    assert "slow" not in read(await study.looks(priced=True))
    await study.office.pass_time(2 * DAY)
    assert "No matches." in read(await study.looks(days=1))
    assert "dear" in read(await study.looks(days=7))


@pytest.mark.parametrize(
    ("plain", "why"),
    [(ERASED, "text no longer kept"), (None, "text unreadable: the stored copy is damaged")],
)
async def test_a_text_that_is_gone_is_said_to_be(
    study: ReviewsScenario, plain: bytes | None, why: str
) -> None:
    await study.becomes(await study.replies("here it is"), plain)

    page = await study.looks()

    assert f"_{why}_" in read(page)
    assert "here it is" not in read(page)


async def test_where_texts_are_kept_off_discord_none_is_shown_and_nothing_was_read(
    study: ReviewsScenario,
) -> None:
    await study.replies("here it is")
    now = study.office.clock.now()
    await study.office.database.write(
        lambda tx: privacy_modes.choose(tx, CREATOR, PrivacyMode.PRIVATE, since=now)
    )

    page = await study.looks()

    assert "_text shown in the thread only_" in read(page)
    assert "here it is" not in read(page)
    assert await study.written() == []


async def test_the_audit_says_who_read_what_others_had_sent(study: ReviewsScenario) -> None:
    await study.looks()
    await study.replies("mine", by=MAYA)
    await study.looks(MAYA)
    assert await study.written() == []

    await study.looks(OLA)

    assert [(line.action, line.actor, line.creator) for line in await study.written()] == [
        ("review.sent", OLA, CREATOR)
    ]


async def nine(study: ReviewsScenario) -> None:
    """One more than a page has."""
    for number in range(9):
        await study.replies(f"number {number}")


async def test_pages_are_turned_also_after_a_restart(study: ReviewsScenario) -> None:
    await nine(study)
    first = await study.looks()
    await study.office.restart()

    second = await study.turns(first, "More")
    back = await study.turns(second, "Back")

    assert "number 8" in read(first)
    assert "number 0" not in read(first)
    assert "9 in all, page 1 of 2" in read(first)
    assert "||number 0||" in read(second)
    assert "number 1" not in read(second)
    assert labels_of(second) == ["Back"]
    assert read(back) == read(first)


async def test_a_page_belongs_to_whoever_opened_it_for_a_day(study: ReviewsScenario) -> None:
    await nine(study)
    first = await study.looks()

    others = await study.turns(first, "More", who=PIA)
    elsewhere = await study.reviews.stopped.turn(await study.permits(OLA), ref_of(first, "More"))
    await study.office.pass_time(DAY)
    late = await study.turns(first, "More")

    assert read(others) == read(late) == sent_texts.CLOSED.format(command="/team sent")
    assert read(elsewhere) == sent_texts.CLOSED.format(command="/team blocked")


async def test_a_page_keeps_what_was_asked_for(study: ReviewsScenario) -> None:
    await nine(study)
    await study.replies("mine", by=MAYA)

    first = await study.looks(creator=CREATOR, member=CARL, order=SentRepliesOrder.SLOWEST, days=30)
    second = await study.turns(first, "More")

    assert f"the last 30 days · by <@{CARL}> · slowest first · 9 in all, page 2 of 2" in read(second)
    assert "mine" not in read(second)


async def test_only_creators_whom_one_leads_are_shown(study: ReviewsScenario) -> None:
    await nine(study)
    first = await study.looks(creator=CREATOR)

    assert read(await study.looks(creator=CreatorId("another"))) == sent_texts.NOT_THERE
    await study.office.ungrant(OLA)
    assert await study.permits(OLA) == []  # so the door says no
    assert ref_of(first, "More")


async def test_a_file_has_all_of_it_without_texts_and_the_audit_says_who_has_it(
    study: ReviewsScenario,
) -> None:
    await nine(study)

    page = await study.looks(MAYA, as_file=True)

    assert page.file is not None
    lines = page.file.decode("utf-8-sig").splitlines()
    assert len(lines) == 10
    assert lines[1].split(",")[1:6] == ["lola", f"'{CARL}", "Carl", "Emma", "quiet-otter"]
    assert "number" not in page.file.decode()
    assert labels_of(page) == []
    assert "The file has everything, without texts." in read(page)
    assert [line.action for line in await study.written()] == ["review.sent", "review.file"]


async def test_of_several_creators_those_without_figures_are_left_out_where_prices_are_asked_for(
    study: ReviewsScenario,
) -> None:
    await study.replies("look", price=1200)
    (mine,) = await study.permits(MAYA)
    await study.office.link(CreatorId("another"))
    assert mine.standing is not None
    blind = replace(mine.standing, money=MoneyView.HIDDEN)
    both = [mine, replace(mine, creator=CreatorId("another"), standing=blind)]

    plainly = await study.reviews.sent.look(both, SentRepliesWish(), as_file=False)
    by_price = await study.reviews.sent.look(
        both, SentRepliesWish(order=SentRepliesOrder.PRICE), as_file=False
    )

    assert "(@lola)" in read(plainly)
    assert "left out" not in read(plainly)
    assert "$12.00" in read(by_price)
    assert "Creators whose figures you can't see are left out here." in read(by_price)


@NAMESAKES
async def test_a_reply_names_its_fan_so_that_nobody_else_is_meant(
    study: ReviewsScenario, handle: str, name: str, digits: str
) -> None:
    await study.replies("here it is")
    await stands_beside(study.office.database, handle, name)

    assert f"→ **Emma @quiet-otter{digits}** ·" in read(await study.looks())
