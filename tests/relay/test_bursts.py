"""A fan's texts of a few seconds are one post; each stays its own delivery."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model.errors import AutomodBlocked, TargetGone, TryLater
from bot.model.events import TIP, ChatRead, FanWrote
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import EffectState
from tests.relay.bursts_fixtures import LOCKED, PICTURE, delete, joining, kept, line, posts, say, texts
from tests.relay.fault_switchboard import HeldCall, LateCall, LostAnswer, ResetConnection
from tests.relay.relay_scenario import CREATOR, EMMA, RelayScenario, told
from tests.relay.restore_fixtures import accept, an_evening, at_rest, back_up, put_back


@pytest.fixture
async def world(world: RelayScenario) -> AsyncIterator[RelayScenario]:
    """One whose fans' messages of seven seconds are one post; Emma has a thread."""
    async with joining(world):
        yield world


async def test_three_in_a_row_are_one_post_and_three_deliveries(world: RelayScenario) -> None:
    said = [await say(world, text) for text in ("hey", "you there?", "about friday…")]

    [post] = await posts(world)
    assert post.body == ("hey", "you there?", "about friday…")
    effects = [await line(world, event) for event in said]
    assert [effect.state for effect in effects] == [EffectState.DONE] * 3
    assert len({effect.id for effect in effects}) == 3
    assert len({effect.external_id for effect in effects}) == 1
    assert len({(await kept(world, event)).discord_message for event in said}) == 1
    (reply,) = post.buttons
    assert (reply.ref, reply.also) == (effects[2].id, (effects[0].id, effects[1].id))


async def test_what_comes_later_than_the_window_after_the_first_is_a_new_post(world: RelayScenario) -> None:
    for text in ("one", "two", "three"):
        await say(world, text, after=4_000)

    assert await texts(world) == ["one\ntwo", "three"]


async def test_a_fifth_message_begins_a_new_post(world: RelayScenario) -> None:
    for number in range(5):
        await say(world, f"number {number}")

    assert [len(post.body) for post in await posts(world)] == [4, 1]


async def test_texts_that_do_not_fit_into_one_post_are_two(world: RelayScenario) -> None:
    await say(world, "a" * 1_900)
    await say(world, "b" * 1_900)

    assert [len(post.body) for post in await posts(world)] == [1, 1]


async def test_a_reply_in_between_begins_a_new_post(world: RelayScenario) -> None:
    await say(world, "one")
    await world.reply("yes?")
    await world.turn()
    await say(world, "two")

    assert await texts(world) == ["one", "yes?", "two"]


async def test_a_tip_stands_alone(world: RelayScenario) -> None:
    await say(world, "one")
    await world.happen(replace(world.wrote("for you"), kind=TIP, price=500))
    await say(world, "two")

    assert await texts(world) == ["one", "for you", "two"]


async def test_what_was_seen_of_a_reply_before_does_not_part_a_burst(world: RelayScenario) -> None:
    await world.reply("hi")
    await world.turn()
    await say(world, "one")
    for there in world.fanvue.chat(CREATOR, EMMA.id):
        world.fanvue.change(there.message, read=True)
    await world.happen(ChatRead(CREATOR, EMMA, world.clock.now()), kind="read")
    await say(world, "two")

    assert "👁 Seen" in (await world.whole_lines())[1]
    assert await texts(world) == ["hi", "one\ntwo"]


async def test_a_message_that_arrives_long_after_it_was_written_is_not_hidden_in_an_old_post(
    world: RelayScenario,
) -> None:
    await say(world, "one")
    late = world.wrote("two")
    await world.pass_time(60_000)
    await world.happen(late)

    assert await texts(world) == ["one", "two"]


# ── faults ──


async def test_an_edit_whose_answer_was_lost_is_repeated_and_ends_the_burst(world: RelayScenario) -> None:
    await say(world, "one")
    world.discord.faults.add("edit", LostAnswer())
    second = await say(world, "two")
    await world.pass_time(2_000)
    await say(world, "three")

    assert await texts(world) == ["one\ntwo", "three"]
    assert (await line(world, second)).state is EffectState.DONE


async def test_an_edit_that_is_carried_out_late_takes_nothing_away(world: RelayScenario) -> None:
    await say(world, "one")
    world.discord.faults.add("edit", LateCall(by=2_500))
    await say(world, "two")
    await world.pass_time(1_500)
    await say(world, "three", after=500)
    await world.pass_time(120_000)

    assert sorted(await texts(world)) == ["one\ntwo", "three"]


async def test_a_late_edit_does_not_hide_for_long_what_was_learned_meanwhile(world: RelayScenario) -> None:
    await say(world, "one")
    world.discord.faults.add("edit", LateCall(by=6_500))
    there = world.fanvue.write(CREATOR, EMMA.id, "two", media=[PICTURE])
    await world.keep(FanWrote(CREATOR, EMMA, there.message, there.sent_at, "two"))
    await world.until("post.join", "unknown")
    await world.pass_time(6_000)
    [before] = [post.small for post in await posts(world)]
    await world.pass_time(120_000)

    [after] = await posts(world)
    assert LOCKED in (before or "")
    assert after.body == ("one", "two")
    assert LOCKED in (after.small or "")


async def test_a_late_edit_does_not_bring_back_for_long_what_was_deleted_meanwhile(
    world: RelayScenario,
) -> None:
    first = await say(world, "one")
    world.discord.faults.add("edit", LateCall(by=20_000))
    await say(world, "two")
    await world.pass_time(2_000)
    await delete(world, first)
    [before] = await posts(world)
    await world.pass_time(120_000)
    world.discord.faults.catch_up()

    [after] = await posts(world)
    assert before.body == after.body
    assert (after.body[0], after.body[-1]) == ("~~one~~", "two")


async def test_a_post_that_somebody_deleted_takes_no_more_and_the_message_has_its_own(
    world: RelayScenario,
) -> None:
    first = await say(world, "one")
    shown = await kept(world, first)
    assert shown.discord_message is not None
    del world.discord.channels[await world.thread()].posts[shown.discord_message]
    await say(world, "two")

    assert await texts(world) == ["two"]


async def test_what_the_servers_filter_blocks_is_hidden_alone(world: RelayScenario) -> None:
    await say(world, "one")
    world.discord.faults.add("edit", AutomodBlocked("AutoMod of this server blocked this message."))
    world.discord.faults.add("post", AutomodBlocked("AutoMod of this server blocked this message."))
    await say(world, "two")

    first, second = await texts(world)
    assert first == "one"
    assert "is hidden" in second


async def test_what_is_blocked_after_an_edit_of_unknown_fate_is_looked_for_before_it_is_posted(
    world: RelayScenario,
) -> None:
    await say(world, "one")
    world.discord.faults.add(
        "edit", LostAnswer(), AutomodBlocked("No."), AutomodBlocked("No."), *[AutomodBlocked("No.")] * 20
    )
    second = await say(world, "two")
    await world.pass_time(180_000)

    assert await texts(world) == ["one\ntwo"]
    assert (await line(world, second)).state is EffectState.DONE


async def test_what_is_blocked_and_was_not_carried_out_before_either_is_posted_alone(
    world: RelayScenario,
) -> None:
    await say(world, "one")
    world.discord.faults.add("edit", ResetConnection(), *[AutomodBlocked("No.")] * 20)
    await say(world, "two")
    await world.pass_time(180_000)

    assert await texts(world) == ["one", "two"]


async def test_a_first_post_in_doubt_takes_nothing_before_or_after_it_is_settled(
    world: RelayScenario,
) -> None:
    world.discord.faults.add("post", LostAnswer())
    await say(world, "one")
    await say(world, "two")
    await world.pass_time(180_000)

    assert await texts(world) == ["one", "two"]


async def test_a_kill_after_the_first_post_and_then_a_second_message_shows_each_once(
    world: RelayScenario,
) -> None:
    held = HeldCall(done=True)
    world.discord.faults.add("post", held)
    await world.keep(world.wrote("one"))
    await held.reached.wait()
    await world.crash()
    world.clock.at += 2_000
    await world.keep(world.wrote("two"))
    await world.restart()
    await world.pass_time(180_000)

    assert await texts(world) == ["one", "two"]


@pytest.mark.parametrize("done", [True, False])
async def test_a_kill_around_the_edit_repeats_it(world: RelayScenario, *, done: bool) -> None:
    await say(world, "one")
    held = HeldCall(done=done)
    world.discord.faults.add("edit", held)
    second = world.wrote("two")
    await world.keep(second)
    await held.reached.wait()
    await world.restart()
    await world.pass_time(60_000)

    assert await texts(world) == ["one\ntwo"]
    assert (await line(world, second)).kind == "post.join"


async def test_while_discord_is_away_a_message_waits_and_has_its_own_post_if_it_waited_long(
    world: RelayScenario,
) -> None:
    await say(world, "one")
    world.discord.faults.add("edit", TryLater("Later.", after=60))
    await say(world, "two")
    await world.pass_time(70_000)

    assert await texts(world) == ["one", "two"]


async def test_in_a_new_thread_nothing_is_added_to_the_old_one(world: RelayScenario) -> None:
    await say(world, "one")
    old = await world.thread()
    world.discord.faults.add("edit", TargetGone("The thread or channel was deleted."))
    world.discord.delete(old)
    await say(world, "two")
    await world.pass_time(10_000)

    assert await world.thread() != old
    assert [told(post) for post in world.discord.lines(await world.thread())] == ["two"]


# ── what is learned later, modes ──


async def test_media_that_are_learned_later_are_told_in_the_post_and_nothing_else_joins(
    world: RelayScenario,
) -> None:
    await say(world, "one")
    there = world.fanvue.write(CREATOR, EMMA.id, "two", media=[PICTURE])
    await world.happen(FanWrote(CREATOR, EMMA, there.message, there.sent_at, "two"))
    await world.pass_time(world.waits.gather)
    await say(world, "three")

    first, second = await posts(world)
    assert (first.body, second.body) == (("one", "two"), ("three",))
    assert LOCKED in (first.small or "")
    assert len(first.buttons[0].also) == 1
    shows = [(button.label, button.ref) for button in first.buttons if button.action == "private.show"]
    assert shows == [("Show 2", first.buttons[0].ref)]  # the one that has a picture, and no other


async def test_where_texts_are_kept_off_discord_each_message_is_shown_by_its_own_button(
    world: RelayScenario,
) -> None:
    await world.database.write(
        lambda tx: privacy_modes.choose(tx, CREATOR, PrivacyMode.PRIVATE, since=world.clock.now())
    )
    said = [await say(world, text) for text in ("one", "two")]

    [post] = await posts(world)
    assert "one" not in told(post)
    assert "two" not in told(post)
    shows = [button for button in post.buttons if button.action == "private.show"]
    assert [button.ref for button in shows] == [(await line(world, event)).id for event in said]
    assert len({button.label for button in shows}) == 2


async def test_a_covered_burst_has_every_text_under_its_spoiler(world: RelayScenario) -> None:
    await world.database.write(
        lambda tx: privacy_modes.choose(tx, CREATOR, PrivacyMode.COVERED, since=world.clock.now())
    )
    await say(world, "one")
    await say(world, "two")

    [post] = await posts(world)
    assert post.spoiler
    assert post.body == ("one", "two")


# ── a backup is put back ──


async def test_what_was_shown_in_one_post_after_the_backup_is_found_there_and_not_shown_again(
    tmp_path: Path,
) -> None:
    async with an_evening(tmp_path) as evening, joining(evening) as world:
        first = await say(world, "one")
        async with at_rest(world):
            back_up(world, tmp_path)
        second, third = [await say(world, text, after=500) for text in ("two", "three")]
        assert await texts(world) == ["one\ntwo\nthree"]

        await put_back(world, tmp_path)
        await accept(world)
        for event in (first, second, third):
            await world.happen(event)
        for _ in range(20):
            await world.pass_time(10_000)

        assert await texts(world) == ["one\ntwo\nthree"]
        assert (await kept(world, third)).discord_message == (await kept(world, first)).discord_message


async def test_a_message_that_was_about_to_join_when_the_backup_was_made_is_shown_once(
    tmp_path: Path,
) -> None:
    async with an_evening(tmp_path) as evening, joining(evening) as world:
        await say(world, "one")
        held = HeldCall(done=False)
        world.discord.faults.add("edit", held)
        await world.keep(world.wrote("two"))
        await held.reached.wait()
        async with at_rest(world):
            back_up(world, tmp_path)
        await world.pass_time(60_000)
        assert await texts(world) == ["one\ntwo"]

        await put_back(world, tmp_path)
        await accept(world)

        assert await texts(world) == ["one\ntwo"]
