"""Who answers a fan: claimed by beginning, kept by answering, free by silence."""

import asyncio

import pytest

from bot.access.questions import LIFE
from bot.features.inbox.claims.feature import CLAIMS
from bot.features.inbox.conversations.tasks import ConversationExpiryTask
from bot.text.moments import answering_since
from bot.text.reply_rules import ReplyRefused
from storage.people import creators, fan_erasure, pauses
from storage.people.pauses import Pause, PauseKind
from storage.records import LinkId
from tests.confirmations import pressed_by_mistake
from tests.features.inbox.claims.claims_scenario import LASTS, NINA, OTTO, VERA, ClaimsScenario, words_of
from tests.relay.fault_switchboard import HeldCall
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, NOAH

HOUR = 3_600_000
NOON = 20_000 * 24 * HOUR + 12 * HOUR


async def test_whoever_presses_reply_holds_the_fan_and_the_next_one_reads_who_answers(
    room: ClaimsScenario,
) -> None:
    since = room.clock.now()
    first = await room.begins(NINA)
    room.clock.at += 1000

    second = await room.begins(OTTO)
    again = await room.begins(NINA)

    assert (first, again) == (None, None)
    assert second is not None
    assert second.startswith(f"<@{NINA}> has been answering this fan since <t:{since // 1000}:t>.")
    assert await room.holder() == NINA
    assert await room.written() == []


async def test_two_who_press_at_once_are_not_both_let_in(room: ClaimsScenario) -> None:
    one, other = await asyncio.gather(room.begins(NINA), room.begins(OTTO))

    assert [one is None, other is None].count(True) == 1


async def test_answer_anyway_takes_the_fan_over_and_is_written_down_once(room: ClaimsScenario) -> None:
    await room.begins(NINA)
    await room.begins(OTTO)

    await room.anyway(OTTO)
    await room.anyway(OTTO)

    assert await room.holder() == OTTO
    (line,) = await room.written()
    assert (line.action, line.actor, line.target, line.outcome) == ("talk.anyway", OTTO, str(NINA), "done")
    assert line.fan is not None


async def test_answering_extends_a_claim_and_silence_ends_it(room: ClaimsScenario) -> None:
    await room.begins(NINA)
    room.clock.at += LASTS - 1
    await room.says("hi", NINA)
    room.clock.at += LASTS - 1
    held = await room.holder()

    room.clock.at += 1
    free = await room.holder()
    taken = await room.begins(OTTO)

    assert (held, free, taken) == (NINA, None, None)
    assert await room.holder() == OTTO


async def test_a_reply_beside_a_claim_leaves_it_where_it_is(room: ClaimsScenario) -> None:
    await room.begins(NINA)

    await room.says("me too", OTTO)
    await room.turn()

    assert await room.holder() == NINA
    assert (await room.talk()).owner == OTTO


async def test_a_claim_that_is_over_is_taken_away_in_view_once(room: ClaimsScenario) -> None:
    await room.begins(NINA)
    await room.greeted(NOAH)
    await room.begins(OTTO, NOAH)
    room.clock.at += LASTS
    room.changes.clear()

    await room.expiring.look()
    await room.expiring.look()

    ended = {change.fan: (change.before, change.after) for change in room.changes}
    assert len(room.changes) == 2
    assert ended.keys() == {EMMA.id, NOAH.id}
    assert [before.claimed_by for before, _ in ended.values() if before] == [NINA, OTTO]
    assert [after.claimed_by for _, after in ended.values()] == [None, None]


async def test_more_claims_than_fit_into_one_commit_end_in_one_look(room: ClaimsScenario) -> None:
    small = ConversationExpiryTask(room.ground(), changes=room.change, what=CLAIMS, batch=1)
    await room.begins(NINA)
    await room.greeted(NOAH)
    await room.begins(OTTO, NOAH)
    room.clock.at += LASTS

    await small.look()

    assert [(await room.talk(fan)).claimed_by for fan in (EMMA, NOAH)] == [None, None]


async def test_claim_and_release_are_commands_too_and_written_down(room: ClaimsScenario) -> None:
    mine = await room.claims(NINA)
    not_yours = await room.releases(OTTO)
    free = await room.releases(NINA)
    nobody = await room.releases(NINA)

    assert words_of(mine).startswith("This fan is yours until")
    assert not_yours.startswith(f"<@{NINA}> is answering this fan, not you.")
    assert free.startswith("Released")
    assert nobody.startswith("Nobody has claimed this fan")
    assert [line.action for line in await room.written()] == ["talk.claim", "talk.release"]


async def test_claiming_a_fan_whom_somebody_holds_asks_first(room: ClaimsScenario) -> None:
    await room.claims(NINA)

    asked = await room.claims(OTTO)
    before = await room.holder()
    taken = await room.takes(OTTO)

    assert not isinstance(asked, str)
    assert [(button.action, button.label) for button in asked.buttons] == [("talk.take", "Take over")]
    assert before == NINA
    assert taken.startswith("This fan is yours")
    assert await room.holder() == OTTO
    assert [line.action for line in await room.written()] == ["talk.claim", "talk.take"]


async def test_a_fan_is_handed_to_somebody_who_may_answer_and_the_thread_says_so(
    room: ClaimsScenario,
) -> None:
    await room.begins(NINA)

    said = await room.hands_over(NINA, OTTO)
    await room.turn()

    talk = await room.talk()
    assert said.startswith(f"This fan is now <@{OTTO}>'s")
    assert (talk.owner, talk.claimed_by) == (OTTO, OTTO)
    assert (await room.lines())[-1] == f"<@{NINA}> handed this fan to <@{OTTO}>."
    (line,) = await room.written()
    assert (line.action, line.target) == ("talk.hand_over", str(OTTO))


async def test_a_fan_is_handed_to_nobody_who_may_not_answer(room: ClaimsScenario) -> None:
    await room.begins(NINA)

    said = await room.hands_over(NINA, VERA)

    assert said.startswith(f"<@{VERA}> can't answer this creator's fans")
    assert await room.holder() == NINA
    assert await room.written() == []


async def test_nobody_hands_over_a_fan_whom_somebody_else_answers(room: ClaimsScenario) -> None:
    await room.begins(NINA)

    said = await room.hands_over(OTTO, OTTO)

    assert said.startswith(f"Not handed over: <@{NINA}> has been answering this fan since <t:")
    assert "Then use /fan handover again." in said
    assert await room.holder() == NINA


def test_since_when_somebody_answers_has_its_date_unless_that_was_today() -> None:
    began = NOON + 11 * HOUR

    said = [answering_since(NINA, began, began + later) for later in (0, HOUR - 1, HOUR, 30 * HOUR)]

    assert [one.rpartition(":")[2] for one in said] == ["t>.", "t>.", "f>.", "f>."]
    assert answering_since(NINA, NOON - 12 * HOUR, NOON).endswith(":f>.")  # another day for some readers


async def test_a_yes_takes_a_fan_from_whom_the_question_named_and_from_nobody_else(
    room: ClaimsScenario,
) -> None:
    await room.begins(NINA)
    await room.claims(OTTO)
    await room.releases(NINA)
    await room.claims(MAYA)

    with pytest.raises(ReplyRefused, match=f"<@{MAYA}> just started answering this fan"):
        await room.takes(OTTO)

    assert await room.holder() == MAYA


@pytest.mark.parametrize("how", ["takes", "anyway"])
async def test_a_question_whether_to_take_a_fan_over_is_answered_once(room: ClaimsScenario, how: str) -> None:
    await room.begins(NINA)
    await (room.claims if how == "takes" else room.begins)(OTTO)
    await getattr(room, how)(OTTO)
    await room.releases(OTTO)
    room.clock.at += 1
    await room.begins(NINA)

    with pytest.raises(ReplyRefused, match="just started answering this fan, so nothing changed"):
        await getattr(room, how)(OTTO)
    await room.releases(NINA)
    with pytest.raises(ReplyRefused, match="This has expired or was already answered"):
        await getattr(room, how)(OTTO)

    assert await room.holder() is None


async def test_a_yes_that_comes_late_takes_nobody_over(room: ClaimsScenario) -> None:
    await room.begins(NINA)
    await room.claims(OTTO)
    room.clock.at += LIFE
    await room.begins(NINA)

    with pytest.raises(ReplyRefused):
        await room.takes(OTTO)

    assert await room.holder() == NINA


@pytest.mark.parametrize("how", ["take", "anyway"])
async def test_a_press_that_is_none_to_this_question_takes_nobody_over(
    room: ClaimsScenario, how: str
) -> None:
    await room.begins(NINA)
    await (room.claims if how == "take" else room.begins)(OTTO)
    await room.greeted(NOAH)
    await room.begins(NINA, NOAH)
    emmas, noahs = await room.thread(EMMA), await room.thread(NOAH)
    deed, other = getattr(room.claiming, how), "anyway" if how == "take" else "take"

    await pressed_by_mistake(room.yes(OTTO), lambda yes: deed(emmas, yes), ReplyRefused)
    with pytest.raises(ReplyRefused):  # under the question about another fan
        await deed(noahs, room.yes(OTTO))
    with pytest.raises(ReplyRefused):  # by the other button
        await getattr(room.claiming, other)(emmas, room.yes(OTTO))

    assert [await room.holder(fan) for fan in (EMMA, NOAH)] == [NINA, NINA]


async def test_a_new_message_comes_back_to_whoever_was_handed_the_fan(room: ClaimsScenario) -> None:
    await room.hands_over(NINA, OTTO)
    room.clock.at += LASTS

    await room.happen(room.wrote("are you still there?"))

    talk = await room.talk()
    assert (talk.owner, talk.holder(room.clock.now())) == (OTTO, None)
    assert talk.waiting_since is not None


async def test_who_leaves_the_team_holds_and_owns_nobody(room: ClaimsScenario) -> None:
    await room.says("hi", NINA)
    await room.turn()

    ended = await room.database.write(lambda tx: room.talks.left(tx, CREATOR, NINA))

    talk = await room.talk()
    assert ended == 1
    assert (talk.owner, talk.claimed_by) == (None, None)
    assert room.changes[-1].after == talk


async def test_a_reply_that_was_under_way_when_its_author_left_answers_and_is_nobodys(
    room: ClaimsScenario,
) -> None:
    held = HeldCall(done=True)
    room.fanvue.faults.add("send", held)
    await room.says("hi", NINA)
    await held.reached.wait()
    await room.database.write(lambda tx: room.talks.left(tx, CREATOR, NINA))
    await room.engage(NINA, "none")

    held.go.set()
    await room.turn()

    talk = await room.talk()
    assert (talk.waiting_since, talk.owner) == (None, None)


async def test_with_the_creators_link_every_claim_ends_and_no_new_one_begins(room: ClaimsScenario) -> None:
    await room.begins(NINA)
    waiting = (await room.talk()).waiting_since

    await room.database.write(lambda tx: room.talks.frozen(tx, CREATOR))
    await room.database.write(lambda tx: creators.close(tx, LinkId(f"link-{CREATOR}"), now=1))
    pressed = await room.begins(OTTO)

    talk = await room.talk()
    assert pressed is None  # the window opens; what is written in it is refused with the reason
    assert (talk.claimed_by, talk.waiting_since) == (None, waiting)
    with pytest.raises(ReplyRefused, match="This thread is frozen"):
        await room.claims(OTTO)


async def test_who_is_paused_claims_nobody_by_pressing_reply(room: ClaimsScenario) -> None:
    pause = Pause("p1", PauseKind.MEMBER, CREATOR, NINA, by=MAYA, since=room.clock.now())
    await room.database.write(lambda tx: pauses.begin(tx, pause))

    paused = await room.begins(NINA)
    other = await room.begins(OTTO)

    assert (paused, other) == (None, None)
    assert await room.holder() == OTTO


async def test_a_claim_outlives_a_restart(room: ClaimsScenario) -> None:
    await room.begins(NINA)

    await room.restart()

    assert await room.holder() == NINA
    assert await room.begins(MAYA) is not None


async def test_a_forgotten_fan_is_in_no_question_any_more_and_a_late_yes_does_nothing(
    room: ClaimsScenario,
) -> None:
    await room.begins(NINA)
    await room.claims(OTTO)
    channel, yes = await room.thread(), room.yes(OTTO)

    await room.database.write(lambda tx: fan_erasure.take_out(tx, CREATOR, EMMA.id))

    (kept,) = await room.database.read(lambda tx: tx.all("SELECT target, state FROM drafts"))
    assert (kept["target"], kept["state"]) == ("{}", "expired")
    with pytest.raises(ReplyRefused):
        await room.claiming.take(channel, yes)
