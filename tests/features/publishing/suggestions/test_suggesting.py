"""A trainee suggests a post by /post new; a manager publishes it, once."""

import asyncio

import pytest

from bot.access.roles import TeamRole
from bot.features.publishing.suggestions.cases import LIFE
from bot.sandbox.fanvue.records import MediaId
from storage.engine import drafts
from storage.records import DiscordId
from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage, labels, message_of
from tests.features.publishing.suggestions.suggestions_fixtures import ASK, NO, YES, grant, put_up


async def test_what_a_trainee_drafts_is_published_once_a_manager_confirms_it(studio: PostStage) -> None:
    photo = studio.media()
    asked = await studio.ask("victor", text="Good morning", media=photo, price="5")
    offered = labels(message_of(asked))
    await studio.press(asked, ASK, "victor")
    before = studio.published()
    review = await studio.command("post review", "maya")
    shown = review.text

    await studio.press(review, YES, "maya")

    assert offered == [ASK, "Cancel"]
    assert before == []
    assert f"**Suggested by:** <@{studio.town.victor.user.id}>" in shown
    assert "> Good morning" in shown
    assert "$5.00 to unlock" in shown
    assert len(studio.published()) == studio.asked() == 1
    assert [note.text for note in studio.noted()] == [
        f"Post suggested by <@{studio.town.victor.user.id}>: confirmed by <@{studio.town.maya.user.id}>.",
        f"Post published, confirmed by <@{studio.town.maya.user.id}>.",
    ]
    assert "No suggested post is waiting for you" in (await studio.command("post review")).text


async def test_nothing_is_put_up_before_it_was_asked_for(studio: PostStage) -> None:
    await studio.ask("victor", text="Good morning")

    assert "No suggested post is waiting for you" in (await studio.command("post review")).text


async def test_of_two_managers_who_confirm_at_once_one_has_it_published(studio: PostStage) -> None:
    await put_up(studio)
    first, second = [await studio.command("post review", who) for who in ("olivia", "maya")]
    studio.driver.hold()

    told = await asyncio.gather(
        studio.town.olivia.click(message_of(first), YES), studio.town.maya.click(message_of(second), YES)
    )
    shown = (first, second, *told)
    await studio.town.server.world.until(lambda: any("Already confirmed by" in one.text for one in shown))
    studio.driver.let_go()
    await studio.driver.turn()
    await studio.driver.pass_time(MINUTE)

    assert len(studio.published()) == studio.asked() == 1
    assert any(answer.text.startswith("### Post published") for answer in (first, second))


async def test_a_refused_one_is_never_published_and_the_alerts_say_by_whom(studio: PostStage) -> None:
    await put_up(studio)
    late = await studio.command("post review")
    review = await studio.command("post review", "maya")

    await studio.press(review, NO, "maya")
    await studio.press(late, YES)

    people = studio.town
    assert "Refused" in review.text
    assert f"Already refused by <@{people.maya.user.id}>" in late.text
    assert studio.published() == []
    assert studio.noted()[-1].text == (
        f"The post that <@{people.victor.user.id}> suggested was refused by "
        f"<@{people.maya.user.id}>. Not published."
    )
    assert ("postask.refuse", "refused") in await studio.written_down()


async def test_whoever_may_not_publish_does_not_see_what_waits(studio: PostStage) -> None:
    await put_up(studio)

    told = await studio.command("post review", "victor")

    assert "You don't have access to this here" in told.text


@pytest.mark.parametrize("button", [YES, NO])
async def test_who_is_no_manager_any_more_when_they_press_decides_nothing(
    studio: PostStage, button: str
) -> None:
    await put_up(studio)
    review = await studio.command("post review", "maya")
    await grant(studio, "maya", TeamRole.TRAINEE)

    told = await studio.town.maya.click(message_of(review), button)
    await told.done()
    await studio.driver.turn()

    assert "You don't have access to this here" in told.text
    assert studio.published() == []
    assert "> Good morning" in (await studio.command("post review")).text


async def test_one_whose_answer_was_lost_is_looked_up_and_made_once(studio: PostStage) -> None:
    await put_up(studio)
    review = await studio.command("post review", "maya")
    studio.faults.add("lose_answer", "POST", "/posts$")

    await studio.press(review, YES, "maya")
    await studio.driver.pass_time(5 * MINUTE)

    assert len(studio.published()) == 1
    assert review.text.startswith("### Post published")


async def test_a_file_that_is_gone_when_a_manager_confirms_is_said(studio: PostStage) -> None:
    photo = MediaId(studio.media())
    await put_up(studio, media=photo)
    review = await studio.command("post review", "maya")
    del studio.evening.server.world.media[photo]

    await studio.press(review, YES, "maya")

    assert "Not in the vault of @luna: the item. Not published." in review.text
    assert studio.published() == []


async def test_one_waits_for_three_days_and_not_longer(studio: PostStage) -> None:
    await put_up(studio)
    studio.clock.at += LIFE - MINUTE
    review = await studio.command("post review", "maya")
    studio.clock.at += 2 * MINUTE

    await studio.press(review, YES, "maya")

    assert "waited too long" in review.text
    assert "No suggested post is waiting for you" in (await studio.command("post review")).text
    assert studio.published() == []


async def test_what_nobody_decided_lapses_its_line_says_so_and_its_writer_is_told(studio: PostStage) -> None:
    await put_up(studio)
    review = await studio.command("post review", "maya")
    studio.clock.at += LIFE - MINUTE
    await studio.lapsing.look()
    await studio.driver.turn()
    before = [(note.text, labels(note)) for note in studio.noted()]
    studio.clock.at += 2 * MINUTE

    await studio.lapsing.look()
    await studio.lapsing.look()
    await studio.driver.turn()
    await studio.press(review, YES, "maya")

    victor = f"<@{studio.town.victor.user.id}>"
    assert [shown for _, shown in before] == [["Show me"]]
    then = "Not published. Submit it again with `/post new`."
    assert [(note.text, labels(note)) for note in studio.noted()] == [
        (f"Post suggested by {victor}: expired after three days. {then}", []),
        (f"The post that {victor} suggested expired after three days of waiting. {then}", []),
    ]
    assert "It expired after three days of waiting." in review.text
    assert studio.published() == []
    assert (await studio.written_down()).count(("postask.lapse", "expired")) == 1


async def test_a_press_that_comes_before_the_look_says_so_once_too(studio: PostStage) -> None:
    await put_up(studio)
    review = await studio.command("post review", "maya")
    studio.clock.at += LIFE + MINUTE

    await studio.press(review, YES, "maya")
    await studio.lapsing.look()
    await studio.driver.turn()

    assert ["expired" in note.text for note in studio.noted()] == [True, True]
    assert (await studio.written_down()).count(("postask.lapse", "expired")) == 1


async def test_one_that_lapsed_long_ago_is_no_news_but_its_line_says_so(studio: PostStage) -> None:
    await put_up(studio)
    studio.clock.at += LIFE + 8 * 24 * 60 * MINUTE

    await studio.lapsing.look()
    await studio.driver.turn()

    assert ["expired after three days" in note.text for note in studio.noted()] == [True]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "A post needs a text or media."),
        ({"text": "a", "price": "5"}, "A price needs media to buy: add some from the vault"),
        ({"text": "a", "when": "24 Nov 2020 18:00"}, "has passed"),
    ],
)
async def test_what_cannot_be_a_post_cannot_be_suggested(
    studio: PostStage, typed: dict[str, str], told: str
) -> None:
    answer = await studio.ask("victor", **typed)

    assert told in answer.text
    assert labels(message_of(answer)) == []


async def test_several_are_looked_at_one_after_another_the_oldest_first(studio: PostStage) -> None:
    for text in ("First", "Second"):
        await put_up(studio, text=text)
        studio.clock.at += MINUTE
    review = await studio.command("post review", "maya")
    shown = review.text
    await studio.press(review, YES, "maya")

    then = await studio.command("post review", "maya")

    assert "> First" in shown
    assert "1 more waits after it." in shown
    assert "> Second" in then.text


async def test_what_a_removed_member_suggested_is_closed_with_their_previews(studio: PostStage) -> None:
    await put_up(studio)
    review = await studio.command("post review", "maya")
    people, creator = studio.town, studio.evening.creator
    victor, olivia = (DiscordId(one.user.id) for one in (people.victor, people.olivia))

    closed = await studio.database.write(
        lambda tx: drafts.close_of(tx, victor, creator, by=olivia, now=studio.clock.at)
    )
    await studio.press(review, YES, "maya")

    assert closed == 1
    assert "This preview was closed" in review.text
    assert studio.published() == []
    assert "No suggested post is waiting for you" in (await studio.command("post review")).text
