"""Fans who are put aside, in the database: until when, by whom, and back again."""

from storage.database import Database, Transaction
from storage.inbox import conversations, messages, snoozes
from storage.inbox.conversations import AnsweredBy, Conversation
from storage.records import DiscordId, FanvueMessageId
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_FAN, paired

ANNA = DiscordId(30)


async def wrote(tx: Transaction, at: int) -> Conversation:
    """Fan's message of that time."""
    message = FanvueMessageId(f"m{at}")
    await messages.pair(tx, paired(at, message=message, sent_at=at))
    return await conversations.fan_wrote(tx, CREATOR, FAN, message=message, at=at)


async def test_a_snooze_frees_the_fan_and_says_who_it_was(known: Database) -> None:
    async def work(tx: Transaction) -> Conversation:
        await wrote(tx, 10)
        return await snoozes.snooze(tx, CREATOR, FAN, until=99, by=ANNA)

    made = await known.write(work)

    assert (made.snoozed_until, made.aside_by, made.waiting_since, made.claimed_by) == (99, ANNA, 10, None)
    assert await known.read(lambda tx: conversations.get(tx, CREATOR, FAN)) == made


async def test_snoozes_that_are_over_are_found_oldest_first_and_end_once(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        await snoozes.snooze(tx, CREATOR, FAN, until=50)
        await snoozes.snooze(tx, CREATOR, OTHER_FAN, until=40)

    await known.write(work)
    early = await known.read(lambda tx: snoozes.over(tx, now=39, limit=9))
    found = await known.read(lambda tx: snoozes.over(tx, now=50, limit=9))
    one = await known.read(lambda tx: snoozes.over(tx, now=50, limit=1))
    for each in found:
        await known.write(lambda tx, each=each: snoozes.wake(tx, each))  # type: ignore[misc]

    assert early == []
    assert [each.fan for each in found] == [OTHER_FAN, FAN]
    assert [each.fan for each in one] == [OTHER_FAN]
    assert await known.read(lambda tx: snoozes.over(tx, now=50, limit=9)) == []


async def test_an_answer_leaves_nothing_snoozed(known: Database) -> None:
    async def work(tx: Transaction) -> Conversation:
        await wrote(tx, 10)
        await snoozes.snooze(tx, CREATOR, FAN, until=99)
        return await conversations.answered(tx, CREATOR, FAN, at=20, by=AnsweredBy.MEMBER)

    made = await known.write(work)

    assert (made.waiting_since, made.snoozed_until) == (None, None)


async def test_a_reopened_talk_waits_since_the_oldest_message_after_the_last_answer(known: Database) -> None:
    async def work(tx: Transaction) -> Conversation:
        await wrote(tx, 10)
        await conversations.answered(tx, CREATOR, FAN, at=20, by=AnsweredBy.MEMBER)
        await wrote(tx, 30)
        await wrote(tx, 40)
        await snoozes.close(tx, CREATOR, FAN, at=40, by=ANNA)
        return await snoozes.reopen(tx, CREATOR, FAN)

    made = await known.write(work)

    assert (made.state, made.waiting_since, made.settled_until) == ("open", 30, 20)


async def test_what_was_sent_after_a_close_goes_on_waiting(known: Database) -> None:
    async def work(tx: Transaction) -> Conversation:
        await wrote(tx, 10)
        await wrote(tx, 30)
        return await snoozes.close(tx, CREATOR, FAN, at=20, by=ANNA)

    made = await known.write(work)

    assert (made.state, made.waiting_since, made.aside_by) == ("open", 30, None)
