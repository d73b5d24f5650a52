"""Talks: who waits since when, in whatever order it is told, and who answers."""

from collections.abc import Awaitable, Callable
from itertools import permutations

import pytest

from storage.database import Database, Transaction
from storage.engine.migrate import load, statements
from storage.inbox import conversations, fan_claims, messages, retracted_messages, snoozes
from storage.inbox.conversations import AnsweredBy, Conversation, ConversationCounts
from storage.records import DiscordId, EffectId, FanId, FanvueMessageId
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN, paired

ANNA, BEN = DiscordId(30), DiscordId(31)
MINUTE = 60_000

Fact = tuple[str, int]  # what, and when it was sent
CASES: dict[str, tuple[list[Fact], int | None]] = {
    "a first message waits": ([("in", 10)], 10),
    "several wait since the oldest": ([("in", 10), ("in", 20)], 10),
    "an answer ends the waiting": ([("in", 10), ("member", 20)], None),
    "an answer from elsewhere, too": ([("in", 10), ("elsewhere", 20)], None),
    "an automation, too": ([("in", 10), ("automated", 20)], None),
    "what came after the answer waits": ([("in", 10), ("member", 20), ("in", 30), ("in", 40)], 30),
    "two answers": ([("in", 10), ("member", 20), ("in", 30), ("elsewhere", 40)], None),
    "a closed talk waits for nobody": ([("in", 10), ("close", 20)], None),
    "a message that was taken back waits for nobody": ([("in", 10), ("gone", 10)], None),
    "what was written beside it waits": ([("in", 10), ("gone", 10), ("in", 20)], 20),
    "a later one that was taken back changes nothing": ([("in", 10), ("in", 20), ("gone", 20)], 10),
    "taken back after an answer": ([("in", 10), ("member", 20), ("in", 30), ("gone", 30)], None),
    "a new message opens it again": ([("in", 10), ("close", 20), ("in", 30)], 30),
}


async def tell(tx: Transaction, what: str, at: int) -> Conversation:
    """One fact, as the relay tells it."""
    if what == "in":
        message = FanvueMessageId(f"m{at}")
        await messages.pair(tx, paired(at, message=message, sent_at=at))
        return await retracted_messages.fan_wrote(tx, CREATOR, FAN, message=message, at=at)
    if what == "gone":
        gone = paired(at, message=FanvueMessageId(f"m{at}"), sent_at=at)
        await messages.pair(tx, gone)
        return await retracted_messages.take_back(tx, gone, at=at + 1)
    if what == "close":
        return await snoozes.close(tx, CREATOR, FAN, at=at)
    return await conversations.answered(tx, CREATOR, FAN, at=at, by=AnsweredBy(what))


async def talk(database: Database, fan: FanId = FAN) -> Conversation:
    found = await database.read(lambda tx: conversations.get(tx, CREATOR, fan))
    assert found is not None
    return found


async def do(database: Database, change: Callable[[Transaction], Awaitable[Conversation]]) -> Conversation:
    made = await database.write(change)
    assert made == await talk(database, made.fan)
    return made


@pytest.mark.parametrize(("facts", "since"), CASES.values(), ids=CASES)
async def test_who_waits_does_not_depend_on_the_order_of_the_facts_nor_on_repeats(
    known: Database, facts: list[Fact], since: int | None
) -> None:
    async def all_orders(tx: Transaction) -> set[int | None]:
        found = set()
        for order in permutations(facts):
            await tx.execute("DELETE FROM talks")
            await tx.execute("DELETE FROM messages")
            for what, at in (*order, *order):
                await tell(tx, what, at)
            made = await conversations.get(tx, CREATOR, FAN)
            found.add(made.waiting_since if made is not None else None)
        return found

    assert await known.write(all_orders) == {since}


async def test_a_repeat_changes_nothing_that_can_be_seen(known: Database) -> None:
    for what, at in (("in", 10), ("member", 20)):
        await do(known, lambda tx, what=what, at=at: tell(tx, what, at))  # type: ignore[misc]
    before = await talk(known)

    for what, at in (("in", 10), ("member", 20)):
        await do(known, lambda tx, what=what, at=at: tell(tx, what, at))  # type: ignore[misc]

    assert await talk(known) == before
    assert (before.last_in, before.last_out, before.last_out_by) == (10, 20, AnsweredBy.MEMBER)


async def test_the_fan_comes_back_to_whoever_answered_last(known: Database) -> None:
    async def work(tx: Transaction) -> Conversation:
        await conversations.answered(tx, CREATOR, FAN, at=20, by=AnsweredBy.MEMBER, member=BEN)
        await conversations.answered(tx, CREATOR, FAN, at=10, by=AnsweredBy.MEMBER, member=ANNA)
        await conversations.answered(tx, CREATOR, FAN, at=30, by=AnsweredBy.AUTOMATED)
        return await tell(tx, "in", 40)

    made = await do(known, work)

    assert (made.owner, made.waiting_since, made.last_out_by) == (BEN, 40, AnsweredBy.AUTOMATED)


async def test_a_new_message_wakes_a_snoozed_talk_and_an_old_one_does_not(known: Database) -> None:
    await do(known, lambda tx: tell(tx, "in", 10))
    await do(known, lambda tx: snoozes.snooze(tx, CREATOR, FAN, until=99))

    older = await do(known, lambda tx: tell(tx, "in", 5))
    newer = await do(known, lambda tx: tell(tx, "in", 20))

    assert older.snoozed(50)
    assert not older.snoozed(99)
    assert newer.snoozed_until is None
    assert newer.waiting_since == 5


async def test_who_waits_longest_comes_first_page_by_page(known: Database) -> None:
    fans = [FanId(f"fan-{number}") for number in range(1, 6)]

    async def work(tx: Transaction) -> None:
        for number, fan in enumerate(reversed(fans)):
            message = FanvueMessageId(f"m{number}")
            await conversations.fan_wrote(tx, CREATOR, fan, message=message, at=number // 2)
        await conversations.fan_wrote(tx, OTHER_CREATOR, FAN, message=FanvueMessageId("x"), at=0)
        await conversations.answered(tx, CREATOR, fans[2], at=9, by=AnsweredBy.MEMBER)
        await snoozes.snooze(tx, CREATOR, fans[0], until=100)
        await fan_claims.claim(tx, CREATOR, fans[2], ANNA, now=10, until=60)

    await known.write(work)
    first = await known.read(lambda tx: conversations.list_waiting(tx, CREATOR, now=50, limit=2))
    rest = await known.read(lambda tx: conversations.list_waiting(tx, CREATOR, now=50, limit=9, offset=2))
    later = await known.read(lambda tx: conversations.list_waiting(tx, CREATOR, now=100, limit=9))

    assert [one.fan for one in first] == ["fan-4", "fan-5"]
    assert [one.fan for one in rest] == ["fan-2"]
    assert [one.fan for one in later] == ["fan-4", "fan-5", "fan-2", "fan-1"]
    assert await known.read(lambda tx: conversations.counts(tx, CREATOR, now=50)) == ConversationCounts(
        3, 1, 1, 0
    )
    assert await known.read(lambda tx: conversations.counts(tx, CREATOR, now=100)) == ConversationCounts(
        4, 0, 0, 0
    )


# ── claims ──


async def test_a_claim_holds_until_its_time_is_over_and_only_whoever_holds_it_makes_it_longer(
    known: Database,
) -> None:
    mine = await do(known, lambda tx: fan_claims.claim(tx, CREATOR, FAN, ANNA, now=100, until=200))
    theirs = await do(known, lambda tx: fan_claims.claim(tx, CREATOR, FAN, BEN, now=150, until=250))
    longer = await do(known, lambda tx: fan_claims.claim(tx, CREATOR, FAN, ANNA, now=160, until=260))
    shorter = await do(known, lambda tx: fan_claims.claim(tx, CREATOR, FAN, ANNA, now=170, until=180))
    free = await do(known, lambda tx: fan_claims.claim(tx, CREATOR, FAN, BEN, now=260, until=300))

    assert theirs == mine
    assert (longer.holder(259), longer.claimed_since, longer.version) == (ANNA, 100, mine.version)
    assert shorter == longer
    assert longer.holder(260) is None
    assert (free.holder(270), free.claimed_since) == (BEN, 260)


async def test_a_claim_is_taken_over_only_by_who_says_so(known: Database) -> None:
    await do(known, lambda tx: fan_claims.claim(tx, CREATOR, FAN, ANNA, now=100, until=200))

    taken = await do(known, lambda tx: fan_claims.claim(tx, CREATOR, FAN, BEN, now=150, until=160, over=True))

    assert (taken.claimed_by, taken.claimed_since, taken.claimed_until) == (BEN, 150, 160)


async def test_only_whoever_holds_a_claim_lets_it_go(known: Database) -> None:
    held = await do(known, lambda tx: fan_claims.claim(tx, CREATOR, FAN, ANNA, now=100, until=200))

    by_another = await do(known, lambda tx: fan_claims.release(tx, CREATOR, FAN, BEN))
    by_herself = await do(known, lambda tx: fan_claims.release(tx, CREATOR, FAN, ANNA))

    assert by_another == held
    assert by_herself.holder(100) is None
    assert by_herself.version > held.version


async def test_who_is_handed_a_fan_owns_and_holds_them(known: Database) -> None:
    await do(known, lambda tx: fan_claims.claim(tx, CREATOR, FAN, ANNA, now=100, until=200))

    made = await do(known, lambda tx: fan_claims.hand_over(tx, CREATOR, FAN, BEN, now=110, until=150))

    assert (made.owner, made.holder(149), made.holder(150)) == (BEN, BEN, None)


async def test_claims_that_are_over_are_found_and_end_once(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        for fan, until in ((FAN, 200), (OTHER_FAN, 100), (FanId("fan-3"), 300)):
            await fan_claims.claim(tx, CREATOR, fan, ANNA, now=10, until=until)

    await known.write(work)
    found = await known.read(lambda tx: fan_claims.over(tx, now=200, limit=9))
    for one in found:
        await do(known, lambda tx, one=one: fan_claims.free(tx, one))  # type: ignore[misc]

    assert [one.fan for one in found] == [OTHER_FAN, FAN]
    assert await known.read(lambda tx: fan_claims.over(tx, now=299, limit=9)) == []
    assert [one.fan for one in await known.read(lambda tx: fan_claims.held(tx, CREATOR))] == ["fan-3"]


async def test_who_leaves_has_no_fans(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        await conversations.answered(tx, CREATOR, FAN, at=20, by=AnsweredBy.MEMBER, member=ANNA)
        await fan_claims.claim(tx, CREATOR, FAN, BEN, now=10, until=100)
        await fan_claims.claim(tx, CREATOR, OTHER_FAN, ANNA, now=10, until=100)
        for one in await fan_claims.of_member(tx, CREATOR, ANNA):
            await fan_claims.let_go(tx, one, ANNA)

    await known.write(work)

    first, second = await talk(known), await talk(known, OTHER_FAN)
    assert (first.owner, first.claimed_by, second.owner, second.claimed_by) == (None, BEN, None, None)


async def test_what_was_said_before_the_table_was_there_counts(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        for number, fan, direction, effect in (
            (1, FAN, "in", None),
            (2, FAN, "out", EffectId("e1")),
            (3, FAN, "in", None),
            (4, FAN, "in", None),
            (5, OTHER_FAN, "in", None),
            (6, OTHER_FAN, "out", None),
        ):
            await messages.pair(tx, paired(number, fan=fan, direction=direction, effect=effect))
        (migration,) = [one for one in load("sqlite") if one.name == "talks"]
        await tx.execute(statements(migration.sql)[-1])

    await known.write(work)

    first, second = await talk(known), await talk(known, OTHER_FAN)
    assert (first.waiting_since, first.last_in, first.last_in_message) == (1003, 1004, "message-4")
    assert (first.last_out, first.last_out_by) == (1002, AnsweredBy.MEMBER)
    assert (second.waiting_since, second.last_out_by) == (None, AnsweredBy.ELSEWHERE)
