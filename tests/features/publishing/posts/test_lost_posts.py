"""A post whose answer was lost is looked for and never made twice by itself."""

import asyncio
from pathlib import Path

import pytest

from bot.engine.retry import RetryWaits
from bot.engine.streams import proposal_stream
from bot.features.operations.problems.service import UNKNOWN
from bot.sandbox.discord.answers import InteractionAnswer
from storage.engine import stream_heads
from storage.records import EffectId
from tests.fanvue.fanvue_scenario import ManualPauses
from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage, message_of, opened

NOW, LATER = "Publish now", "Schedule it"
PATIENCE = RetryWaits().proposed + MINUTE


@pytest.mark.parametrize("how", ["lose_answer", "error_after", "broken_json"])
async def test_one_that_was_made_is_found_and_told_as_published(studio: PostStage, how: str) -> None:
    answer = await studio.ask(text="hello", media=studio.media(), price="5")
    studio.faults.add(how, "POST", "/posts$")

    await studio.press(answer, NOW)
    doubted = answer.text
    await studio.driver.pass_time(PATIENCE)

    assert doubted.startswith("### Post: checking…")
    [post] = studio.published()
    assert await studio.effects() == [("done", post["uuid"])]
    assert answer.text.startswith("### Post published")
    assert len(studio.noted()) == 1
    assert await studio.waits() == []


async def test_one_that_was_not_made_is_not_made_again_but_asked_about(studio: PostStage) -> None:
    answer = await studio.ask(text="hello")
    studio.faults.add("error_before", "POST", "/posts$", status=502)

    await studio.press(answer, NOW)
    await studio.driver.pass_time(PATIENCE)
    await studio.driver.pass_time(24 * 60 * MINUTE)

    assert studio.asked() == 1
    assert studio.published() == []
    [asks] = await studio.waits()
    assert ": not known whether it was published." in asks
    assert "Fanvue does not list it." in asks


async def test_one_that_is_made_long_after_its_answer_was_lost_is_found(studio: PostStage) -> None:
    answer = await studio.ask(text="hello")
    studio.faults.add("execute_late", "POST", "/posts$", seconds=0.05)

    await studio.press(answer, NOW)
    await studio.evening.server.world.pulse.until(studio.published)
    await studio.driver.pass_time(PATIENCE)

    [post] = studio.published()
    assert await studio.effects() == [("done", post["uuid"])]
    assert await studio.waits() == []


async def test_a_scheduled_one_whose_answer_was_lost_is_found_before_and_after_its_time(
    studio: PostStage,
) -> None:
    for wait in ("in 1 hour", "in 2 minutes"):
        answer = await studio.ask(text=f"soon, {wait}", when=wait)
        studio.faults.add("lose_answer", "POST", "/posts$")
        await studio.press(answer, LATER)
        studio.faults.add("error_before", "GET", "/posts$", count=3, status=503)
        await studio.driver.pass_time(PATIENCE)

    assert [state for state, _ in await studio.effects()] == ["done", "done"]
    assert len(studio.published()) == 2


async def test_of_two_that_are_just_alike_none_is_taken_and_a_person_is_asked(studio: PostStage) -> None:
    answer = await studio.ask(text="hello")
    studio.faults.add("lose_answer", "POST", "/posts$")
    await studio.press(answer, NOW)
    studio.evening.server.world.post_as_creator(studio.evening.account, "hello")

    await studio.driver.pass_time(PATIENCE)

    assert await studio.effects() == [("absent", None)]
    [asks] = await studio.waits()
    assert "Fanvue lists several that look the same." in asks


async def test_an_equal_one_that_was_published_before_is_not_taken_for_it(studio: PostStage) -> None:
    await studio.press(await studio.ask(text="hello"), NOW)
    second = await studio.ask(text="hello")
    studio.faults.add("error_before", "POST", "/posts$", status=502)

    await studio.press(second, NOW)
    await studio.driver.pass_time(PATIENCE)

    assert [state for state, _ in await studio.effects()] == ["done", "absent"]


async def test_an_equal_one_that_lies_long_back_is_not_taken_for_it(studio: PostStage) -> None:
    studio.evening.server.world.post_as_creator(studio.evening.account, "hello")
    studio.clock.at += 60 * MINUTE
    answer = await studio.ask(text="hello")
    studio.faults.add("error_before", "POST", "/posts$", status=502)

    await studio.press(answer, NOW)
    await studio.driver.pass_time(PATIENCE)

    assert await studio.effects() == [("absent", None)]


async def test_behind_many_pinned_ones_it_is_found_without_reading_everything(studio: PostStage) -> None:
    world = studio.evening.server.world
    for number in range(240):
        made = world.post_as_creator(studio.evening.account, f"old {number}")
        if number < 60:
            world.pinned.add(made.uuid)
    studio.clock.at += 60 * MINUTE
    answer = await studio.ask(text="hello")
    studio.faults.add("lose_answer", "POST", "/posts$")

    await studio.press(answer, NOW)
    await studio.driver.pass_time(PATIENCE)

    reads = [
        e for e in studio.evening.server.ledger.of("request", method="GET") if e["path"].endswith("/posts")
    ]
    assert [state for state, _ in await studio.effects()] == ["done"]
    assert len(reads) == 3  # the pinned ones, the newest, and the first page of what lies before


async def test_the_next_one_waits_until_the_one_in_doubt_is_settled(studio: PostStage) -> None:
    first, second = await studio.ask(text="first"), await studio.ask(text="second")
    studio.faults.add("error_before", "POST", "/posts$", status=502)
    await studio.press(first, NOW)
    await studio.press(second, NOW)
    before = [post["text"] for post in studio.published()]

    await studio.driver.pass_time(PATIENCE)

    assert before == []
    assert [post["text"] for post in studio.published()] == ["second"]


async def test_a_person_says_that_it_was_published(studio: PostStage) -> None:
    await _absent(studio)
    [ref] = await studio.refs()

    told = await studio.verdicts.was(EffectId(ref), studio.link.discord_user)
    again = await studio.verdicts.was_not(EffectId(ref), studio.link.discord_user)
    await studio.driver.turn()

    assert told == "Noted: it was published."
    assert again.startswith("This is settled: <@")
    assert await studio.waits() == []
    assert studio.asked() == 1
    assert len(studio.noted()) == 1


async def test_a_person_says_that_it_was_not_and_is_told_how_to_make_a_new_one(studio: PostStage) -> None:
    await _absent(studio)
    [ref] = await studio.refs()

    told = await studio.verdicts.was_not(EffectId(ref), studio.link.discord_user)
    await studio.driver.turn()

    assert told == "Noted: it was not published. Make a new one with /post new."
    assert await studio.waits() == []
    assert studio.asked() == 1


@pytest.mark.parametrize("word", ["again", "drop"])
async def test_the_words_for_replies_say_nothing_about_a_post(studio: PostStage, word: str) -> None:
    await _absent(studio)
    [ref] = await studio.refs()

    told = await getattr(studio.problems, word)(EffectId(ref), studio.link.discord_user)

    assert told == UNKNOWN
    assert await studio.refs() == [ref]
    assert studio.asked() == 1


# ── what changes while it waits ──


async def test_a_preview_whose_time_has_passed_publishes_nothing(studio: PostStage) -> None:
    answer = await studio.ask(text="soon", when="in 5 minutes")
    studio.clock.at += 6 * MINUTE

    await studio.press(answer, LATER)

    assert answer.text == "The chosen time has passed. Not published. Run /post new again with a future time."
    assert studio.asked() == 0


async def test_one_whose_time_passes_while_fanvue_is_away_is_not_published_late(studio: PostStage) -> None:
    answer = await studio.ask(text="soon", when="in 5 minutes")
    studio.faults.add("too_many", "POST", "/posts$", retry_after=400)
    await studio.press(answer, LATER)

    await studio.driver.pass_time(10 * MINUTE)

    assert studio.published() == []
    assert "The chosen time passed before we could reach Fanvue" in answer.text
    assert await studio.effects() == [("rejected", None)]
    assert len(await studio.waits()) == 1


async def test_a_preview_older_than_fifteen_minutes_publishes_nothing(studio: PostStage) -> None:
    answer = await studio.ask(text="hello")
    studio.clock.at += 16 * MINUTE

    await studio.press(answer, NOW)

    assert "This preview is older than 15 minutes" in answer.text
    assert studio.asked() == 0


async def test_a_file_that_is_gone_when_it_is_confirmed_is_named(studio: PostStage) -> None:
    photo = studio.media()
    answer = await studio.ask(media=photo)
    world = studio.evening.server.world
    del world.media[next(media for media in world.media if media == photo)]

    await studio.press(answer, NOW)

    assert answer.text.startswith("Not in the vault of @luna: the item.")
    assert studio.asked() == 0


async def test_a_preview_from_before_a_new_sign_in_publishes_nothing(studio: PostStage) -> None:
    answer = await studio.ask(text="hello")
    await studio.relink()

    await studio.press(answer, NOW)

    assert "The Fanvue account was reconnected since this preview." in answer.text
    assert studio.asked() == 0


async def test_one_that_waits_for_fanvue_is_not_published_by_another_sign_in(studio: PostStage) -> None:
    answer = await studio.ask(text="hello")
    studio.faults.add("too_many", "POST", "/posts$", retry_after=300)
    await studio.press(answer, NOW)
    waiting = answer.text
    await studio.relink()

    await studio.driver.pass_time(10 * MINUTE)

    assert waiting.startswith("### Post: waiting")
    assert answer.text.startswith("### Post: not published")
    assert "The Fanvue account was disconnected or reconnected after you confirmed" in answer.text
    assert studio.published() == []


async def test_one_in_doubt_is_still_found_after_a_new_sign_in(studio: PostStage) -> None:
    answer = await studio.ask(text="hello")
    studio.faults.add("lose_answer", "POST", "/posts$")
    await studio.press(answer, NOW)
    await studio.relink()

    await studio.driver.pass_time(PATIENCE)

    assert [state for state, _ in await studio.effects()] == ["done"]
    assert answer.text.startswith("### Post published")


async def test_a_double_click_publishes_once(studio: PostStage) -> None:
    answer = await studio.ask(text="hello")

    await studio.town.olivia.click(message_of(answer), NOW)
    await studio.town.olivia.click(message_of(answer), NOW)
    await studio.presses.until(2)
    await studio.driver.turn()

    assert len(studio.published()) == 1


async def _absent(studio: PostStage) -> None:
    answer = await studio.ask(text="hello")
    studio.faults.add("error_before", "POST", "/posts$", status=502)
    await studio.press(answer, NOW)
    await studio.driver.pass_time(PATIENCE)


# ── what waits behind one in doubt ──


async def _in_doubt(studio: PostStage, how: str = "error_before") -> tuple[InteractionAnswer, ...]:
    """One whose answer was lost, and the next one."""
    first, second = await studio.ask(text="first"), await studio.ask(text="second")
    studio.faults.add(how, "POST", "/posts$", status=502)
    await studio.press(first, NOW)
    await studio.press(second, NOW)
    return first, second


async def test_the_next_one_says_what_it_waits_for(studio: PostStage) -> None:
    first, second = await _in_doubt(studio)

    assert first.text.startswith("### Post: checking…")
    assert second.text.startswith("### Post: waiting")
    assert "Fanvue has not confirmed an earlier one yet; this one waits its turn." in second.text


async def test_one_that_was_on_its_way_already_says_it_once_the_earlier_one_is_in_doubt(
    studio: PostStage,
) -> None:
    first, second = await studio.ask(text="first"), await studio.ask(text="second")
    studio.faults.add("error_before", "POST", "/posts$", status=502)
    studio.driver.hold()
    await studio.press(first, NOW)
    await studio.press(second, NOW)
    before = second.text

    studio.driver.let_go()
    await studio.driver.turn()

    assert before.startswith("### Post: on its way")
    assert second.text.startswith("### Post: waiting")


async def test_after_a_minute_a_person_says_that_it_is_not_there_and_the_next_one_goes(
    studio: PostStage,
) -> None:
    _, second = await _in_doubt(studio)
    await studio.driver.pass_time(MINUTE - 1)
    too_soon = await studio.waits()
    await studio.driver.pass_time(1)
    [asks] = await studio.waits()
    [ref] = await studio.refs()

    told = await studio.verdicts.was_not(EffectId(ref), studio.link.discord_user)
    again = await studio.verdicts.was(EffectId(ref), studio.link.discord_user)
    await studio.driver.turn()

    assert too_soon == []
    assert "later ones wait for it" in asks
    assert told == "Noted: it was not published. Make a new one with /post new."
    assert again.startswith("This is settled: <@")
    assert second.text.startswith("### Post published")
    assert [post["text"] for post in studio.published()] == ["second"]
    assert await studio.waits() == []


async def test_nobody_says_how_it_is_before_they_were_asked(studio: PostStage) -> None:
    await _in_doubt(studio)
    stream = proposal_stream(studio.evening.creator, "post")
    first = await studio.database.read(lambda tx: stream_heads.head(tx, stream))
    assert first is not None

    told = await studio.verdicts.was_not(first.id, studio.link.discord_user)

    assert told == "We are already searching for it."


async def test_one_that_is_found_while_a_person_is_asked_asks_no_more(studio: PostStage) -> None:
    await _in_doubt(studio, "lose_answer")
    hidden = studio.faults.add("error_before", "GET", "/posts", count=None, status=503)
    await studio.driver.pass_time(2 * MINUTE)
    studio.faults.waiting.remove(hidden)

    await studio.driver.pass_time(2 * MINUTE)

    assert [state for state, _ in await studio.effects()] == ["done", "done"]
    assert await studio.waits() == []


async def test_one_that_turns_up_after_a_person_said_that_it_is_not_there_is_said(tmp_path: Path) -> None:
    pauses = ManualPauses()
    async with opened(tmp_path, sleep=pauses) as studio:
        studio.faults.add("execute_late", "POST", "/posts$", seconds=1.0)
        await studio.press(await studio.ask(text="late"), NOW)
        await studio.driver.pass_time(MINUTE)
        pauses.end(1.0)
        await studio.evening.server.world.pulse.until(studio.published)
        studio.faults.add("delay", "GET", "/posts$", seconds=2.0)
        looking = asyncio.create_task(studio.driver.pass_time(MINUTE))
        await pauses.begun(2.0)

        page = await studio.command("inbox problems")
        told = await studio.town.olivia.click(message_of(page), "1: It is not there")
        await told.done()
        pauses.end(2.0)
        await looking

    assert told.text == "Noted: it was not published. Make a new one with /post new."
    assert [line.text for line in studio.noted()] == [
        f"Post: it was not published, as <@{studio.town.olivia.user.id}> found out on Fanvue.",
        "Post: it is on Fanvue after all (published). Someone had said that it isn't there.",
    ]
    assert [post["text"] for post in studio.published()] == ["late"]
