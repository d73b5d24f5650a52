"""/team remove: all that is theirs ends in one commit, and Discord follows."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.access.permits import Actor, NotConfirmed, authorize
from bot.access.policy import Action
from bot.engine.retry import RetryWaits
from bot.model.errors import DeliveryRefused, TryLater
from bot.relay.replies import ReplyWish
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import audit_log, drafts
from storage.engine.drafts import Draft
from storage.people import grants
from storage.records import DiscordId, DraftId, EffectId, EffectState
from tests.confirmations import pressed_by_mistake, ref_of, yes_to
from tests.features.people.offboarding.offboarding_scenario import OffboardingScenario
from tests.features.people.pausing.pausing_scenario import NINA, OTTO, here
from tests.relay.fault_switchboard import HeldCall
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, FORUM, GUILD, MAYA, NOAH

CATEGORY = DiscordId(1)
ROLE = DiscordId(77)


async def may(bureau: OffboardingScenario, member: Actor, action: Action = Action.REPLY) -> bool:
    found = await bureau.database.read(lambda tx: authorize(tx, member, action, CREATOR))
    return found is not None


async def queued(bureau: OffboardingScenario) -> EffectId:
    """Fanvue is down, and a reply of Nina's and one of Otto's wait; Nina's."""
    await bureau.greeted()
    await bureau.greeted(NOAH)
    bureau.fanvue.faults.down = TryLater("Fanvue cannot be reached right now.")
    ninas = await bureau.say("nina's", EMMA, by=NINA)
    await bureau.say("otto's", NOAH, by=OTTO)
    await bureau.turn()
    bureau.fanvue.faults.down = None
    return ninas


async def test_all_that_is_theirs_ends_and_nothing_of_others_does(bureau: OffboardingScenario) -> None:
    await queued(bureau)
    draft = await a_draft(bureau, NINA)
    others = await a_draft(bureau, OTTO)

    said = await bureau.remove()
    await bureau.pass_time(RetryWaits().backoff_max)

    assert not await may(bureau, here(NINA))
    assert await may(bureau, here(OTTO))
    assert (bureau.texts(), bureau.texts(NOAH)) == ([], ["otto's"])
    assert [await state(bureau, draft), await state(bureau, others)] == ["removed", "open"]
    assert bureau.doors.shut == {(FORUM, NINA), (ALERTS, NINA), (CATEGORY, NINA)}
    assert "they were chatter; that has ended" in said
    assert "1 message not started yet discarded" in said
    assert "1 open window, preview or question closed" in said
    assert "Discord: 3 of 3 channels are closed" in bureau.answer()


async def test_the_thread_says_that_a_waiting_reply_was_not_sent_and_why(bureau: OffboardingScenario) -> None:
    ninas = await queued(bureau)

    await bureau.remove()
    await bureau.turn()

    small = await bureau.small(ninas)
    assert small == "Discarded. Not sent. The person who wrote it was removed from the team."


async def test_no_discord_role_gives_anything_back_and_a_new_grant_does(bureau: OffboardingScenario) -> None:
    await bureau.engage(NINA)
    role = grants.GrantRecord("g-role", CREATOR, GUILD, "role", ROLE, "manager", "", "", None, MAYA, 0)
    await bureau.database.write(lambda tx: grants.put(tx, role))
    nina = Actor(NINA, GUILD, frozenset({ROLE}))

    await bureau.remove(NINA)
    gone = await may(bureau, nina)
    await bureau.engage(NINA)

    assert not gone
    assert await may(bureau, nina)


async def test_what_was_under_way_is_told_and_never_leaves_later(bureau: OffboardingScenario) -> None:
    await bureau.greeted()
    fault = HeldCall(done=False)
    bureau.fanvue.faults.add("send", fault)
    reply = await bureau.say("hi", by=NINA)
    await fault.reached.wait()

    said = await bureau.remove()
    bureau.fanvue.faults.add("recent", TryLater("later"))
    fault.go.set()
    await bureau.pass_time(RetryWaits().paused)

    assert "1 message was already on the way to Fanvue" in said
    assert bureau.texts() == ["hi"]  # it had begun; once
    assert (await bureau.small(reply)).startswith("✓ Sent")


async def test_an_attempt_that_failed_after_the_removal_is_not_repeated(bureau: OffboardingScenario) -> None:
    await bureau.greeted()
    reached, go = asyncio.Event(), asyncio.Event()
    send = bureau.fanvue.send

    async def refusing(*given: object, **more: object) -> str:
        reached.set()
        await go.wait()
        raise TryLater("Fanvue cannot be reached right now.")

    bureau.fanvue.send = refusing  # type: ignore[method-assign, assignment]
    reply = await bureau.say("hi", by=NINA)
    await reached.wait()
    await bureau.remove()
    bureau.fanvue.send = send  # type: ignore[method-assign]
    go.set()
    await bureau.pass_time(RetryWaits().paused)

    assert bureau.texts() == []
    assert (await bureau.effect(reply)).state is EffectState.CANCELLED
    assert "was removed from the team" in await bureau.small(reply)


async def test_what_they_were_typing_does_not_count_any_more(bureau: OffboardingScenario) -> None:
    from dataclasses import replace  # noqa: PLC0415

    thread = await bureau.greeted()
    wish = replace(bureau.wish(thread), actor=NINA)
    before = await bureau.replies.stage(ReplyWish(wish, "before"))

    await bureau.remove()

    with pytest.raises(ReplyRefused, match="Discord timed out, so this was not sent"):
        await bureau.replies.accept(before)
    # A click whose question was asked just before the commit, and kept just after it.
    late = await bureau.say("late", by=NINA)
    await bureau.turn()
    assert bureau.texts() == []
    assert (await bureau.effect(late)).state is EffectState.CANCELLED


async def test_nobody_sends_again_what_a_removed_person_wrote(bureau: OffboardingScenario) -> None:
    thread = await bureau.greeted()
    bureau.fanvue.faults.add("send", DeliveryRefused("No."))
    reply = await bureau.say("hi", by=NINA)
    await bureau.turn()
    await bureau.remove()

    with pytest.raises(ReplyRefused, match="Write it again"):
        await bureau.replies.again(reply, OTTO, thread)
    await bureau.turn()
    assert bureau.texts() == []


async def test_the_answer_and_the_audit_say_what_they_did_last(bureau: OffboardingScenario) -> None:
    await bureau.greeted()
    bureau.clock.at -= 8 * 86_400_000
    await bureau.say("long ago", by=NINA)
    bureau.clock.at += 8 * 86_400_000
    for number in range(10):
        await bureau.say(f"secret {number}", by=NINA)
    await bureau.turn()

    said = await bureau.remove()

    assert "**Their last 7 days:** replied 10" in said
    assert said.count("replied: accepted") == 8
    assert "secret" not in said
    entries = await bureau.database.read(lambda tx: audit_log.recent(tx, CREATOR, 30))
    (line,) = (one for one in entries if one.action == "team.remove")
    assert (line.actor, line.target) == (MAYA, str(NINA))
    assert "they were chatter" in line.outcome


# ── Discord ──


async def test_where_discord_refuses_the_answer_says_what_to_do_and_it_is_done_later(
    bureau: OffboardingScenario,
) -> None:
    why = "The bot may not change who sees this: give it Manage Roles there."
    bureau.doors.faults.down = TryLater(why, paused=True)

    await bureau.remove()
    await bureau.turn()
    refused, waits = bureau.answer(), await bureau.desk.problems.page([CREATOR])
    bureau.doors.faults.down = None
    await bureau.desk.problems.guild_changed(GUILD)
    await bureau.turn()

    assert "0 of 3 channels are closed" in refused
    assert f"<#{ALERTS}>: {why}" in refused
    assert why in "\n".join(waits.body)
    assert bureau.doors.shut == {(FORUM, NINA), (ALERTS, NINA), (CATEGORY, NINA)}
    assert "3 of 3 channels are closed" in bureau.answer()
    assert not await may(bureau, here(NINA))


async def test_a_process_that_dies_after_the_commit_leaves_nothing_open(bureau: OffboardingScenario) -> None:
    await queued(bureau)
    fault = HeldCall(done=False)
    bureau.doors.faults.add("bar", fault)
    await bureau.remove()
    await fault.reached.wait()

    await bureau.restart()
    await bureau.pass_time(RetryWaits().paused)

    assert bureau.doors.shut == {(FORUM, NINA), (ALERTS, NINA), (CATEGORY, NINA)}
    assert bureau.texts() == []
    assert not await may(bureau, here(NINA))


# ── who may ──


async def test_nobody_removes_their_equal_or_better_and_nobody_the_owner(bureau: OffboardingScenario) -> None:
    await bureau.engage(OTTO, "manager")
    assert "You can only remove members with a lower role than yours" in str(await bureau.ask(OTTO, by=OTTO))
    assert "owner of a creator's account" in str(await bureau.ask(MAYA, by=OTTO))
    assert "owner of a creator's account" in str(await bureau.ask(MAYA))
    assert "in no team that you manage" in str(await bureau.ask(DiscordId(99)))


async def test_whoever_may_no_more_when_they_press_removes_nobody(bureau: OffboardingScenario) -> None:
    await leads(bureau, OTTO)
    question = await bureau.ask(NINA, by=OTTO)
    await bureau.engage(OTTO, "chatter")

    said = await bureau.confirm(question, by=OTTO)

    assert said.startswith("Your permissions have changed since you asked")
    assert await may(bureau, here(NINA))
    assert bureau.doors.shut == set()


async def test_a_question_is_answered_once_by_whoever_asked_and_for_15_minutes(
    bureau: OffboardingScenario,
) -> None:
    question = await bureau.ask()
    strangers = await bureau.confirm(question, by=OTTO)
    bureau.clock.at += 900_000
    late = await bureau.confirm(question)
    again = await bureau.ask()
    done, twice = await bureau.confirm(again), await bureau.confirm(again)

    assert strangers == "This button isn't for one of your questions."
    assert late == twice == "This question has expired. Run /team remove again."
    assert done.startswith("Removed")


async def test_somebody_without_a_role_is_shut_out_where_the_creator_is_named(
    bureau: OffboardingScenario,
) -> None:
    ghost = DiscordId(99)

    said = await bureau.remove(ghost, named=True)
    await bureau.turn()

    assert "they had no role here" in said
    assert (FORUM, ghost) in bureau.doors.shut


async def leads(bureau: OffboardingScenario, member: DiscordId) -> None:
    """A manager who also says who may do what."""

    async def work(tx: Transaction) -> None:
        kept = grants.GrantRecord(
            "g-lead", CREATOR, GUILD, "member", member, "manager", "team", "", None, MAYA, 0
        )
        await grants.put(tx, kept)

    await bureau.database.write(work)


async def state(bureau: OffboardingScenario, draft: DraftId) -> str:
    """How something that was open stands now."""
    found = await bureau.database.read(lambda tx: drafts.get(tx, draft))
    assert found is not None
    return found.state


async def a_draft(bureau: OffboardingScenario, owner: DiscordId) -> DraftId:
    """Something that somebody has open about the creator."""
    draft = Draft(
        id=DraftId(bureau.ids.new()),
        action="mass.propose",
        state="open",
        version=1,
        creator=CREATOR,
        target=json.dumps({}),
        owner=owner,
        guild=GUILD,
        settled_by=None,
        settled_at=None,
        created_at=bureau.clock.now(),
        expires_at=None,
    )
    await bureau.database.write(lambda tx: drafts.open_draft(tx, draft))
    return draft.id


async def test_a_press_that_is_none_to_this_question_removes_nobody(bureau: OffboardingScenario) -> None:
    removing, question, other = bureau.offboarding.removing, await bureau.ask(), await bureau.ask(OTTO)
    command = await removing.stage(bureau.wish(DiscordId(5)), DraftId(ref_of(question)))
    assert command is not None
    yes = yes_to(Action.TEAM_REMOVE, ref_of(question), here(MAYA), CREATOR)

    await pressed_by_mistake(yes, lambda forged: removing.confirm(command, forged))
    with pytest.raises(NotConfirmed):  # the press was kept under another question
        await removing.confirm(command, replace(yes, _ref=ref_of(other)))
    before = [await may(bureau, here(one)) for one in (NINA, OTTO)]
    await removing.confirm(command, yes)

    assert before == [True, True]
    assert [await may(bureau, here(one)) for one in (NINA, OTTO)] == [False, True]
