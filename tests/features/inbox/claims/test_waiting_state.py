"""Who waits, as fans, the team, the creator's phone and automations write."""

from dataclasses import replace

import pytest

from bot.engine.retry import RetryWaits
from bot.model.errors import DeliveryRefused, TryLater
from storage.inbox.conversations import AnsweredBy
from storage.people import fan_erasure
from tests.relay.fault_switchboard import LostAnswer, ResetConnection
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, NOAH, RelayScenario

MINUTE = 60_000


async def test_a_fan_who_writes_waits_since_their_first_message(world: RelayScenario) -> None:
    first = world.wrote("hello")
    await world.happen(first)
    world.clock.at += MINUTE
    second = world.wrote("are you there?")
    await world.happen(second)

    talk = await world.talk()
    assert (talk.waiting_since, talk.last_in, talk.last_in_message) == (first.at, second.at, second.message)
    assert [change.after.version for change in world.changes] == [1, 2]


async def test_only_a_reply_that_was_sent_answers(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", TryLater("Fanvue is busy.", after=60))
    world.clock.at += MINUTE

    await world.reply("hi")
    await world.turn()
    queued = await world.talk()
    await world.pass_time(MINUTE)
    sent = await world.talk()

    assert queued.waiting_since is not None
    assert queued.owner is None
    assert (sent.waiting_since, sent.owner, sent.last_out_by) == (None, MAYA, AnsweredBy.MEMBER)


async def test_a_reply_that_was_refused_or_whose_fate_is_unknown_answers_nobody(world: RelayScenario) -> None:
    for fan, fault in ((EMMA, DeliveryRefused("No.")), (NOAH, ResetConnection())):
        await world.greeted(fan)
        world.fanvue.faults.add("send", fault)
        await world.reply("hi", fan)
        await world.turn()

    assert (await world.talk(EMMA)).waiting_since is not None
    assert (await world.talk(NOAH)).waiting_since is not None


async def test_a_lost_reply_that_is_found_answers(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", LostAnswer())
    world.clock.at += MINUTE

    await world.reply("hi")
    await world.turn()
    doubted = (await world.talk()).waiting_since
    await world.pass_time(RetryWaits().settle[-1])

    talk = await world.talk()
    assert doubted is not None
    assert (talk.waiting_since, talk.owner) == (None, MAYA)


@pytest.mark.parametrize("by", [AnsweredBy.ELSEWHERE, AnsweredBy.AUTOMATED])
async def test_the_creators_phone_and_automations_stop_the_clock_and_change_no_owner(
    world: RelayScenario, by: AnsweredBy
) -> None:
    await world.greeted()
    world.clock.at += MINUTE
    await world.reply("hi")
    await world.turn()
    world.clock.at += MINUTE
    await world.happen(world.wrote("and?"))
    world.clock.at += MINUTE

    there = world.fanvue.write(CREATOR, EMMA.id, "from elsewhere", by_creator=True)
    await world.happen(replace(world.echo(there), automated=by is AnsweredBy.AUTOMATED))

    talk = await world.talk()
    assert (talk.waiting_since, talk.last_out_by, talk.owner) == (None, by, MAYA)


async def test_a_mass_message_answers_nobody(world: RelayScenario) -> None:
    await world.greeted()
    world.clock.at += MINUTE

    there = world.fanvue.write(CREATOR, EMMA.id, "to all of you", by_creator=True)
    await world.happen(replace(world.echo(there), kind="BROADCAST"))

    assert (await world.talk()).waiting_since is not None


async def test_an_old_message_that_is_found_late_does_not_open_an_answered_talk_again(
    world: RelayScenario,
) -> None:
    await world.greeted()
    lost = world.wrote("nobody told the bridge of this")
    world.clock.at += MINUTE
    await world.reply("hi")
    await world.turn()

    await world.happen(lost, kind="swept")

    assert (await world.talk()).waiting_since is None
    assert await world.lines() == ["hello", "hi", "nobody told the bridge of this"]


async def test_fanvues_own_time_of_a_reply_counts_where_the_clocks_differ(world: RelayScenario) -> None:
    await world.greeted()
    ahead = replace(world.wrote("sent by a clock that is ahead"), at=world.clock.now() + 2000)
    await world.happen(ahead)
    await world.reply("hi")
    await world.turn()
    (ours,) = (one for one in world.fanvue.chat(CREATOR, EMMA.id) if one.from_creator)
    by_our_clock = (await world.talk()).waiting_since

    await world.happen(replace(world.echo(ours), at=ours.sent_at + 3000))

    assert by_our_clock == ahead.at
    assert (await world.talk()).waiting_since is None


async def test_answering_claims_a_fan_whom_nobody_holds_until_nothing_more_is_heard(
    world: RelayScenario,
) -> None:
    await world.greeted()

    await world.reply("hi")
    claimed = await world.talk()

    now = world.clock.now()
    assert claimed.holder(now) == MAYA
    assert claimed.holder(now + RetryWaits().claim) is None


async def test_who_answers_is_forgotten_with_the_fan(world: RelayScenario) -> None:
    await world.greeted()

    await world.database.write(lambda tx: fan_erasure.take_out(tx, CREATOR, EMMA.id))

    with pytest.raises(AssertionError):
        await world.talk()
