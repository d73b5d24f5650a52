"""Every message is decided once, at whatever time and however often it is told."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.features.inbox.message_replies import texts
from bot.text.reply_rules import ReplyRefused
from storage.inbox import message_replies
from storage.inbox.message_replies import TypedMessageState
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode as TextMode
from storage.records import DiscordId
from tests.features.inbox.checks.checks_scenario import NINA, labels, words
from tests.features.inbox.message_replies.message_replies_scenario import LATE, MessageRepliesScenario, opened
from tests.relay.relay_scenario import CREATOR


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[MessageRepliesScenario]:
    async with opened(tmp_path) as made:
        await made.switched_on()
        yield made


async def test_it_leaves_once_however_often_it_is_told_also_after_a_restart(
    house: MessageRepliesScenario,
) -> None:
    heard = await house.hears("hi Emma")
    await house.tells(heard)
    await house.restart()
    await house.tells(heard)
    await house.pass_time(2_000)

    assert house.texts() == ["hi Emma"]
    assert house.town.taken == [heard.message]
    assert await house.gone() == ["done"]


async def test_what_is_old_is_not_sent_without_a_word(house: MessageRepliesScenario) -> None:
    just = await house.hears("just now", age=LATE)
    old = await house.hears("an hour ago", age=LATE + 1)
    more = await house.hears("and this", age=LATE + 1)
    meanwhile = await house.hears("typed after it")
    before = house.texts()

    said = await house.typed.pressing.send(await house.presser(), await house.line(old), house.reads)
    await house.turn()
    again = (
        await house.typed.pressing.send(await house.presser(), await house.line(just), house.reads)
        if (await house.row(just)) is None
        else texts.SETTLED
    )

    assert before == ["just now"]
    assert "typed this while the bridge was offline" in "\n".join(await house.whole_lines())
    assert await house.state(meanwhile) is TypedMessageState.TAKEN
    assert await house.state(more) is TypedMessageState.TAKEN
    assert "sent it to the fan" in said
    assert again == texts.SETTLED
    assert house.texts() == ["just now", "an hour ago", "and this", "typed after it"]


async def test_a_second_press_sends_nothing_more(house: MessageRepliesScenario) -> None:
    old = await house.hears("an hour ago", age=LATE + 1)
    line, by = await house.line(old), await house.presser()

    await house.typed.pressing.send(by, line, house.reads)
    again = await house.typed.pressing.send(by, line, house.reads)
    inside = await house.typed.pressing.keep_inside(line)
    await house.turn()

    assert (again, inside) == (texts.SETTLED, texts.SETTLED)
    assert house.texts() == ["an hour ago"]


async def test_what_was_taken_out_of_the_thread_or_put_inside_is_not_sent_by_the_press(
    house: MessageRepliesScenario,
) -> None:
    gone = await house.hears("gone", age=LATE + 1)
    changed = await house.hears("for the fan?", age=LATE + 1)
    del house.stands[gone.message]
    house.stands[changed.message] = "// not for the fan"

    await house.typed.pressing.send(await house.presser(), await house.line(gone), house.reads)
    await house.turn()

    assert [await house.state(one) for one in (gone, changed)] == [
        TypedMessageState.INSIDE,
        TypedMessageState.INSIDE,
    ]
    assert house.texts() == []


async def test_nothing_is_taken_where_it_is_off_or_from_another_server(house: MessageRepliesScenario) -> None:
    elsewhere = await house.heard("from elsewhere")
    await house.tells(replace(elsewhere, by=replace(elsewhere.by, guild=DiscordId(5))))
    await house.database.write(lambda tx: message_replies.switch_off(tx, CREATOR))
    off = await house.hears("off")

    assert [await house.row(one) for one in (elsewhere, off)] == [None, None]
    assert house.texts() == []


async def test_a_question_outlives_the_mode_and_sends_nothing_then(house: MessageRepliesScenario) -> None:
    old = await house.hears("an hour ago", age=LATE + 1)
    line = await house.line(old)
    await house.database.write(lambda tx: message_replies.switch_off(tx, CREATOR))

    said = await house.typed.pressing.send(await house.presser(), line, house.reads)
    await house.turn()

    assert said == texts.OFF
    assert house.texts() == []


async def test_where_texts_are_kept_off_discord_it_stays_inside_and_says_so(
    house: MessageRepliesScenario,
) -> None:
    now = house.clock.now()
    await house.database.write(lambda tx: privacy_modes.choose(tx, CREATOR, TextMode.PRIVATE, since=now))

    heard = await house.hears("hi Emma")

    assert await house.state(heard) is TypedMessageState.INSIDE
    assert house.texts() == []


async def test_whoever_is_in_no_team_reaches_nobody_and_is_told_once(house: MessageRepliesScenario) -> None:
    for text in ("hi", "hello?"):
        await house.hears(text, by=NINA)

    told = [line for line in await house.whole_lines() if "s messages here stay inside" in line]
    assert len(told) == 1
    assert house.texts() == []


async def test_what_is_new_keeps_it_back_and_look_asks_about_all_that_is_new_by_then(
    house: MessageRepliesScenario,
) -> None:
    await house.fan_writes("one more thing")
    heard = await house.hears("hi Emma")
    line, by = await house.line(heard), await house.presser()
    await house.fan_writes("and another")

    shown = await house.typed.looking.look(by, line, house.reads)
    nobodys = await house.typed.pressing.theirs(await house.presser(NINA), line)
    await house.presses("Send", shown)
    await house.pass_time(2_000)
    late = await house.typed.looking.look(by, line, house.reads)

    assert labels(shown) == ["Send", "Edit", "Discard"]
    assert "one more thing" in words(shown)
    assert "and another" in words(shown)
    assert nobodys is False
    assert "already sent" in words(late)
    assert house.texts() == ["hi Emma"]
    assert house.town.taken[0] == heard.message
    assert len(house.town.taken) == 2


async def test_look_after_nothing_speaks_against_it_any_more_still_waits_for_send(
    house: MessageRepliesScenario,
) -> None:
    await house.fan_writes("one more thing")
    heard = await house.hears("hi Emma")
    by, line = await house.presser(), await house.line(heard)
    shown = await house.typed.looking.look(by, line, house.reads)
    await house.pass_time(90_000_000)

    again = await house.typed.looking.look(by, line, house.reads)
    before = house.texts()
    await house.presses("Send", again)
    await house.turn()

    assert labels(shown) == labels(again) == ["Send", "Edit", "Discard"]
    assert before == []
    assert house.texts() == ["hi Emma"]


async def test_a_start_between_keeping_and_looking_loses_nothing(house: MessageRepliesScenario) -> None:
    await house.fan_writes("one more thing")
    heard = await house.hears("hi Emma")
    await house.crash()
    house.build()
    await house.answering.resuming.resume()
    await house.start()
    await house.turn()

    shown = await house.typed.looking.look(await house.presser(), await house.line(heard), house.reads)
    await house.presses("Send", shown)
    await house.turn()

    assert house.discord.answers == {}
    assert house.texts() == ["hi Emma"]


async def test_what_could_not_be_taken_is_tried_again_by_look(house: MessageRepliesScenario) -> None:
    heard = await house.hears("x" * 5_001)
    by, line = await house.presser(), await house.line(heard)
    with pytest.raises(ReplyRefused, match="Fanvue takes 5,000"):
        await house.typed.looking.look(by, line, house.reads)
    house.stands[heard.message] = "shorter"

    said = await house.typed.looking.look(by, line, house.reads)
    await house.pass_time(2_000)

    assert said == "On its way. The thread shows when it is sent."
    assert house.texts() == ["shorter"]
    assert len(house.town.taken) == 2


async def test_without_the_right_to_take_it_away_it_is_sent_once_and_a_person_is_told(
    house: MessageRepliesScenario,
) -> None:
    house.town.forbidden = True

    await house.hears("hi Emma")
    await house.pass_time(5_000)

    assert house.texts() == ["hi Emma"]
    assert await house.gone() == ["rejected"]


async def test_what_was_kept_inside_stays_there_when_it_is_told_again(house: MessageRepliesScenario) -> None:
    old = await house.hears("an hour ago", age=LATE + 1)
    await house.typed.pressing.keep_inside(await house.line(old))

    await house.tells(old)

    assert await house.state(old) is TypedMessageState.INSIDE
    assert house.texts() == []
