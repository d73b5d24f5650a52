"""Who began to answer sees what was written meanwhile, before anything leaves."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.discord.message_bodies import edit_of
from bot.model.errors import DeliveryRefused
from bot.model.ports import Post
from bot.text.reply_rules import ReplyRefused
from storage.engine import drafts
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import EffectId
from tests.features.inbox.checks.checks_scenario import NINA, UNREAD, ChecksScenario, labels, ref_of, words
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA

SENT = "On its way to"
Meanwhile = Callable[[ChecksScenario], Awaitable[object]]

AUTHORS = [
    pytest.param(lambda house: house.fan_writes("are you there?"), "Emma", id="the fan"),
    pytest.param(lambda house: house.colleague_writes("are you there?"), "Nina → Emma", id="a colleague"),
    pytest.param(
        lambda house: house.phone_writes("are you there?"), "not through Discord", id="the creator's app"
    ),
    pytest.param(
        lambda house: house.phone_writes("are you there?", automated=True), "an automation", id="automation"
    ),
]


async def ready(house: ChecksScenario) -> None:
    """The fan has written, and everybody has had the time to read it."""
    await house.greeted()
    await house.pass_time(UNREAD)


@pytest.mark.parametrize(("meanwhile", "who"), AUTHORS)
async def test_what_somebody_wrote_since_the_window_opened_is_shown_first(
    house: ChecksScenario, meanwhile: Meanwhile, who: str
) -> None:
    await ready(house)
    window = await house.opens()
    before = house.texts()
    await house.pass_time(60_000)
    await meanwhile(house)
    since = house.texts()

    shown = await house.types("my answer", window)
    await house.turn()

    assert labels(shown) == ["Send", "Edit", "Discard"]
    assert "There's a new message since you started to answer" in words(shown)
    assert who in words(shown)
    assert "> are you there?" in words(shown)
    assert "> my answer" in words(shown)
    assert house.texts() == since
    assert "my answer" not in before + since


@pytest.mark.parametrize(("meanwhile", "_who"), AUTHORS)
async def test_send_sends_it_once_and_settles_the_question(
    house: ChecksScenario, meanwhile: Meanwhile, _who: str
) -> None:
    await ready(house)
    window = await house.opens()
    await meanwhile(house)
    shown = await house.types("my answer", window)

    answer = await house.presses("Send", shown)
    await house.turn()

    assert SENT in words(answer)
    assert house.texts().count("my answer") == 1
    with pytest.raises(ReplyRefused, match="This reply was already sent"):
        await house.presses("Send", shown)


async def test_nothing_new_asks_nothing_and_writes_nothing_more_down(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.pass_time(600_000)

    answer = await house.types("my answer", window)
    await house.turn()

    assert isinstance(answer, str)
    assert SENT in answer
    assert [line.action for line in await house.audit()] == ["reply"]
    assert house.texts() == ["my answer"]


async def test_the_line_whose_button_was_pressed_has_been_read_however_new(house: ChecksScenario) -> None:
    await ready(house)
    await house.fan_writes("now!")
    (line,) = [post for post in house.discord.lines(await house.thread()) if post.body == ("now\\!",)]

    window = await house.opens(line=EffectId(line.buttons[0].ref))
    answer = await house.types("yes", window)

    assert isinstance(answer, str)


async def test_a_command_asks_for_what_came_in_the_last_seconds_only(house: ChecksScenario) -> None:
    await ready(house)
    await house.fan_writes("a moment ago")

    at_once = await house.types("first")
    await house.pass_time(UNREAD)
    later = await house.types("second")

    assert "a moment ago" in words(at_once)
    assert isinstance(later, str)


async def test_a_line_that_discord_does_not_show_yet_is_new_to_everybody(house: ChecksScenario) -> None:
    await ready(house)
    await house.keep(house.wrote("not there yet"))
    window = await house.opens()
    await house.turn()

    shown = await house.types("my answer", window)

    assert "not there yet" in words(shown)


async def test_ones_own_reply_and_the_bridges_notes_are_no_news(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.types("by command")
    await house.turn()

    answer = await house.types("by window", window)

    assert isinstance(answer, str)


async def test_a_colleagues_reply_that_fanvue_refused_is_no_news(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    house.fanvue.faults.add("send", DeliveryRefused("Fanvue refused it."))
    await house.colleague_writes("never mind")
    house.clock.at += house.waits.claim  # she answers no longer

    answer = await house.types("my answer", window)

    assert isinstance(answer, str)


async def test_a_third_message_between_the_question_and_send_asks_again(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    first = await house.types("my answer", window)
    await house.fan_writes("third")

    again = await house.presses("Send", first)
    await house.turn()

    assert "third" in words(again)
    assert "second" not in words(again)
    assert house.texts() == []
    with pytest.raises(ReplyRefused, match="you were asked again"):
        await house.presses("Send", first)
    assert SENT in words(await house.presses("Send", again))
    await house.turn()
    assert house.texts() == ["my answer"]


async def test_two_presses_at_once_send_once(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    shown = await house.types("my answer", window)
    commands = [await house.staged("Send", shown) for _ in range(5)]

    answers = await asyncio.gather(*(house.answering.pressing.send(command) for command in commands))
    await house.turn()

    assert [SENT in words(answer) for answer in answers if answer is not None] == [True]
    assert house.texts() == ["my answer"]


async def test_discard_sends_nothing_and_ends_it(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    shown = await house.types("my answer", window)

    answer = await house.presses("Discard", shown)
    await house.turn()

    assert words(answer) == "Discarded. Not sent."
    assert house.texts() == []
    with pytest.raises(ReplyRefused, match="This reply was already discarded"):
        await house.presses("Send", shown)
    assert [(line.action, line.outcome) for line in await house.audit()] == [
        ("reply.check", "asked"),
        ("reply.discard", "done"),
    ]


async def test_edit_opens_with_what_was_typed_and_sends_only_the_new_words(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    shown = await house.offers("my answer", 499, window)
    await house.pass_time(UNREAD)

    editing = await house.answering.pressing.edit(await house.wish_of(), ref_of(shown, "Edit"))
    answer = await house.types("another answer", editing.window)
    await house.turn()

    message = editing.message
    assert (message.text, message.price, len(message.media), message.preview) == (
        "my answer",
        499,
        1,
        message.media[0],
    )
    assert SENT in words(answer)
    assert house.texts() == ["another answer"]
    with pytest.raises(ReplyRefused, match="has a newer version"):
        await house.presses("Send", shown)


async def test_what_was_sent_meanwhile_is_not_changed_any_more(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    shown = await house.types("my answer", window)
    await house.pass_time(UNREAD)
    editing = await house.answering.pressing.edit(await house.wish_of(), ref_of(shown, "Edit"))
    await house.presses("Send", shown)

    with pytest.raises(ReplyRefused, match="This reply was already sent"):
        await house.types("another answer", editing.window)
    await house.turn()

    assert house.texts() == ["my answer"]


async def test_windows_and_questions_survive_a_restart(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    await house.restart()

    shown = await house.types("my answer", window)
    assert "second" in words(shown)
    await house.restart()
    answer = await house.presses("Send", shown)
    await house.turn()

    assert SENT in words(answer)
    assert house.texts() == ["my answer"]


async def test_a_window_is_sent_once(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.types("my answer", window)

    with pytest.raises(ReplyRefused, match="Your input was already taken"):
        await house.types("my answer", window)
    await house.turn()

    assert house.texts() == ["my answer"]


async def test_a_window_keeps_its_name_until_something_is_new(house: ChecksScenario) -> None:
    await ready(house)

    first, second = await house.opens(), await house.opens()
    others = await house.opens(NINA)
    await house.fan_writes("second")
    await house.pass_time(UNREAD)
    third = await house.opens()
    await house.types("my answer", third)
    fourth = await house.opens()

    assert first == second
    assert len({first, others, third, fourth}) == 4


async def test_somebody_elses_question_is_as_if_there_were_none(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    shown = await house.types("my answer", window)

    with pytest.raises(ReplyRefused, match="This isn't one of your pending replies"):
        await house.presses("Send", shown, by=NINA)
    with pytest.raises(ReplyRefused, match="This isn't one of your pending replies"):
        await house.answering.pressing.edit(await house.wish_of(NINA), ref_of(shown, "Edit"))


async def test_what_waited_too_long_does_not_leave_as_it_is(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    shown = await house.offers("my answer", 499, window)
    await house.pass_time(900_000)

    late = await house.presses("Send", shown)
    editing = await house.answering.pressing.edit(await house.wish_of(), ref_of(late, "Edit"))
    answer = await house.types("still mine", editing.window)
    await house.turn()

    assert "This draft is too old to send as is" in words(late)
    assert SENT in words(answer)
    assert house.texts() == ["still mine"]


@pytest.mark.parametrize(("reads", "told"), [(True, "second"), (False, "You can't see its text here")])
async def test_texts_that_are_kept_off_discord_are_shown_to_who_may_read_them(
    house: ChecksScenario, *, reads: bool, told: str
) -> None:
    await ready(house)
    await house.database.write(
        lambda tx: privacy_modes.choose(tx, CREATOR, PrivacyMode.PRIVATE, since=house.clock.now())
    )
    window = await house.opens()
    await house.pass_time(1)
    await house.fan_writes("second")

    shown = await house.types("my answer", window, reads=reads)

    looked = [line for line in await house.audit() if line.action == "hidden.show"]
    assert told in words(shown)
    assert len(looked) == reads


async def test_a_question_keeps_no_text_in_clear(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("a secret word")
    shown = await house.types("my secret answer", window)

    draft = await house.database.read(lambda tx: drafts.get(tx, ref_of(shown, "Send")))

    assert draft is not None
    assert "secret" not in draft.target
    assert EMMA.id not in draft.target


@pytest.mark.parametrize(("fans", "own"), [("*_" * 700, "~" * 4000), ("a\n" * 700, "b\n" * 2000)])
async def test_many_long_lines_fit_into_one_private_answer(
    house: ChecksScenario, fans: str, own: str
) -> None:
    await ready(house)
    window = await house.opens()
    for number in range(9):
        await house.fan_writes(f"{number} {fans}")

    shown = await house.types(own, window)

    assert isinstance(shown, Post)
    assert "9 new messages" in words(shown)
    assert edit_of(shown)  # raises where Discord would not take it


async def test_a_press_that_discord_did_not_take_does_nothing(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    shown = await house.types("my answer", window)
    lost = await house.staged("Send", shown)

    await house.commands.cancel(lost)
    told = await house.answering.pressing.send(lost)
    await house.turn()

    assert "Discord timed out, so this was not sent" in words(told or "")
    assert house.texts() == []
    assert SENT in words(await house.presses("Send", shown))


async def test_who_left_the_team_sends_nothing_that_was_kept(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    await house.fan_writes("second")
    shown = await house.types("my answer", window)
    await house.database.write(lambda tx: drafts.close_of(tx, MAYA, CREATOR, by=NINA, now=house.clock.now()))

    with pytest.raises(ReplyRefused, match="you were removed from the team"):
        await house.presses("Send", shown)
    await house.turn()

    assert house.texts() == []
