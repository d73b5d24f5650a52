"""A suggested post is edited, returned, put up again, taken back; decided once."""

import asyncio

import pytest

from bot.features.publishing.suggestions.cases import LIFE
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.records import MediaId
from storage.database import Transaction
from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage, labels, message_of
from tests.features.publishing.suggestions.suggestions_fixtures import ASK, NO, YES, put_up, send, told

EDIT, RETURN, BACK = "Edit", "Return", "Take back"


async def versions(studio: PostStage) -> list[tuple[int, str]]:
    """Number and state of each version there is."""

    async def work(tx: Transaction) -> list[tuple[int, str]]:
        rows = await tx.all(
            """SELECT s.number, d.state FROM suggested_posts s JOIN drafts d ON d.id = s.draft_id
               ORDER BY s.first_id, s.number"""
        )
        return [(row["number"], row["state"]) for row in rows]

    return await studio.database.read(work)


async def both_say(studio: PostStage, *shown: InteractionAnswer) -> None:
    """Until each of these says something else than now, and what follows at once has happened."""
    before = [one.text for one in shown]
    world = studio.town.server.world
    await world.until(lambda: all(one.text != was for one, was in zip(shown, before, strict=True)))
    await studio.driver.turn()


async def test_its_writer_takes_it_back_and_the_line_that_asked_says_so(studio: PostStage) -> None:
    await put_up(studio)
    review = await studio.command("post review", "maya")
    mine = await studio.command("post suggested", "victor")
    offered = labels(message_of(mine))

    await studio.press(mine, BACK, "victor")
    await studio.press(review, YES, "maya")

    victor = studio.town.victor.user.id
    assert offered == [EDIT, BACK]
    assert "Taken back" in mine.text
    assert f"Already taken back by <@{victor}>" in review.text
    assert labels(message_of(review)) == []
    assert studio.published() == []
    (line,) = studio.noted()
    assert f"cancelled by <@{victor}>" in line.text
    assert labels(line) == []
    assert ("postask.take_back", "withdrawn") in await studio.written_down()


async def test_its_writer_edits_it_and_nobody_publishes_what_they_have_not_seen(studio: PostStage) -> None:
    photo = studio.media()
    await put_up(studio, text="Good morning", media=photo, price="5")
    review = await studio.command("post review", "maya")
    mine = await studio.command("post suggested", "victor")
    await send(
        studio, mine, "victor", EDIT, text="Good night", price="7", audience="followers", when="", expires=""
    )
    own = mine.text

    await studio.press(review, YES, "maya")
    before, shown = studio.published(), review.text
    await studio.press(review, YES, "maya")

    assert "Your change is saved" in own
    assert before == []
    assert "changed since you saw it" in shown
    assert "> Good night" in shown
    assert "$7.00" in shown
    assert f"**Edited by:** <@{studio.town.victor.user.id}> (version 2)" in shown
    (post,) = studio.published()
    assert (post["text"], post["price"], post["audience"]) == ("Good night", 700, "followers-and-subscribers")
    assert studio.asked() == 1
    assert await versions(studio) == [(1, "replaced"), (2, "confirmed")]
    assert "changed by" not in studio.noted()[0].text
    assert ("postask.edit", "changed") in await studio.written_down()


async def test_a_manager_edits_it_and_is_named(studio: PostStage) -> None:
    await put_up(studio, text="Good mroning", when="in 2 hours")
    review = await studio.command("post review", "maya")
    due = _when(review.text)

    await send(studio, review, "maya", EDIT, text="Good morning")
    changed = _when(review.text)
    line = studio.noted()[0].text
    mine = await studio.command("post suggested", "victor")
    await studio.press(review, "Schedule it", "maya")

    maya = studio.town.maya.user.id
    assert f"**Edited by:** <@{maya}>" in mine.text
    assert f"changed by <@{maya}>" in line
    assert f"**Edited by:** <@{maya}>" in review.text
    (post,) = studio.published()
    assert post["text"] == "Good morning"
    assert changed == due


def _when(shown: str) -> str:
    return next(line for line in shown.splitlines() if "When:" in line)


async def test_one_that_is_returned_waits_for_its_writer_with_the_words(studio: PostStage) -> None:
    await put_up(studio)
    review = await studio.command("post review", "maya")
    late = await studio.command("post review")

    await send(studio, review, "maya", RETURN, why="Too *early*, please wait")
    await studio.press(late, YES)
    nobody = await studio.command("post review")
    mine = await studio.command("post suggested", "victor")
    offered, read = labels(message_of(mine)), mine.text
    await send(studio, mine, "victor", EDIT, text="Good evening", audience="subscribers only")
    kept = mine.text
    await studio.press(mine, ASK, "victor")
    again = await studio.command("post review", "maya")
    await studio.press(again, YES, "maya")

    maya = studio.town.maya.user.id
    assert "Returned." in review.text
    assert "waits for them" in late.text
    assert "No suggested post is waiting for you" in nobody.text
    assert offered == [ASK, EDIT, "Discard"]
    assert f"**Returned by <@{maya}>:** Too \\*early\\*, please wait" in read
    assert "Too \\*early" in kept
    assert "early" not in again.text
    assert not any("early" in line.text for line in studio.noted())
    assert [post["text"] for post in studio.published()] == ["Good evening"]
    assert [line.text for line in studio.noted()][1].startswith("The post that")
    written = await studio.written_down()
    assert ("postask.return", "returned") in written
    assert ("postask.again", "again") in written


async def test_what_was_returned_can_be_thrown_away(studio: PostStage) -> None:
    await put_up(studio)
    review = await studio.command("post review", "maya")
    await send(studio, review, "maya", RETURN, why="No")
    mine = await studio.command("post suggested", "victor")

    await studio.press(mine, "Discard", "victor")

    assert "You have no suggested post waiting" in (await studio.command("post suggested", "victor")).text
    assert await versions(studio) == [(1, "returned"), (2, "withdrawn")]


@pytest.mark.parametrize("turn", range(2))
async def test_of_taking_back_and_publishing_at_once_one_counts(studio: PostStage, turn: int) -> None:
    await put_up(studio)
    review = await studio.command("post review", "maya")
    mine = await studio.command("post suggested", "victor")
    presses = [
        studio.town.maya.click(message_of(review), YES),
        studio.town.victor.click(message_of(mine), BACK),
    ]

    await asyncio.gather(*(presses if turn else reversed(presses)))
    await both_say(studio, review, mine)
    await studio.driver.pass_time(MINUTE)

    ((_, state),) = await versions(studio)
    assert state in {"confirmed", "withdrawn"}
    assert len(studio.published()) == studio.asked() == (1 if state == "confirmed" else 0)
    assert ("Taken back" in mine.text) == (state == "withdrawn")


async def test_of_an_edit_and_a_publish_at_once_what_is_published_was_seen(studio: PostStage) -> None:
    await put_up(studio)
    review = await studio.command("post review", "maya")
    mine = await studio.command("post suggested", "victor")
    opened = await studio.town.victor.click(message_of(mine), EDIT)
    await opened.opened()

    before = review.text
    _, sent = await asyncio.gather(
        studio.town.maya.click(message_of(review), YES),
        studio.town.victor.submit(opened, {"text": "Changed"}),
    )
    world = studio.town.server.world
    await world.until(lambda: review.text != before and ("Your change" in mine.text or told(mine, sent)))
    await studio.driver.turn()
    await studio.driver.pass_time(MINUTE)

    found = await versions(studio)
    assert [post["text"] for post in studio.published()] in ([], ["Good morning"])
    assert found in ([(1, "confirmed")], [(1, "replaced"), (2, "open")])
    assert len(studio.published()) == studio.asked() == sum(state == "confirmed" for _, state in found)


async def test_a_change_of_an_older_version_is_handed_back(studio: PostStage) -> None:
    await put_up(studio)
    review = await studio.command("post review", "maya")
    mine = await studio.command("post suggested", "victor")
    opened = await studio.town.victor.click(message_of(mine), EDIT)
    await opened.opened()
    await send(studio, review, "maya", EDIT, text="Maya's", audience="subscribers only")

    sent = await studio.town.victor.submit(opened, {"text": "Victor's"})
    await studio.town.server.world.until(lambda: "not saved" in told(mine, sent))

    assert "The post changed while you were writing, so your change was not saved" in told(mine, sent)
    assert "Victor's" in told(mine, sent)
    assert len(await versions(studio)) == 2


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"text": "", "audience": "subscribers only"}, "A post needs a text or media."),
        ({"text": "a", "audience": "everybody"}, "Who sees it is"),
        (
            {"text": "a", "audience": "subscribers only", "price": "5"},
            "A price needs media to buy: add some from the vault",
        ),
        ({"text": "a", "audience": "subscribers only", "price": "a lot"}, "price"),
        ({"text": "a", "audience": "subscribers only", "when": "2020-11-24 18:00"}, "passed"),
    ],
)
async def test_what_is_no_post_is_not_kept(studio: PostStage, fields: dict[str, str], why: str) -> None:
    await put_up(studio)
    mine = await studio.command("post suggested", "victor")

    sent = await send(studio, mine, "victor", EDIT, **fields)

    assert why in told(mine, sent)
    assert await versions(studio) == [(1, "open")]


async def test_of_two_managers_who_refuse_and_publish_the_second_reads_who_was_faster(
    studio: PostStage,
) -> None:
    await put_up(studio)
    first, second = [await studio.command("post review", who) for who in ("olivia", "maya")]

    await studio.press(second, NO, "maya")
    await studio.press(first, YES)

    assert f"Already refused by <@{studio.town.maya.user.id}>" in first.text
    assert studio.published() == []


async def test_something_that_changed_on_fanvue_is_shown_anew_with_every_button(studio: PostStage) -> None:
    photo = MediaId(studio.media())
    await put_up(studio, media=photo)
    review = await studio.command("post review", "maya")
    studio.evening.server.world.media[photo].type = "video"

    await studio.press(review, YES, "maya")
    shown, offered = review.text, labels(message_of(review))
    await studio.press(review, NO, "maya")

    assert "Something changed since it was submitted, so it was not published" in shown
    assert f"<@{studio.town.victor.user.id}>" in shown
    assert offered == [YES, EDIT, "Media …", RETURN, NO]
    assert studio.published() == []
    assert "refused by" in studio.noted()[0].text


async def test_each_of_several_is_found_by_its_writer(studio: PostStage) -> None:
    for text in ("First", "Second"):
        await put_up(studio, text=text)
        studio.clock.at += MINUTE
    mine = await studio.command("post suggested", "victor")
    newest = mine.text

    await studio.press(mine, "Next", "victor")

    assert "> Second" in newest
    assert "> First" in mine.text


async def test_nobody_else_finds_it_among_theirs_and_its_time_ends(studio: PostStage) -> None:
    await put_up(studio)
    others = await studio.command("post suggested", "maya")
    studio.clock.at += LIFE + MINUTE
    mine = await studio.command("post suggested", "victor")

    assert "You have no suggested post waiting" in others.text
    assert "You have no suggested post waiting" in mine.text
