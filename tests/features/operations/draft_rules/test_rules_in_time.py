"""A draft leaves by a rule after its wait, or waits for a person."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.features.inbox.checks.model import CheckHold, CheckQuestion, DraftedReply, Finding
from bot.features.inbox.program_drafts.model import DraftBody, DraftTold
from bot.model.draft_source import mark_of
from bot.model.errors import TryLater
from bot.model.events import Person
from storage.database import Transaction
from storage.engine import audit_log, draft_marks
from storage.inbox import fan_claims, messages
from storage.people import api_keys, draft_rules, pauses
from storage.people.draft_rules import DraftRule
from storage.people.pauses import Pause, PauseKind
from storage.records import DiscordId, EffectId, LinkState, Millis
from tests.features.inbox.checks.checks_scenario import NINA, UNREAD
from tests.features.inbox.program_drafts.draft_room import KEY, DraftRoom, opened_room
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, NOAH, whole

MINUTE: Millis = 60_000
RULE = DraftRule(CREATOR, "reply", 20, 0, 0, 5, MAYA)  # MAYA connected the creator


class AskingCheck:
    """Says of every reply what a test wants it to say."""

    name = "asking"

    def __init__(self) -> None:
        self.says: Finding | None = None

    async def look(self, _tx: Transaction, _reply: DraftedReply) -> Finding:
        assert self.says is not None
        return self.says


class RuleRoom(DraftRoom):
    """The owner has set a rule."""

    most = 9

    async def rules(self, rule: DraftRule = RULE) -> None:
        await self.database.write(lambda tx: draft_rules.put(tx, rule, now=self.clock.at))

    async def answers(self, text: str = "hi", *, read: bool = True, fan: str = EMMA.id) -> DraftTold:
        """The program answers the fan's newest message, and says so where it `read` it."""
        newest = await self.database.read(lambda tx: messages.newest_in(tx, CREATOR, fan))  # type: ignore[arg-type]
        body = DraftBody(text=text, answers=newest if read else None)
        made, _ = await self.writing.write(KEY, "lola", fan, body, None)
        await self.turn()
        return made

    async def passes(self, minutes: float) -> None:
        """Time passes, and the bridge looks once."""
        await self.pass_time(round(minutes * MINUTE))
        await self.sending.look()
        await self.turn()

    async def line(self, draft: DraftTold, fan: Person = EMMA) -> str:
        """What the draft's line says."""
        (post,) = [
            post
            for post in self.discord.lines(await self.thread(fan))
            if any(button.ref == draft.id for button in post.buttons)
        ]
        return whole(post)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[RuleRoom]:
    """A fan who has written, a program with a key, and a rule."""
    async with opened_room(RuleRoom, tmp_path) as made:
        await made.rules()
        yield made


async def test_it_leaves_once_after_its_wait_and_says_that_nobody_pressed(room: RuleRoom) -> None:
    draft = await room.answers("hi")
    before = await room.line(draft)
    await room.passes(4.9)
    early = room.texts()
    await room.passes(0.1)
    await room.passes(5)

    assert "Sent by the owner's rule <t:" in before
    assert early == []
    assert room.texts() == ["hi"]
    told = await room.writing.told(KEY, "lola", draft.id)
    assert (told.state, told.by) == ("taken", str(MAYA))
    assert told.sent is not None
    assert (told.sent.by_rule, told.sent.changed and told.sent.changed.use) == (True, "unchanged")
    (line,) = [line for line in await room.whole_lines() if "Draft: unchanged" in line]
    assert "The owner's rule, draft by n8n" in line
    assert (await room.talk()).holder(room.clock.at) is None  # nobody sits there


async def test_without_a_rule_nothing_leaves(room: RuleRoom) -> None:
    await room.database.write(lambda tx: draft_rules.end(tx, CREATOR, "reply"))
    draft = await room.answers()
    await room.passes(60)

    assert room.texts() == []
    assert "Nothing is sent until someone here presses Send." in await room.line(draft)


async def fan_writes(room: RuleRoom) -> None:
    await room.happen(room.wrote("and one more thing"))


async def owner_answers_elsewhere(room: RuleRoom) -> None:
    there = room.fanvue.write(CREATOR, EMMA.id, "from my phone", by_creator=True)
    await room.happen(room.echo(there))


async def owner_answers_here(room: RuleRoom) -> None:
    await room.pass_time(UNREAD)  # what the fan wrote has been read
    await room.reply("it is me")
    await room.turn()


def claims(by: DiscordId) -> Callable[[RuleRoom], Awaitable[None]]:
    async def work(room: RuleRoom) -> None:
        until = room.clock.at + 60 * MINUTE
        await room.database.write(
            lambda tx: fan_claims.claim(tx, CREATOR, EMMA.id, by, now=room.clock.at, until=until)
        )

    return work


def paused(kind: PauseKind, subject: DiscordId | None) -> Callable[[RuleRoom], Awaitable[None]]:
    async def work(room: RuleRoom) -> None:
        creator = None if kind is PauseKind.ALL else CREATOR
        pause = Pause("p1", kind, creator, subject, NINA, room.clock.at)
        await room.database.write(lambda tx: pauses.begin(tx, pause))

    return work


async def rule_ends(room: RuleRoom) -> None:
    await room.database.write(lambda tx: draft_rules.end(tx, CREATOR, "reply"))


async def somebody_else_sets_it(room: RuleRoom) -> None:
    await room.rules(replace(RULE, by=NINA))


async def hours_end(room: RuleRoom) -> None:
    at = datetime.fromtimestamp(room.clock.at / 1000, tz=UTC)
    minute = at.hour * 60 + at.minute
    await room.rules(replace(RULE, begins=minute, ends=minute + 1))


async def key_is_revoked(room: RuleRoom) -> None:
    await room.database.write(lambda tx: api_keys.end(tx, KEY, now=room.clock.at))


async def key_expires(room: RuleRoom) -> None:
    await room.database.write(lambda tx: api_keys.extend(tx, KEY.id, room.clock.at))


async def creator_is_disconnected(room: RuleRoom) -> None:
    await room.database.write(
        lambda tx: tx.execute("UPDATE links SET state = :state", state=LinkState.RELINK_REQUIRED.value)
    )


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (fan_writes, "Someone has written since."),
        (owner_answers_elsewhere, "Someone has written since."),
        (owner_answers_here, "Someone has written since."),
        (claims(NINA), "Someone is answering this fan."),
        (claims(MAYA), "Someone is answering this fan."),
        (paused(PauseKind.CREATOR, None), "Paused by"),
        (paused(PauseKind.ALL, MAYA), "Paused by"),
        (paused(PauseKind.MEMBER, MAYA), "Paused by"),
        (rule_ends, "The owner's rule no longer covers it."),
        (somebody_else_sets_it, "The owner's rule no longer covers it."),
        (hours_end, "It's outside the hours of the owner's rule."),
        (key_is_revoked, "is no longer valid"),
        (key_expires, "is no longer valid"),
        (creator_is_disconnected, "no longer covers it"),
    ],
)
async def test_what_happens_before_leaves_it_to_people_and_says_why(
    room: RuleRoom, happens: Callable[[RuleRoom], Awaitable[None]], says: str
) -> None:
    draft = await room.answers("never sent")
    await happens(room)
    await room.passes(5)
    await room.passes(60)

    assert "never sent" not in room.texts()
    line = await room.line(draft)
    assert "Not sent by the owner's rule." in line
    assert says in line
    assert "Nothing is sent until someone here presses Send." in line
    assert await room.state(draft) == "waiting"


@pytest.mark.parametrize(
    "says", [CheckQuestion(("Really?",), "it is sent", "1"), CheckHold("A lead looks first.", "1")]
)
async def test_what_a_check_asks_or_holds_waits_for_a_person(tmp_path: Path, says: Finding) -> None:
    check = AskingCheck()
    check.says = says

    class AskingRoom(RuleRoom):
        more = (check,)

    async with opened_room(AskingRoom, tmp_path) as room:
        await room.rules()
        draft = await room.answers("never sent")
        await room.passes(5)
        line, state = await room.line(draft), await room.state(draft)
        opened = await room.opens_draft(draft)
        asked = await room.sends_draft(opened)

    assert room.texts() == []
    assert "A check has a question, or holds it." in line
    assert state == "waiting"
    assert "Really?" in str(asked) or "A lead looks first." in str(asked)


async def test_who_takes_it_up_has_it_for_good(room: RuleRoom) -> None:
    draft = await room.answers("hi")
    opened = await room.opens_draft(draft, by=NINA)
    await room.turn()
    line = await room.line(draft)
    await room.passes(10)
    unsent = room.texts()
    await room.sends_draft(opened, by=NINA)
    await room.turn()

    assert "Sent by the owner's rule" not in line
    assert unsent == []
    assert room.texts() == ["hi"]


async def test_a_fan_who_waits_is_not_answered_with_what_may_know_nothing_of_it(room: RuleRoom) -> None:
    draft = await room.answers("hi", read=False)
    await room.passes(60)

    assert room.texts() == []
    assert "presses Send" in await room.line(draft)


async def test_no_more_leave_on_one_day_than_the_rule_says(room: RuleRoom) -> None:
    await room.rules(replace(RULE, most=1))
    await room.happen(room.wrote("hello", NOAH))
    await room.answers("one")
    second = await room.answers("two", fan=NOAH.id)
    beside = await room.line(second, NOAH)
    await room.passes(5)
    await room.passes(60)
    first = room.texts() + room.texts(NOAH)
    await room.happen(room.wrote("still there?"))
    third = await room.answers("three")
    today = await room.line(third)
    await room.pass_time(24 * 60 * MINUTE)
    await room.happen(room.wrote("good morning"))
    await room.answers("four")
    await room.passes(5)

    assert first == ["one"]
    # Each says from the start that a person has to send it: the day's only one has left, or is promised.
    assert "presses Send" in beside
    assert "presses Send" in today
    assert "three" not in room.texts()
    assert room.texts()[-1] == "four"


async def test_what_people_discard_leaves_its_place_to_the_next(room: RuleRoom) -> None:
    await room.rules(replace(RULE, most=1))
    await room.happen(room.wrote("hello", NOAH))
    dropped = await room.answers("one")
    await room.pressing.discard(await room.wish_of(NINA), dropped.id)
    draft = await room.answers("two", fan=NOAH.id)
    promised = await room.line(draft, NOAH)
    await room.passes(5)

    assert "Sent by the owner's rule" in promised
    assert (room.texts(), room.texts(NOAH)) == ([], ["two"])


async def test_hours_are_those_of_the_creators_days(room: RuleRoom) -> None:
    at = datetime.fromtimestamp(room.clock.at / 1000, tz=UTC)
    tokyo = (at.hour * 60 + at.minute + 9 * 60) % 1440  # no clock changes there
    sql = "INSERT INTO zones (creator_uuid, zone) VALUES (:creator, 'Asia/Tokyo')"
    await room.database.write(lambda tx: tx.execute(sql, creator=CREATOR))
    await room.rules(replace(RULE, begins=tokyo, ends=(tokyo + 10) % 1440))
    await room.answers("in time")
    await room.passes(5)
    await room.happen(room.wrote("and now?"))
    await room.pass_time(5 * MINUTE)
    late = await room.answers("too late")
    await room.passes(10)

    assert room.texts() == ["in time"]
    assert "presses Send" in await room.line(late)


async def test_what_nobody_can_see_yet_does_not_leave(room: RuleRoom) -> None:
    room.discord.faults.down = TryLater("away")
    draft = await room.answers("hi")
    await room.passes(5)
    hidden = room.texts()
    room.discord.faults.down = None
    await room.passes(3)
    line = await room.line(draft)
    seen = room.texts()
    await room.passes(10)

    assert (hidden, seen) == ([], [])
    assert "hi" in line
    assert room.texts() == ["hi"]
    assert await room.state(draft) == "taken"


async def test_each_is_written_down_with_whose_rule_it_was(room: RuleRoom) -> None:
    draft = await room.answers("hi")
    await room.passes(5)
    acts = await room.database.read(lambda tx: audit_log.recent(tx, CREATOR, 20))
    (send,) = [act for act in acts if (act.action, act.outcome) == ("reply", "accepted")]

    assert ("draft.rule", "done", None) in [(act.action, act.outcome, act.actor) for act in acts]
    mark = mark_of(send.target)
    assert mark is not None
    assert (mark.draft, mark.by, mark.rule) == (draft.id, MAYA, True)
    packed = await room.database.read(lambda tx: draft_marks.of_effect(tx, EffectId(send.cause or "")))
    assert packed == send.target


async def test_another_owner_of_the_creator_is_bound_by_no_rule_of_before(room: RuleRoom) -> None:
    await room.database.write(
        lambda tx: tx.execute("UPDATE links SET discord_user = :other", other=int(NINA))
    )
    draft = await room.answers("hi")
    await room.passes(60)

    assert room.texts() == []
    assert "presses Send" in await room.line(draft)


class PoisonedCheck:
    """Fails in a way that nobody foresaw."""

    name = "poisoned"

    async def look(self, _tx: Transaction, _reply: DraftedReply) -> Finding:
        raise ZeroDivisionError


async def test_a_draft_that_breaks_something_stays_and_the_next_one_leaves(room: RuleRoom) -> None:
    await room.happen(room.wrote("hello", NOAH))
    broken = await room.answers("never sent")
    gate = room.answering.checks
    was, gate._checks = gate._checks, (PoisonedCheck(),)
    await room.passes(5)
    gate._checks = was
    await room.answers("fine", fan=NOAH.id)
    await room.passes(5)

    assert "It couldn't be looked up on Fanvue." in await room.line(broken)
    assert room.texts() == []
    assert room.texts(NOAH) == ["fine"]
