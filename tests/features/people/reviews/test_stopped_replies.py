"""What did not leave as it was written, as leads read it."""

from bot.model.events import Person
from storage.engine import pseudonyms
from storage.people import stopped_attempts
from storage.records import DiscordId
from tests.features.inbox.approvals.approvals_scenario import CARL, OLA, PIA, TIA
from tests.features.people.reviews.reviews_scenario import ReviewsScenario, labels_of, read
from tests.relay.namesake_fixtures import NAMESAKES, stands_beside
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA


async def attempts(study: ReviewsScenario, times: int = 1, by: DiscordId = CARL, fan: Person = EMMA) -> None:
    """Somebody asks for money elsewhere."""
    for number in range(times):
        await study.office.pass_time(60_000)
        await study.office.drafts(f"you can p4yp4l me {number}", by)
    assert await study.office.thread(fan)


async def test_who_tried_what_with_whom_and_what_followed_without_the_words(study: ReviewsScenario) -> None:
    await attempts(study)

    page = await study.looks_at_stopped()

    thread = await study.office.thread(EMMA)
    assert f"<@{CARL}> → **Emma @quiet-otter" in read(page)
    assert "**Payment outside Fanvue** · kept for a lead" in read(page)
    assert f"https://discord.com/channels/{GUILD}/{thread}" in read(page)
    assert "p4yp4l" not in read(page)
    assert "paypal" not in read(page).lower()


async def test_what_leads_returned_or_edited_is_of_whoever_wrote_it(study: ReviewsScenario) -> None:
    await study.office.drafts("helo")
    await study.office.decides(await study.office.list(), "Return", text="Two l, please.")
    await study.office.drafts("helo again")
    await study.office.writes_instead(await study.office.list(PIA), "hello again", PIA)

    page = await study.looks_at_stopped()

    edited, returned = page.post.body
    assert f"<@{TIA}> → **Emma" in edited
    assert f"**Edited by a lead before it was sent** · <@{PIA}>" in edited
    assert f"<@{TIA}> → **Emma" in returned
    assert f"**Returned by a lead** · <@{OLA}>" in returned
    assert "helo" not in read(page)
    assert "Two l" not in read(page)


async def test_filters(study: ReviewsScenario) -> None:
    await attempts(study)
    await study.office.drafts("I'm 15, come and play", MAYA)

    by_carl = await study.looks_at_stopped(member=CARL)
    of_age = await study.looks_at_stopped(what="guard.age")
    returned = await study.looks_at_stopped(what=stopped_attempts.RETURNED)

    assert "Minors" not in read(by_carl)
    assert f"by <@{CARL}>" in read(by_carl)
    assert "**Minors** · was not sent" in read(of_age)
    assert "Payment" not in read(of_age)
    assert "No matches." in read(returned)
    await study.office.pass_time(2 * 86_400_000)
    assert "No matches." in read(await study.looks_at_stopped(days=1))


async def test_a_forgotten_fan_has_no_name_and_no_link(study: ReviewsScenario) -> None:
    await attempts(study)
    await study.office.database.write(lambda tx: pseudonyms.forget_fan(tx, CREATOR, EMMA.id))

    page = await study.looks_at_stopped()

    assert "→ a forgotten fan" in read(page)
    assert "Emma" not in read(page)
    assert "https" not in read(page)


async def test_pages_are_turned_also_after_a_restart(study: ReviewsScenario) -> None:
    await attempts(study, 9)
    first = await study.looks_at_stopped(member=CARL)
    (more,) = first.post.buttons
    await study.office.restart()

    second = await study.reviews.stopped.turn(await study.permits(OLA), more.ref)
    others = await study.reviews.stopped.turn(await study.permits(PIA), more.ref)

    assert "9 in all, page 2 of 2" in read(second)
    assert labels_of(second) == ["Back"]
    assert "Run /team blocked again." in read(others)


async def test_a_file_has_all_of_it_and_the_audit_says_who_has_it(study: ReviewsScenario) -> None:
    await attempts(study, 9)

    page = await study.looks_at_stopped(as_file=True)

    assert page.file is not None
    lines = page.file.decode("utf-8-sig").splitlines()
    assert len(lines) == 10
    assert lines[1].split(",")[1:6] == ["lola", f"'{CARL}", "Carl", "Emma", "quiet-otter"]
    assert lines[1].endswith(",Payment outside Fanvue,kept for a lead,")
    assert labels_of(page) == []
    assert [line.action for line in await study.written()] == ["review.file"]


@NAMESAKES
async def test_an_attempt_names_its_fan_so_that_nobody_else_is_meant(
    study: ReviewsScenario, handle: str, name: str, digits: str
) -> None:
    await attempts(study)
    await stands_beside(study.office.database, handle, name)

    assert f"→ **Emma @quiet-otter{digits}** ·" in read(await study.looks_at_stopped())
