"""All checks are heard: refusals come first, then holds, then all questions."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.discord.message_bodies import edit_of
from bot.features.inbox.checks.model import (
    CheckHold,
    CheckPass,
    CheckQuestion,
    CheckRefusal,
    DraftedReply,
    Finding,
)
from bot.features.people.privacy.text_eraser import SealedTextEraser
from bot.model.ports import Post
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.people import pauses
from storage.people.pauses import Pause, PauseKind
from tests.features.inbox.checks.checks_scenario import (
    NINA,
    UNREAD,
    ChecksScenario,
    labels,
    opened,
    ref_of,
    words,
)
from tests.features.inbox.checks.test_stale_drafts import SENT
from tests.relay.relay_scenario import CREATOR


@dataclass
class ScriptedCheck:
    """A check that says what a test wants, unless its question was answered with yes."""

    name: str
    finding: Finding
    heard: list[DraftedReply] = field(default_factory=list)

    async def look(self, _tx: Transaction, reply: DraftedReply) -> Finding:
        self.heard.append(reply)
        mark = getattr(self.finding, "mark", None)
        return CheckPass() if mark is not None and reply.confirmed.get(self.name) == mark else self.finding


ASK = CheckQuestion(("Is that dear?",), "it goes out at this price", "m1")
OTHER = CheckQuestion(("Sold already.",), "it is offered once more", "m2")
REFUSE = CheckRefusal("That is below the floor.")
HOLD = CheckHold("A lead looks at it first.", "m3")


async def saying(
    house: ChecksScenario, text: str = "my answer"
) -> tuple[str, list[str], list[tuple[str, str, str]]]:
    """What Maya is shown, the buttons, and what is written down."""
    await house.greeted()
    await house.pass_time(UNREAD)
    shown = await house.types(text)
    await house.turn()
    lines = [(line.action, line.outcome, line.target) for line in await house.audit()]
    return words(shown), labels(shown), lines


@pytest.mark.parametrize(
    ("findings", "told", "silent", "buttons", "line"),
    [
        pytest.param(
            (ASK, OTHER),
            ("Is that dear?", "Sold already.", "at this price; it is offered once more"),
            (),
            ["Send", "Edit", "Discard"],
            ("reply.check", "asked", "one two"),
            id="two questions at once",
        ),
        pytest.param(
            (ASK, REFUSE),
            ("below the floor",),
            ("dear",),
            ["Edit", "Discard"],
            ("reply.check", "refused", "two"),
            id="a refusal before a question",
        ),
        pytest.param(
            (HOLD, REFUSE),
            ("below the floor",),
            ("lead",),
            ["Edit", "Discard"],
            ("reply.check", "refused", "two"),
            id="a refusal before a lead",
        ),
        pytest.param(
            (HOLD, ASK),
            ("Not sent. A lead looks at it first.",),
            ("dear",),
            ["Edit", "Discard"],
            ("reply.check", "held", "one"),
            id="a lead before a question",
        ),
    ],
)
async def test_one_answer_is_given_and_nothing_is_sent(
    tmp_path: Path,
    findings: tuple[Finding, Finding],
    told: tuple[str, ...],
    silent: tuple[str, ...],
    buttons: list[str],
    line: tuple[str, str, str],
) -> None:
    checks = (ScriptedCheck("one", findings[0]), ScriptedCheck("two", findings[1]))
    async with opened(tmp_path, checks) as house:
        said, offered, written = await saying(house)

        assert all(word in said for word in told)
        assert not any(word in said for word in silent)
        assert "> my answer" in said
        assert offered == buttons
        assert written == [line]
        assert all(len(check.heard) == 1 for check in checks)
        assert house.texts() == []


async def test_whatever_checks_have_to_say_fits_into_one_answer(tmp_path: Path) -> None:
    talkative = [
        ScriptedCheck(f"check{number}", CheckQuestion((f"<{number}>", *("word " * 20,) * 8), "yes", "m"))
        for number in range(9)
    ]
    async with opened(tmp_path, talkative) as house:
        await house.greeted()
        await house.pass_time(UNREAD)

        said = []
        shown = await house.types("my answer")
        while isinstance(shown, Post):
            assert edit_of(shown)  # raises where Discord would not take it
            said.append(words(shown))
            shown = await house.presses("Send", shown)
        await house.turn()

        asked = [[number for number in range(9) if f"<{number}>" in one] for one in said]
        assert [number for one in asked for number in one] == list(range(9))
        assert ["you get the remaining questions before anything is sent" in one for one in said] == [
            True
        ] * (len(said) - 1) + [False]
        assert house.texts() == ["my answer"]


async def test_a_yes_to_one_question_is_kept_while_another_one_is_asked(tmp_path: Path) -> None:
    dear = ScriptedCheck("one", ASK)
    async with opened(tmp_path, [dear]) as house:
        await house.greeted()
        await house.pass_time(UNREAD)
        asked = await house.offers("my answer", 4900)
        await house.fan_writes("wait")

        again = await house.presses("Send", asked)
        sent = await house.presses("Send", again)
        await house.turn()

        assert "wait" in words(again)
        assert "dear" not in words(again)
        assert SENT in words(sent)
        assert house.texts() == ["my answer"]
        assert (dear.heard[0].message.price, dict(dear.heard[-1].confirmed)["one"]) == (4900, "m1")


async def test_what_was_refused_is_changed_and_goes_out(tmp_path: Path) -> None:
    check = ScriptedCheck("one", REFUSE)
    async with opened(tmp_path, [check]) as house:
        await house.greeted()
        await house.pass_time(UNREAD)
        shown = await house.types("my answer")
        editing = await house.answering.pressing.edit(await house.wish_of(), ref_of(shown, "Edit"))
        check.finding = CheckPass()

        answer = await house.types("a better answer", editing.window)
        await house.turn()

        assert SENT in words(answer)
        assert house.texts() == ["a better answer"]


async def test_what_cannot_leave_at_the_press_stays_with_its_author(house: ChecksScenario) -> None:
    await house.greeted()
    await house.pass_time(UNREAD)
    window = await house.opens()
    await house.fan_writes("second")
    asked = await house.types("my answer", window)
    pause = Pause("pause-1", PauseKind.CREATOR, CREATOR, None, NINA, house.clock.now())
    await house.database.write(lambda tx: pauses.begin(tx, pause))

    paused = await house.presses("Send", asked)
    await house.database.write(lambda tx: pauses.end(tx, pause.id, by=NINA, now=house.clock.now()))
    sent = await house.presses("Try again", paused)
    await house.turn()

    assert "Paused by" in words(paused)
    assert labels(paused) == ["Try again", "Edit", "Discard"]
    assert SENT in words(sent)
    assert house.texts() == ["my answer"]


async def test_a_text_whose_time_is_over_is_not_sent(house: ChecksScenario) -> None:
    await house.greeted()
    await house.pass_time(UNREAD)
    window = await house.opens()
    await house.fan_writes("second")
    asked = await house.types("my answer", window)
    erasing = SealedTextEraser(house.ground(), batch=100)
    await erasing.texts(CREATOR, before=house.clock.now() + 1)

    with pytest.raises(ReplyRefused, match="This reply's text is no longer kept"):
        await house.presses("Send", asked)
    await house.turn()

    assert house.texts() == []


async def shown_since(house: ChecksScenario) -> Post:
    """What the private answer shows after a start."""
    assert await house.answering.resuming.resume() == 1
    await house.turn()
    return list(house.discord.answers.values())[-1]


async def test_after_a_start_whoever_was_asked_is_told_and_asked_again(house: ChecksScenario) -> None:
    await house.greeted()
    await house.pass_time(UNREAD)
    window = await house.opens()
    await house.fan_writes("second")
    lost = await house.types("my answer", window)
    await house.restart()

    told = await shown_since(house)
    again = await house.presses("Send", told)
    sent = await house.presses("Send", again)
    await house.turn()

    assert "restarted" in words(told)
    assert "second" not in words(told)
    assert "my answer" not in words(told)
    assert "second" in words(again)
    assert SENT in words(sent)
    assert house.texts() == ["my answer"]
    with pytest.raises(ReplyRefused, match="you were asked again"):
        await house.presses("Send", lost)


async def test_after_a_start_nobody_else_is_told(tmp_path: Path) -> None:
    async with opened(tmp_path, [ScriptedCheck("one", CheckPass())]) as house:
        await house.greeted()
        await house.pass_time(UNREAD)
        await house.types("my answer")
        await house.restart()

        assert await house.answering.resuming.resume() == 0


async def test_a_press_that_a_stop_cut_short_writes_nothing_over_the_question(house: ChecksScenario) -> None:
    await house.greeted()
    asked = await house.types("my answer")
    await house.staged("Send", asked)
    await house.restart()
    await house.turn()

    told = [words(answer) for answer in house.discord.answers.values()]
    assert not any("not done" in one for one in told)
    assert house.texts() == []


async def test_after_a_start_what_discord_would_not_show_any_more_is_let_be(house: ChecksScenario) -> None:
    await house.greeted()
    await house.types("my answer")
    await house.pass_time(house.waits.answer + 1)
    await house.restart()

    assert await house.answering.resuming.resume() == 0


async def test_where_the_thread_is_gone_it_says_so_and_not_that_it_waited_too_long(
    house: ChecksScenario,
) -> None:
    await house.greeted()
    asked = await house.types("my answer")
    press = await house.staged("Send", asked)
    await house.database.write(lambda tx: tx.execute("UPDATE threads SET thread_id = NULL"))

    told = await house.answering.pressing.send(press)

    assert told is not None
    assert "This isn't a fan's thread" in words(told)
    assert "too old" not in words(told)
    assert house.texts() == []
