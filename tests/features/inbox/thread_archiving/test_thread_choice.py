"""Who goes to rest, who never does, and what a death in between leaves."""

from bot.engine.retry import RetryWaits
from bot.model.errors import BotForbidden, TargetGone, TryLater
from bot.model.events import Person
from storage.database import Transaction
from storage.inbox import idle_threads, snoozes
from storage.records import DiscordId
from tests.features.inbox.claims.claims_scenario import LASTS, NINA
from tests.features.inbox.thread_archiving.thread_archiving_scenario import (
    MINUTE,
    MOST,
    ThreadArchivingScenario,
    person,
)
from tests.relay.fault_switchboard import HeldCall, LostAnswer
from tests.relay.relay_scenario import CREATOR


async def sleepers(dorm: ThreadArchivingScenario, fans: list[Person]) -> list[Person]:
    """Those of them whose thread rests."""
    return [fan for fan in fans if await dorm.sleeps(fan)]


async def ends(dorm: ThreadArchivingScenario) -> list[tuple[str, str | None]]:
    """How every archiving ended, in order."""
    rows = await dorm.database.read(
        lambda tx: tx.all(
            "SELECT state, reason FROM outbox WHERE kind = 'thread.rest' ORDER BY created_at, id"
        )
    )
    return [(row["state"], row["reason"]) for row in rows]


async def all_unshown(dorm: ThreadArchivingScenario, *, after: float) -> None:
    """No room is left, and in each thread an answer is to be shown, which Discord takes so much later."""
    fans = await dorm.arrive(0, MOST)
    await dorm.answer(fans)
    dorm.discord.faults.add("post", *[TryLater("Discord is busy.", after=after)] * MOST)
    for fan in fans:
        await dorm.happen(dorm.echo(dorm.fanvue.write(CREATOR, fan.id, "and you?", by_creator=True), fan))


async def test_with_room_left_nothing_is_archived_and_discord_is_asked_once(
    dorm: ThreadArchivingScenario,
) -> None:
    await dorm.answer(await dorm.arrive(0, MOST - 1))

    await dorm.look()

    assert dorm.discord.rested == []
    assert dorm.discord.reads == 1


async def test_the_longest_answered_rest_and_whoever_writes_again_is_back(
    dorm: ThreadArchivingScenario,
) -> None:
    fans = await dorm.arrive(0, MOST - 1)
    await dorm.answer([*fans[3:], *fans[:3]])

    new = await dorm.arrive(50, 4)
    resting = await sleepers(dorm, fans)
    await dorm.happen(dorm.wrote("me again", fans[3]))
    await dorm.pass_time(MINUTE)

    assert resting == fans[3 : 3 + len(resting)]
    assert len(resting) >= 3
    assert dorm.discord.most == MOST
    assert not await dorm.sleeps(fans[3])
    assert (await dorm.lines(fans[3]))[-1] == "me again"
    assert await sleepers(dorm, new) == []


async def test_who_waits_is_snoozed_or_is_answered_by_somebody_stays_when_there_is_no_room(
    dorm: ThreadArchivingScenario,
) -> None:
    waits, aside, claimed, *answered = await dorm.arrive(0, MOST)
    await dorm.answer([claimed, *answered])
    until = dorm.clock.at + 1000 * MINUTE
    await dorm.database.write(lambda tx: snoozes.snooze(tx, CREATOR, aside.id, until=until))
    await dorm.claims(NINA, claimed)

    for number in range(4):  # each time for half a claim, which is over in the end
        dorm.clock.at += LASTS // 2
        await dorm.claims(NINA, claimed)
        await dorm.arrive(50 + number)
        await dorm.look()

    assert await sleepers(dorm, [waits, aside, claimed]) == []
    assert len(await sleepers(dorm, answered)) >= 4


async def test_where_everybody_waits_a_new_fan_is_let_in_all_the_same(dorm: ThreadArchivingScenario) -> None:
    await dorm.arrive(0, MOST)

    fans = await dorm.arrive(50, 3)

    assert dorm.discord.most == MOST + 3
    assert [await dorm.lines(fan) for fan in fans] == [["hello"]] * 3
    assert dorm.discord.rested == []


async def test_a_new_fan_waits_for_those_of_whom_something_is_just_to_be_shown(
    dorm: ThreadArchivingScenario,
) -> None:
    await all_unshown(dorm, after=20.0)
    await dorm.pass_time(RetryWaits().echo)

    await dorm.happen(dorm.wrote("hello", person(50)))
    await dorm.pass_time(MINUTE)

    assert dorm.discord.most == MOST
    assert await dorm.lines(person(50)) == ["hello"]


async def test_a_new_fan_does_not_wait_for_what_has_been_stuck_for_long(
    dorm: ThreadArchivingScenario,
) -> None:
    await all_unshown(dorm, after=9_000.0)
    await dorm.pass_time(MINUTE)

    (new,) = await dorm.arrive(50)

    assert dorm.discord.most == MOST + 1
    assert await dorm.lines(new) == ["hello"]


async def test_what_stands_in_the_queue_is_waited_for_but_not_for_long(
    dorm: ThreadArchivingScenario,
) -> None:
    fans = await dorm.arrive(0, 1)
    await dorm.answer(fans)
    thread, now = await dorm.thread(fans[0]), dorm.clock.at

    async def soon(tx: Transaction, age: int, **row: object) -> bool:
        sets = ", ".join(f"{name} = '{value}'" for name, value in {"created_at": now - age, **row}.items())
        await tx.execute(
            f"""UPDATE outbox SET state = 'pending', settled_at = NULL, attempts = 0, not_before = 0, {sets}
                WHERE kind = 'post'"""  # noqa: S608 - ours
        )
        since, long = now - MINUTE, now - 10 * MINUTE
        return await idle_threads.idle_soon(tx, [thread], now=now, since=since, queued_since=long)

    async def work(tx: Transaction) -> list[bool]:
        return [
            await soon(tx, 9 * MINUTE),
            await soon(tx, 10 * MINUTE),
            await soon(tx, 9 * MINUTE, attempts=1),
            await soon(tx, 9 * MINUTE, network="fanvue"),
            await soon(tx, MINUTE - 1, network="fanvue", attempts=1),
        ]

    assert await dorm.database.write(work) == [True, False, False, False, True]


async def test_a_fan_who_writes_meanwhile_is_not_put_to_rest(dorm: ThreadArchivingScenario) -> None:
    first, *others = await dorm.arrive(0, MOST)
    await dorm.answer([first, *others])
    dorm.discord.faults.add("rest", TryLater("Not now.", after=30.0), TryLater("Not now.", after=30.0))
    await dorm.look()

    await dorm.happen(dorm.wrote("wait", first))
    await dorm.pass_time(MINUTE)

    assert not await dorm.sleeps(first)
    assert (await ends(dorm)).count(("cancelled", "The thread is in use again.")) == 1
    assert (await dorm.lines(first))[-1] == "wait"


async def test_what_the_fan_writes_while_the_thread_is_archived_comes_behind_and_wakes_it(
    dorm: ThreadArchivingScenario,
) -> None:
    fans = await dorm.arrive(0, MOST)
    await dorm.answer(fans)
    held = HeldCall(done=True)
    dorm.discord.faults.add("rest", held)

    await dorm.resting.keeping.look()
    await held.reached.wait()
    await dorm.keep(dorm.wrote("still here", fans[0]))
    held.go.set()
    await dorm.turn()

    assert not await dorm.sleeps(fans[0])
    assert (await dorm.lines(fans[0]))[-1] == "still here"


async def test_killed_while_archiving_it_goes_on_with_what_discord_says(
    dorm: ThreadArchivingScenario,
) -> None:
    fans = await dorm.arrive(0, MOST)
    await dorm.answer(fans)
    held = HeldCall(done=True)
    dorm.discord.faults.add("rest", held)
    await dorm.resting.keeping.look()
    await held.reached.wait()

    await dorm.restart()
    await dorm.pass_time(MINUTE)
    new = await dorm.arrive(50, 4)
    await dorm.look()

    assert dorm.discord.most <= MOST
    assert await sleepers(dorm, new) == []
    resting = await sleepers(dorm, fans)
    assert resting == fans[: len(resting)]
    assert {state for state, _ in await ends(dorm)} == {"done"}


async def test_an_archiving_of_unknown_fate_is_repeated(dorm: ThreadArchivingScenario) -> None:
    await dorm.answer(await dorm.arrive(0, MOST))
    dorm.discord.faults.add("rest", LostAnswer())

    await dorm.look()
    await dorm.pass_time(MINUTE)

    assert {state for state, _ in await ends(dorm)} == {"done"}
    assert len(set(dorm.discord.rested)) == 2


async def test_what_cannot_be_archived_asks_nobody_and_another_one_is_found(
    dorm: ThreadArchivingScenario,
) -> None:
    fans = await dorm.arrive(0, MOST)
    await dorm.answer(fans)
    dorm.discord.faults.add("rest", BotForbidden("The bot may not."), TargetGone("The thread was deleted."))

    await dorm.look()
    await dorm.pass_time(MINUTE)
    await dorm.look()

    assert ("cancelled", "The bot may not.") in await ends(dorm)
    assert len(await sleepers(dorm, fans)) == 2
    asked = await dorm.database.read(lambda tx: tx.all("SELECT 1 FROM outbox WHERE attention IS NOT NULL"))
    assert asked == []


async def test_where_discord_itself_takes_no_more_others_make_room_and_nobody_is_asked(
    dorm: ThreadArchivingScenario,
) -> None:
    """Others are awake that the bot does not see."""
    fans = await dorm.arrive(0, 6)
    await dorm.answer(fans)
    dorm.discord.allows = 6

    (new,) = await dorm.arrive(50)
    await dorm.pass_time(MINUTE)

    assert await dorm.lines(new) == ["hello"]
    assert (await sleepers(dorm, fans))[0] == fans[0]
    assert dorm.discord.most == 6
    asked = await dorm.database.read(lambda tx: tx.all("SELECT 1 FROM outbox WHERE attention IS NOT NULL"))
    assert asked == []


async def test_threads_of_other_people_count_too(dorm: ThreadArchivingScenario) -> None:
    fans = await dorm.arrive(0, 5)
    await dorm.answer(fans)
    room = dorm.resting.room
    forum = await dorm.current(fans[0])
    assert forum is not None

    for number in range(5):
        room.told(forum.guild, DiscordId(9_000 + number), awake=True)
    await dorm.look()

    assert len(await sleepers(dorm, fans)) >= 2
