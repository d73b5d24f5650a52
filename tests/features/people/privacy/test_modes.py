"""What a line shows in each mode, when the mode changes, and to whom it is opened."""

from dataclasses import replace

import pytest

from bot.engine.retry import RetryWaits
from bot.features.people.privacy.show_service import WholeLine
from bot.model.errors import AutomodBlocked, TryLater
from bot.model.events import ChatRead
from bot.model.ports import Post
from bot.relay.redaction import LineRedactor
from storage.engine import outbox
from storage.inbox import messages
from storage.people.privacy_modes import PrivacyMode
from storage.records import DiscordId, EffectId, MediaId
from tests.features.operations.problems.problems_scenario import labels, words
from tests.features.people.privacy.privacy_scenario import PrivacyScenario
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import CREATOR, EMMA, FORUM, NOAH, told

SECRET = "nobody else may read this"
KEPT_BACK = "🔒 A message; its text is kept off Discord"


async def whole(manor: PrivacyScenario, line: Post, thread: DiscordId | None = None) -> Post | str:
    """What the button of a line shows."""
    (ref,) = {button.ref for button in line.buttons if button.action == "private.show"}
    found = await manor.privacy.showing.show(EffectId(ref), thread or await manor.thread(EMMA))
    return found if isinstance(found, str) else found.post


@pytest.mark.parametrize(
    ("mode", "shows", "spoiler"),
    [
        (PrivacyMode.FULL, SECRET, False),
        (PrivacyMode.COVERED, SECRET, True),
        (PrivacyMode.PRIVATE, KEPT_BACK, False),
    ],
)
async def test_a_fans_message_and_the_answer_are_shown_as_the_mode_says(
    manor: PrivacyScenario, mode: PrivacyMode, shows: str, *, spoiler: bool
) -> None:
    await manor.choose(mode)
    await manor.happen(manor.wrote(SECRET))
    theirs = await manor.last()

    reply = await manor.reply(SECRET)
    await manor.turn()

    ours = await manor.shown(reply)
    assert (told(theirs), theirs.spoiler) == (shows, spoiler)
    assert (told(ours), ours.spoiler) == (shows, spoiler)
    assert ours.title == "Maya → Emma @quiet\\-otter"
    assert (ours.small or "").startswith("✓ Sent")


@pytest.mark.parametrize("mode", list(PrivacyMode))
async def test_media_without_a_text_look_the_same_in_each_mode_and_can_be_opened(
    manor: PrivacyScenario, mode: PrivacyMode
) -> None:
    await manor.choose(mode)
    wrote = replace(manor.wrote(""), complete=False)
    chat = manor.fanvue.chat(wrote.creator, EMMA.id)
    chat[-1] = replace(chat[-1], text=None, media=(MediaId("m1"),))

    await manor.happen(wrote)

    line = await manor.last()
    assert (line.body, line.spoiler, labels(line)) == ((), False, ["Reply", "Show"])
    assert "1 media item" in str(line.small)
    shown = await manor.privacy.show_line(EffectId(line.buttons[-1].ref), await manor.thread(EMMA))
    assert isinstance(shown, WholeLine)
    assert shown.media_of == (EMMA.id, wrote.message)


@pytest.mark.parametrize("mode", list(PrivacyMode))
async def test_a_reply_with_media_can_be_opened_in_each_mode_once_the_fan_has_it(
    manor: PrivacyScenario, mode: PrivacyMode
) -> None:
    await manor.choose(mode)
    await manor.greeted()

    reply = await manor.reply(SECRET, media=("11111111-2222-4333-8444-555555555555",))
    await manor.turn()

    ours = await manor.shown(reply)
    shown = await manor.privacy.show_line(EffectId(ours.buttons[-1].ref), await manor.thread(EMMA))
    assert labels(ours).count("Show") == 1
    assert isinstance(shown, WholeLine)
    assert shown.media_of is not None


async def test_only_the_part_that_tells_of_media_shows_them(manor: PrivacyScenario) -> None:
    await manor.choose(PrivacyMode.PRIVATE)
    wrote = replace(manor.wrote(" ".join(f"word{number}" for number in range(900))), complete=False)
    chat = manor.fanvue.chat(wrote.creator, EMMA.id)
    chat[-1] = replace(chat[-1], media=(MediaId("m1"),))

    await manor.happen(wrote)

    thread = await manor.thread(EMMA)
    lines = manor.discord.lines(thread)
    wholes = [await manor.privacy.show_line(EffectId(one.buttons[-1].ref), thread) for one in lines]
    media = [whole.media_of for whole in wholes if isinstance(whole, WholeLine)]
    assert media == [*[None] * (len(lines) - 1), (EMMA.id, wrote.message)]
    assert len(lines) > 1


async def test_a_private_line_is_shown_whole_in_its_own_thread_only(manor: PrivacyScenario) -> None:
    await manor.choose(PrivacyMode.PRIVATE)
    await manor.happen(manor.wrote(SECRET))
    await manor.happen(manor.wrote("hello", NOAH))
    line = await manor.last()

    shown = await whole(manor, line)

    assert isinstance(shown, Post)
    assert (told(shown), shown.buttons, shown.spoiler) == (SECRET, (), False)
    assert (
        await whole(manor, line, await manor.thread(NOAH))
        == "This button isn't for a message of this thread."
    )


async def test_a_private_reply_is_shown_whole_in_the_state_that_it_has_now(manor: PrivacyScenario) -> None:
    await manor.choose(PrivacyMode.PRIVATE)
    await manor.greeted()
    reply = await manor.reply(SECRET)
    await manor.turn()

    shown = await whole(manor, await manor.shown(reply))

    assert isinstance(shown, Post)
    assert told(shown) == SECRET
    assert "✓ Sent" in (shown.small or "")


async def test_media_that_are_learned_of_later_are_in_the_line_and_in_what_it_shows(
    manor: PrivacyScenario,
) -> None:
    await manor.choose(PrivacyMode.PRIVATE)
    wrote = manor.wrote(SECRET)
    chat = manor.fanvue.chat(wrote.creator, EMMA.id)
    chat[-1] = replace(chat[-1], media=(MediaId("m1"), MediaId("m2")))

    await manor.happen(wrote)
    await manor.pass_time(RetryWaits().gather)  # a fan's media are looked for together

    line = await manor.last()
    shown = await whole(manor, line)
    assert isinstance(shown, Post)
    assert (told(line), told(shown)) == (KEPT_BACK, SECRET)
    assert "2 media items" in str(line.small)
    assert "2 media items" in str(shown.small)


async def test_a_long_message_keeps_its_parts_and_every_part_is_shown_by_its_own_button(
    manor: PrivacyScenario,
) -> None:
    await manor.choose(PrivacyMode.PRIVATE)
    text = " ".join(f"word{number}" for number in range(900))

    await manor.happen(manor.wrote(text))

    lines = manor.discord.lines(await manor.thread())
    parts = [await whole(manor, line) for line in lines]
    assert len(lines) > 1
    assert "word" not in " ".join(map(words, lines))
    assert " ".join(told(part) for part in parts if isinstance(part, Post)).split() == text.split()


async def test_what_waits_while_the_mode_changes_is_posted_in_the_new_one(manor: PrivacyScenario) -> None:
    await manor.greeted()
    manor.discord.faults.down = TryLater("Discord is down.")
    await manor.happen(manor.wrote(SECRET))
    await manor.choose(PrivacyMode.PRIVATE)
    manor.discord.faults.down = None

    await manor.pass_time(600_000)

    assert told(await manor.last()) == KEPT_BACK


async def test_a_line_of_a_private_time_stays_private_when_the_mode_opens_and_the_line_changes(
    manor: PrivacyScenario,
) -> None:
    await manor.choose(PrivacyMode.PRIVATE)
    await manor.greeted()
    reply = await manor.reply(SECRET)
    await manor.turn()
    await manor.pass_time(1000)
    said = await manor.choose(PrivacyMode.FULL)
    await manor.pass_time(1000)

    await manor.happen(manor.wrote("thank you"))
    sent = await manor.database.read(lambda tx: messages.of_effect(tx, reply))
    assert sent is not None
    manor.fanvue.change(sent.message, read=True)
    await manor.happen(ChatRead(CREATOR, EMMA, manor.clock.now()), kind="read")

    assert (await manor.shown(reply)).small == f"👁 Seen <t:{manor.clock.now() // 1000}:t>"
    assert "never shows more" in said
    assert told(await manor.shown(reply)) == KEPT_BACK
    assert told(await manor.last()) == "thank you"


async def test_a_line_that_the_server_blocked_stays_private_when_it_is_let_through(
    manor: PrivacyScenario,
) -> None:
    await manor.choose(PrivacyMode.PRIVATE)
    thread = await manor.greeted()
    manor.discord.faults.add("post", AutomodBlocked("AutoMod of this server blocked it."))
    await manor.happen(manor.wrote(SECRET))
    blocked = await manor.last(thread)

    await manor.pass_time(3_600_000)

    line = await manor.last(thread)
    shown = await whole(manor, line, thread)
    assert labels(blocked) == ["Show to me", "Reply"]
    assert told(line) == KEPT_BACK
    assert isinstance(shown, Post)
    assert told(shown) == SECRET


async def test_a_private_line_whose_answer_got_lost_is_there_once(manor: PrivacyScenario) -> None:
    await manor.choose(PrivacyMode.PRIVATE)
    thread = await manor.greeted()
    manor.discord.faults.add("post", LostAnswer())

    await manor.happen(manor.wrote(SECRET))
    await manor.pass_time(600_000)

    assert [told(line) for line in manor.discord.lines(thread)] == [KEPT_BACK, KEPT_BACK]


async def test_the_same_mode_again_changes_nothing_and_every_change_is_in_the_record(
    manor: PrivacyScenario,
) -> None:
    said = [await manor.choose(mode) for mode in (PrivacyMode.FULL, PrivacyMode.PRIVATE, PrivacyMode.PRIVATE)]

    assert [words.startswith("Already set") for words in said] == [True, False, True]
    assert [(entry.action, entry.target) for entry in await manor.audit()] == [("privacy.mode", "private")]


async def test_where_the_forum_is_not_age_restricted_texts_are_shown_privately(
    manor: PrivacyScenario,
) -> None:
    await manor.greeted()
    effect = await manor.database.read(lambda tx: outbox.get(tx, line_of(manor)))
    assert effect is not None

    async def restricted(_forum: DiscordId) -> bool:
        return False

    post = Post(body=(SECRET,), outline=(KEPT_BACK,))
    covers = LineRedactor(restricted=restricted)
    dress = await manor.database.read(lambda tx: covers.of(tx, [effect]))
    shown = await covers.over(post, effect, dress)

    assert SECRET not in words(shown)
    assert "This forum is no longer age-restricted, so texts are shown privately" in words(shown)
    assert labels(shown) == ["Show"]
    alone = Post(body=(), small="1 media item", outline=())
    assert await covers.over(alone, effect, dress) == alone


def line_of(manor: PrivacyScenario) -> EffectId:
    """The effect that posted the first line of the only thread."""
    (thread,) = manor.discord.threads(FORUM)
    return EffectId(manor.discord.lines(thread)[0].buttons[0].ref)
