"""A stop between a reply that was handed in and its answer loses nothing typed."""

from dataclasses import replace

import pytest

from bot.engine.guild_routing import GuildRouting
from bot.model.ports import Post
from bot.model.shards import whole
from bot.relay.replies import ReplyWish
from bot.text.reply_rules import ReplyRefused
from storage.engine import commands
from storage.records import CommandState, DraftId, Millis
from tests.features.inbox.checks.checks_scenario import UNREAD, ChecksScenario, labels, ref_of, words
from tests.features.inbox.checks.test_stale_drafts import SENT, ready


async def hands_in(
    house: ChecksScenario, text: str, window: DraftId | None = None, *, beside: bool = False, off: Millis = 0
) -> None:
    """Maya sends it; the process stops before Discord is answered, and another one starts `off` later."""
    wish = replace(await house.wish_of(), beside=beside)
    await house.replies.stage(ReplyWish(wish, text, window=window))
    house.clock.at += off
    await starts(house)


async def starts(house: ChecksScenario) -> None:
    """As `bot.app.lifetime` does it."""
    await house.crash()
    house.build()
    await house.answering.resuming.resume()
    await house.start()
    await house.turn()


def shown(house: ChecksScenario) -> list[Post]:
    return list(house.discord.answers.values())


async def opened_edit(house: ChecksScenario) -> tuple[Post | str, DraftId]:
    """What Maya is asked, and the window that Edit opens."""
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    asked = await house.types("older words", window)
    await house.pass_time(UNREAD)
    editing = await house.answering.pressing.edit(await house.wish_of(), ref_of(asked, "Edit"))
    return asked, editing.window


async def test_a_reply_that_a_stop_cut_short_waits_for_its_author(house: ChecksScenario) -> None:
    await ready(house)
    await hands_in(house, "my answer")

    (told,) = shown(house)
    before = house.texts()
    sent = await house.presses("Send", told)
    await house.turn()

    assert "restarted" in words(told)
    assert "my answer" not in words(told)
    assert labels(told) == ["Send", "Edit", "Discard"]
    assert before == []
    assert SENT in words(sent)
    assert house.texts() == ["my answer"]


async def test_over_a_line_its_author_reads_it_beside_and_the_line_stays(house: ChecksScenario) -> None:
    await ready(house)
    await hands_in(house, "my answer", beside=True)
    [message] = house.discord.answers
    await starts(house)  # what is said again is said in the same place

    (told,) = shown(house)
    sent = await house.presses("Send", told)
    await house.turn()

    assert message != (await house.wish_of()).token
    assert list(house.discord.answers) == [message]
    assert "restarted" in words(told)
    assert SENT in words(sent)
    assert house.texts() == ["my answer"]


async def test_over_a_line_the_thread_says_what_no_private_answer_can(house: ChecksScenario) -> None:
    await ready(house)

    await hands_in(house, "my answer", beside=True, off=16 * 60_000)

    lines = await house.lines()
    assert [line for line in lines if "was not sent" in line]
    assert "my answer" not in "".join(lines)
    assert house.texts() == []
    assert shown(house) == []


async def test_the_thread_says_which_reply_was_not_sent_for_a_later_one_was(house: ChecksScenario) -> None:
    await ready(house)
    failed = replace(await house.wish_of(), beside=True)
    await house.replies.stage(ReplyWish(failed, "my answer"))  # Discord says that something went wrong
    at = house.clock.now()
    await house.pass_time(61_000)
    await house.types("my answer once more")
    await house.turn()
    house.clock.at += 16 * 60_000
    await starts(house)

    (note,) = [line for line in await house.lines() if "was not sent" in line]
    assert f"<t:{at // 1000}:t>" in note
    assert house.texts() == ["my answer once more"]


async def test_what_the_fan_wrote_before_the_stop_is_asked_about_at_the_press(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    await hands_in(house, "my answer", window)

    asked = await house.presses("Send", shown(house)[-1])

    assert "second" in words(asked)
    assert "hello" not in words(asked)
    assert house.texts() == []


async def test_an_edit_that_a_stop_cut_short_is_the_newest_and_the_older_text_leaves_no_more(
    house: ChecksScenario,
) -> None:
    asked, window = await opened_edit(house)
    await hands_in(house, "newer words", window)

    told = shown(house)[-1]
    editing = await house.answering.pressing.edit(await house.wish_of(), ref_of(told, "Edit"))
    with pytest.raises(ReplyRefused, match="has a newer version"):
        await house.presses("Send", asked)
    sent = await house.presses("Send", told)
    await house.turn()

    assert "restarted" in words(told)
    assert editing.message.text == "newer words"
    assert SENT in words(sent)
    assert house.texts() == ["newer words"]


async def test_an_edit_of_what_was_sent_meanwhile_says_so_and_keeps_the_words(house: ChecksScenario) -> None:
    asked, window = await opened_edit(house)
    await house.replies.stage(ReplyWish(await house.wish_of(), "newer words", window=window))
    await house.presses("Send", asked)
    await house.turn()
    await starts(house)

    told = shown(house)[-1]
    editing = await house.answering.pressing.edit(await house.wish_of(), ref_of(told, "Edit"))

    assert "This reply was already sent" in words(told)
    assert labels(told) == ["Edit", "Discard"]
    assert editing.message.text == "newer words"
    assert house.texts() == ["older words"]


async def test_what_cannot_be_answered_any_more_is_cancelled(house: ChecksScenario) -> None:
    await ready(house)
    command = await house.replies.stage(ReplyWish(await house.wish_of(), "my answer"))
    house.clock.at += house.waits.answer + 1
    await starts(house)

    found = await house.database.read(lambda tx: commands.get(tx, command))

    assert found is not None
    assert found.state is CommandState.CANCELLED
    assert shown(house) == []
    assert house.texts() == []


async def test_a_start_after_a_start_asks_only_once_more(house: ChecksScenario) -> None:
    await ready(house)
    await hands_in(house, "my answer")
    await starts(house)

    first, told = shown(house)[0], shown(house)[-1]
    await house.presses("Send", told)
    await house.turn()

    assert len(shown(house)) == 1
    assert first is told
    assert house.texts() == ["my answer"]


@pytest.mark.parametrize(("bot", "shown_anew"), [(71, 1), (72, 0)])
async def test_a_gateway_that_starts_asks_nothing_again_that_another_bot_asked(
    house: ChecksScenario, bot: int, shown_anew: int
) -> None:
    house.serving = GuildRouting(71, home=True, alone=False, shard=whole)
    await house.crash()
    house.build()
    await house.start()
    await opened_edit(house)
    before = len(shown(house))

    house.serving = GuildRouting(bot, home=True, alone=False, shard=whole)
    await starts(house)

    assert len(shown(house)) - before == shown_anew
