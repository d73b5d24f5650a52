"""Lines in a thread and alerts: once, whatever happens to the answer (D1)."""

import asyncio
from pathlib import Path
from typing import TypeVar

import pytest

from bot.engine.retry import RetryWaits
from bot.engine.streams import facts_stream
from bot.model.errors import DeliveryRefused, TryLater
from bot.model.events import Followed, Ignored, NotUnderstood, Paid, Subscribed, Understood
from storage.database import Database, Work
from storage.engine import inbox
from storage.errors import DatabaseUnreachable
from tests.relay.fault_switchboard import HeldCall, LostAnswer, ResetConnection
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, FORUM, RelayScenario, running, told

NONCE = RetryWaits().nonce
T = TypeVar("T")


async def test_a_line_whose_answer_was_lost_is_there_once(world: RelayScenario) -> None:
    await world.greeted()
    world.discord.faults.add("post", LostAnswer())
    await world.happen(world.wrote("again"))

    await world.pass_time(NONCE)

    assert await world.lines() == ["hello", "again"]
    assert world.discord.faults.calls["find_post"] == 0  # the same nonce, soon enough, needs no search


async def test_a_line_that_was_not_posted_is_posted(world: RelayScenario) -> None:
    await world.greeted()
    world.discord.faults.add("post", ResetConnection())
    await world.happen(world.wrote("again"))

    await world.pass_time(NONCE)

    assert await world.lines() == ["hello", "again"]


async def test_a_line_of_unknown_fate_is_looked_for_once_its_nonce_is_too_old(world: RelayScenario) -> None:
    await world.greeted()
    held = HeldCall(done=True)
    world.discord.faults.add("post", held)
    await world.keep(world.wrote("again"))
    await held.reached.wait()
    await world.crash()
    world.clock.at += 2 * NONCE

    await world.restart()
    await world.pass_time(NONCE)

    assert await world.lines() == ["hello", "again"]
    assert world.discord.faults.calls["find_post"] == 1


async def test_a_repeat_that_does_not_get_its_turn_while_its_nonce_holds_is_not_sent(tmp_path: Path) -> None:
    waits = RetryWaits().divided(100)
    async with running(tmp_path, waits) as world:
        await world.greeted()
        late = HeldCall(done=False)
        world.discord.faults.add("post", LostAnswer(), late)

        async with asyncio.timeout(20):
            await world.happen(world.wrote("again"))
            await world.pass_time(waits.nonce - 1)
        world.clock.at += 3 * waits.nonce  # Discord has forgotten it
        late.go.set()
        await world.pass_time(3 * waits.nonce)

        assert late.reached.is_set()
        assert await world.lines() == ["hello", "again"]


async def test_a_refused_connection_does_not_make_an_earlier_doubt_forgotten(world: RelayScenario) -> None:
    await world.greeted()
    world.discord.faults.add("post", LostAnswer(), TryLater("We couldn't reach Discord."))
    await world.happen(world.wrote("again"))
    await world.pass_time(3_000)
    world.discord.faults.down = TryLater("We couldn't reach Discord.")
    await world.pass_time(3 * NONCE)
    world.discord.faults.down = None

    await world.pass_time(NONCE)

    assert await world.lines() == ["hello", "again"]


async def test_a_line_that_is_to_be_repeated_is_looked_for_when_that_was_put_off_for_too_long(
    world: RelayScenario,
) -> None:
    await world.greeted()
    world.discord.faults.add("post", *[LostAnswer()] * 8)  # so often in a row that nobody knocks for a while
    await world.happen(world.wrote("again"))

    await world.pass_time(10 * NONCE)

    assert await world.lines() == ["hello", "again"]
    assert world.discord.faults.calls["find_post"] == 1


async def test_before_a_line_is_posted_again_it_is_looked_for_twice(world: RelayScenario) -> None:
    await world.greeted()
    world.discord.faults.add("post", ResetConnection(), TryLater("No.", after=NONCE / 1000))
    await world.happen(world.wrote("again"))

    await world.pass_time(2 * NONCE)

    assert world.discord.faults.calls["find_post"] == 2
    assert await world.lines() == ["hello", "again"]


async def test_a_line_that_discord_refuses_waits_for_a_person_and_holds_up_nothing(
    world: RelayScenario,
) -> None:
    await world.greeted()
    world.discord.faults.add("post", DeliveryRefused("AutoMod of this server blocked this message."))
    await world.keep(world.wrote("blocked"))

    await world.happen(world.wrote("next"))

    assert await world.lines() == ["hello", "next"]


async def test_a_reply_line_whose_answer_was_lost_is_found_by_its_button(world: RelayScenario) -> None:
    await world.greeted()
    held = HeldCall(done=True)
    world.discord.faults.add("post", held)
    reply = await world.reply("hi")
    await held.reached.wait()
    await world.until("chat.send", "done")  # it goes on beside the line, and is not what gets lost here
    await world.crash()
    world.clock.at += 2 * NONCE

    await world.restart()
    await world.pass_time(NONCE)

    assert await world.lines() == ["hello", "hi"]
    assert ((await world.shown(reply)).small or "").startswith("✓ Sent")


async def test_a_line_is_looked_for_when_its_thread_is_open_again(world: RelayScenario) -> None:
    thread = await world.greeted()
    held = HeldCall(done=True)
    world.discord.faults.add("post", held)
    await world.keep(world.wrote("again"))
    await held.reached.wait()
    await world.crash()
    world.discord.delete(thread)
    world.discord.faults.down = TryLater("Not now.", after=1)
    world.clock.at += 2 * NONCE
    await world.restart()
    await world.pass_time(10_000)
    world.discord.faults.down = None

    await world.pass_time(2 * NONCE)

    assert await world.lines() == ["again"]


# ── alerts ──


async def test_an_alert_goes_to_the_alerts_channel_once(world: RelayScenario) -> None:
    event = Followed(CREATOR, EMMA, world.clock.now())

    await world.happen(event, kind="follow")
    await world.happen(event, kind="follow")

    [post] = world.discord.lines(ALERTS)
    assert post.title == "New follower"
    assert told(post) == "Emma @quiet-otter"


async def test_an_alert_whose_answer_was_lost_is_there_once(world: RelayScenario) -> None:
    held = HeldCall(done=True)
    world.discord.faults.add("post", held)
    await world.keep(Subscribed(CREATOR, EMMA, "activated", world.clock.now()), kind="subscription")
    await held.reached.wait()
    await world.crash()
    world.clock.at += 2 * NONCE

    await world.restart()
    await world.pass_time(NONCE)

    assert len(world.discord.lines(ALERTS)) == 1


async def test_an_alert_that_was_not_posted_is_posted_after_looking(world: RelayScenario) -> None:
    held = HeldCall(done=False)
    world.discord.faults.add("post", held)
    await world.keep(Paid(CREATOR, None, "tip", 500, world.clock.now()), kind="payment")
    await held.reached.wait()
    await world.crash()
    world.clock.at += 2 * NONCE

    await world.restart()
    await world.pass_time(NONCE)

    [post] = world.discord.lines(ALERTS)
    assert told(post) == "**$5.00** from a fan Fanvue did not name"


async def test_alerts_wait_for_a_channel_when_theirs_is_gone(world: RelayScenario) -> None:
    world.discord.delete(ALERTS)
    await world.happen(Followed(CREATOR, EMMA, world.clock.now()), kind="follow")

    await world.set_up()
    await world.turn()

    assert len(world.discord.lines(ALERTS)) == 1


async def test_an_alert_without_any_forum_waits_for_setup(world: RelayScenario) -> None:
    world.discord.faults.down = TryLater("Not now.", after=5)
    await world.happen(Followed(CREATOR, EMMA, world.clock.now()), kind="follow")
    world.discord.faults.down = None
    await world.places.remove(FORUM)
    await world.pass_time(5_000)

    await world.set_up()
    await world.turn()

    assert len(world.discord.lines(ALERTS)) == 1


# ── facts ──


async def test_a_fact_of_a_creator_whom_nobody_linked_is_an_orphan(bare: RelayScenario) -> None:
    await bare.happen(bare.wrote("hello"))

    assert (await bare.database.read(inbox.counts))["orphan"] == 1


async def test_a_body_that_no_rule_covers_is_kept_in_quarantine_and_repeats_change_nothing(
    world: RelayScenario,
) -> None:
    odd = NotUnderstood("a type that this program does not know", "creator.moon.landed", "key-1")

    assert await world.told(odd)
    assert not await world.told(odd)
    await world.turn()

    counts = await world.database.read(inbox.counts)
    assert (counts["quarantined"], counts["new"]) == (1, 0)


async def test_a_body_that_is_not_understood_any_more_is_put_into_quarantine(world: RelayScenario) -> None:
    await world.crash()
    await world.keep(world.wrote("hello"))
    raw = next(iter(world.meanings))
    world.meanings[raw] = NotUnderstood("odd", "message", "key")

    await world.restart()
    await world.turn()

    assert (await world.database.read(inbox.counts))["quarantined"] == 1


async def test_one_fact_that_cannot_be_decided_is_put_aside_whole_and_the_others_go_on(
    world: RelayScenario, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await world.crash()
    await world.keep(world.wrote("one"))
    world.clock.at += 1
    await world.keep(world.wrote("poison"))
    world.clock.at += 1
    await world.keep(world.wrote("two"))
    del world.meanings[list(world.meanings)[1]]  # reading this body is a fault of the program now

    await world.restart()
    await world.turn()

    assert await world.lines() == ["one", "two"]
    assert (await world.database.read(inbox.counts))["quarantined"] == 1
    assert "poison" not in caplog.text


class ReadOnlyDatabase:
    """A database that can be read and not written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.close = database.close

    async def read(self, work: Work[T]) -> T:
        """As always."""
        return await self._database.read(work)

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        """Nothing is stored."""
        raise DatabaseUnreachable(f"Nothing was stored, {work} neither ({urgent}): the disk is full.")


async def test_a_full_disk_is_no_fault_of_a_fact(world: RelayScenario) -> None:
    await world.crash()
    await world.keep(world.wrote("hello"))
    disk, world.database = world.database, ReadOnlyDatabase(world.database)
    world.build()

    with pytest.raises(DatabaseUnreachable):
        await world.facts.drain(facts_stream(CREATOR))

    world.database = disk
    await world.restart()
    await world.turn()
    assert await world.lines() == ["hello"]


async def test_half_a_character_does_not_poison_a_message(world: RelayScenario) -> None:
    await world.happen(world.wrote("half \ud800 done"))

    assert await world.lines() == ["half  done"]


async def test_what_the_bridge_does_not_act_on_is_done_with(world: RelayScenario) -> None:
    await world.happen(Ignored(CREATOR, "presence", world.clock.now()), kind="presence")

    assert (await world.database.read(inbox.counts))["done"] == 1


async def test_many_repeats_at_once_are_one_fact(world: RelayScenario) -> None:
    event = world.wrote("hello")
    meaning = Understood(event, "message", event.message)

    fresh = await asyncio.gather(*(world.told(meaning) for _ in range(20)))
    await world.turn()

    assert fresh.count(True) == 1
    assert await world.lines() == ["hello"]
