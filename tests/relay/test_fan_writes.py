"""A fan writes: kept once, one thread, one line, in order."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.engine.retry import RetryWaits
from bot.model.errors import DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from bot.model.events import MessageDeleted, Reacted
from storage.engine import inbox
from storage.inbox import messages
from storage.records import FanvueMessageId
from tests.relay.relay_scenario import CREATOR, EMMA, FORUM, GUILD, NOAH, RelayScenario, running


async def test_a_first_message_opens_a_thread_with_a_card_and_is_its_first_line(world: RelayScenario) -> None:
    event = world.wrote("hello *you*")

    fresh = await world.happen(event)

    thread = await world.thread()
    channel = world.discord.channels[thread]
    assert fresh
    assert world.discord.threads(FORUM) == [thread]
    assert channel.name == "Emma @quiet-otter"
    assert channel.posts[thread].title == "Emma @quiet\\-otter"
    assert await world.lines() == ["hello *you*"]
    paired = await world.database.read(lambda tx: messages.get(tx, CREATOR, event.message))
    assert paired is not None
    assert paired.channel == thread
    assert paired.discord_message in channel.posts


async def test_a_repeat_changes_nothing(world: RelayScenario) -> None:
    event = world.wrote("hello")
    await world.happen(event)

    again = await world.happen(event)
    under_another_kind = await world.happen(event, kind="swept", key="other")

    assert not again
    assert under_another_kind
    assert await world.lines() == ["hello"]


async def test_a_second_message_goes_to_the_same_thread_and_another_fan_gets_another(
    world: RelayScenario,
) -> None:
    await world.greeted()
    await world.happen(world.wrote("are you there?"))
    await world.greeted(NOAH)

    assert await world.lines() == ["hello", "are you there?"]
    assert await world.lines(NOAH) == ["hello"]
    assert len(world.discord.threads(FORUM)) == 2


async def test_two_first_messages_in_parallel_make_one_thread(world: RelayScenario) -> None:
    one, two = world.wrote("one"), world.wrote("two")

    await asyncio.gather(world.keep(one), world.keep(two))
    await world.turn()

    assert len(world.discord.threads(FORUM)) == 1
    assert await world.lines() == ["one", "two"]


async def test_facts_that_waited_are_decided_in_the_order_in_which_they_happened(
    world: RelayScenario,
) -> None:
    await world.crash()
    first = world.wrote("first")
    world.clock.at += 10
    second = world.wrote("second")

    await world.keep(second)
    await world.keep(first)
    await world.restart()
    await world.turn()

    assert await world.lines() == ["first", "second"]


async def test_a_long_message_comes_in_numbered_parts_with_a_button_each(world: RelayScenario) -> None:
    text = "word " * 999

    await world.happen(world.wrote(text))

    posts = world.discord.lines(await world.thread())
    assert "".join(await world.lines()) == text
    assert [post.small and post.small.split(" · ")[1] for post in posts] == ["part 1 of 2", "part 2 of 2"]
    assert len({post.buttons[0].ref for post in posts}) == 2


async def test_a_message_without_its_text_is_read_in_its_place(world: RelayScenario) -> None:
    await world.keep(world.wrote("first, read", complete=False))
    await world.keep(world.wrote("second, told"))
    await world.turn()

    assert await world.lines() == ["first, read", "second, told"]


async def test_a_long_message_that_had_to_be_read_is_whole(world: RelayScenario) -> None:
    text = "word " * 999

    await world.happen(world.wrote(text, complete=False))

    assert "".join(await world.lines()) == text


async def test_later_lines_wait_while_fanvue_is_down_for_a_moment(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.down = TryLater("Fanvue cannot be reached.")
    await world.keep(world.wrote("first, read", complete=False))
    await world.keep(world.wrote("second, told"))
    await world.pass_time(5_000)
    waiting = await world.lines()
    world.fanvue.faults.down = None
    await world.pass_time(20_000)

    assert waiting == ["hello"]
    assert await world.lines() == ["hello", "first, read", "second, told"]


async def test_when_fanvue_stays_down_a_placeholder_comes_and_the_text_follows(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.down = TryLater("Fanvue cannot be reached.")
    await world.keep(world.wrote("first, read", complete=False))
    await world.keep(world.wrote("second, told"))
    await world.pass_time(2 * RetryWaits().fetch)
    meanwhile = await world.lines()
    world.fanvue.faults.down = None
    await world.pass_time(RetryWaits().backoff_max)

    assert len(meanwhile) == 3
    assert "couldn't reach Fanvue" in meanwhile[1]
    assert meanwhile[2] == "second, told"
    assert (await world.lines())[3:] == ["first, read"]


async def test_a_creator_who_must_sign_in_again_does_not_hold_up_the_thread(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.down = TryLater("Use /link again.", paused=True)

    await world.happen(world.wrote("first, read", complete=False))

    assert "its text follows" in (await world.lines())[1]


async def test_a_longer_pause_than_the_reading_may_take_is_not_waited_for(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("message", TryLater("Fanvue asks us to wait.", after=3600))

    await world.happen(world.wrote("read later", complete=False))

    assert "its text follows" in (await world.lines())[1]
    assert (await world.lines())[2:] == ["read later"]


async def test_an_unclear_read_is_read_again(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("message", DeliveryUnknown("Unclear."))
    await world.keep(world.wrote("read", complete=False))

    await world.pass_time(2_000)

    assert await world.lines() == ["hello", "read"]


async def test_a_message_that_cannot_be_read_any_more_is_a_note(world: RelayScenario) -> None:
    await world.greeted()
    event = world.wrote("unsent", complete=False)
    world.fanvue.delete(event.message)

    await world.happen(event)

    assert "can't read it" in (await world.lines())[1]


async def test_a_message_that_vanished_while_fanvue_was_down_is_a_note_after_its_placeholder(
    world: RelayScenario,
) -> None:
    await world.greeted()
    world.fanvue.faults.add("message", TryLater("Use /link again.", paused=True), DeliveryRefused("No."))

    await world.happen(world.wrote("never read", complete=False))

    assert "its text follows" in (await world.lines())[1]
    assert "we can't read it: No." in (await world.lines())[2]


async def test_a_reaction_is_a_note_in_the_thread_and_a_deletion_is_seen_at_its_line(
    world: RelayScenario,
) -> None:
    event = world.wrote("hello")
    await world.happen(event)
    await world.happen(Reacted(CREATOR, event.message, "❤️", world.clock.now()), kind="reaction")
    await world.happen(
        MessageDeleted(CREATOR, EMMA, event.message, world.clock.now()), kind="message.deleted"
    )

    assert (await world.lines())[0] == "~~hello~~"
    line = (await world.lines())[1]
    guild, channel = GUILD, await world.thread()
    (shown,) = [
        number
        for number, post in world.discord.channels[channel].posts.items()
        if post.body == ("~~hello~~",)
    ]
    assert line == f"Reacted with ❤️ to their message: https://discord.com/channels/{guild}/{channel}/{shown}"


async def test_a_reaction_cannot_mention_anybody(world: RelayScenario) -> None:
    event = world.wrote("hello")
    await world.happen(event)

    await world.happen(Reacted(CREATOR, event.message, "<@12345>", world.clock.now()), kind="reaction")

    post = world.discord.lines(await world.thread())[1]
    (said,) = post.body
    assert said.startswith("Reacted with \\<\\@12345\\> to their message: https://discord.com/channels/")


async def test_a_reaction_to_a_message_that_nobody_here_has_seen_says_nothing(world: RelayScenario) -> None:
    await world.greeted()

    await world.happen(Reacted(CREATOR, FanvueMessageId("unseen"), "❤️", world.clock.now()), kind="reaction")

    assert await world.lines() == ["hello"]


async def test_facts_without_a_forum_wait_and_are_decided_when_it_comes(bare: RelayScenario) -> None:
    await bare.link()
    await bare.happen(bare.wrote("early"))
    before = await bare.database.read(inbox.counts)

    creator = await bare.set_up()
    await bare.turn()

    assert creator is not None
    assert creator.id == CREATOR
    assert before["new"] == 1
    assert await bare.lines() == ["early"]


async def test_facts_survive_a_restart(tmp_path: Path) -> None:
    async with running(tmp_path, ready=False) as world:
        await world.link()
        await world.happen(world.wrote("early"))
        await world.crash()
        await world.set_up()

        await world.restart()
        await world.turn()

        assert await world.lines() == ["early"]


async def test_what_a_fact_lacks_never_erases_what_was_known(world: RelayScenario) -> None:
    await world.greeted()
    event = world.wrote("again")

    await world.happen(replace(event, fan=replace(EMMA, display_name=None)))
    world.discord.faults.add("post", TargetGone("The thread or channel was deleted."))
    await world.happen(world.wrote("and again"))

    assert world.discord.channels[await world.thread()].name == "Emma @quiet-otter"


async def test_what_is_half_a_minute_late_says_when_it_was_sent(world: RelayScenario) -> None:
    await world.greeted()
    soon, late = world.wrote("soon"), world.wrote("late")
    world.clock.at += 29_000
    await world.happen(soon)
    world.clock.at += 1_000
    await world.happen(late)

    posts = world.discord.lines(await world.thread())[1:]
    assert [(post.small or "").startswith("sent ") for post in posts] == [False, True]


async def test_a_text_of_200_kb_is_ten_posts_and_says_how_much_is_on_fanvue(world: RelayScenario) -> None:
    words = "word " * 40_000
    await world.happen(world.wrote(words))

    posts = world.discord.lines(await world.thread())
    shown = sum(len(post.body[0]) for post in posts)
    assert len(posts) == 10
    assert "part 10 of 10" in (posts[-1].small or "")
    assert "more characters: read the whole message on Fanvue" in (posts[-1].small or "")
    left = int((posts[-1].small or "").partition("⚠️ ")[2].partition(" more")[0].replace(",", ""))
    assert shown + left == pytest.approx(len(words), abs=20)


async def test_another_event_under_the_id_of_one_that_is_kept_is_put_aside_and_not_lost(
    world: RelayScenario,
) -> None:
    event = world.wrote("hello")
    await world.happen(event)
    at = world.clock.now()
    first = Reacted(CREATOR, event.message, "❤️", at)
    await world.happen(first, kind="reaction", key="evt_1")
    again = await world.happen(replace(first, at=at + 5_000), kind="reaction", key="evt_1")
    other = await world.happen(replace(first, emoji="🔥"), kind="reaction", key="evt_1")
    twice = await world.happen(replace(first, emoji="🔥"), kind="reaction", key="evt_1")

    counts = await world.database.read(inbox.counts)
    assert (again, other, twice) == (False, False, False)
    assert counts["quarantined"] == 2  # each body that said so; the test's bodies differ each time
    assert len(await world.lines()) == 2
