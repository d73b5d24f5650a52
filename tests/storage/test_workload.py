"""What members sent, and how long the fans had waited for it."""

from storage.database import Database, Transaction
from storage.inbox import messages
from storage.people import workload
from storage.people.workload import AnsweredWait, MemberReplies
from storage.records import FanvueMessageId
from tests.storage.chat_fixtures import MARA, THEO, StoredChat
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR, OTHER_FAN, a_fan, paired

NOW, ALL = 10_000_000_000, 100


async def test_an_answer_counts_from_the_first_line_that_nobody_had_answered(known: Database) -> None:
    async def work(tx: Transaction) -> list[AnsweredWait]:
        chat = StoredChat(tx)
        await chat.wrote(NOW)
        await chat.wrote(NOW + 10)
        await chat.replied(NOW + 60)
        await chat.replied(NOW + 70)  # nobody waited any more
        await chat.wrote(NOW + 100)
        await chat.replied(NOW + 130, by=THEO)
        return await workload.answered(tx, CREATOR, since=NOW, limit=ALL)

    assert await known.write(work) == [AnsweredWait(THEO, 30), AnsweredWait(MARA, 60)]


async def test_what_was_answered_elsewhere_is_nobodys_and_ends_the_wait(known: Database) -> None:
    async def work(tx: Transaction) -> list[AnsweredWait]:
        chat = StoredChat(tx)
        await chat.wrote(NOW)
        await chat.elsewhere(NOW + 20)
        await chat.replied(NOW + 60)
        return await workload.answered(tx, CREATOR, since=NOW, limit=ALL)

    assert await known.write(work) == []


async def test_fans_are_not_mixed_and_other_creators_do_not_count(known: Database) -> None:
    await a_fan(known, CREATOR, OTHER_FAN)

    async def work(tx: Transaction) -> tuple[list[AnsweredWait], list[AnsweredWait], list[MemberReplies]]:
        chat = StoredChat(tx)
        await chat.wrote(NOW)
        await chat.wrote(NOW + 5, fan=OTHER_FAN)
        await chat.replied(NOW + 9, fan=OTHER_FAN)
        await chat.replied(NOW + 20)
        own = await workload.answered(tx, CREATOR, since=NOW, limit=ALL)
        others = await workload.answered(tx, OTHER_CREATOR, since=NOW, limit=ALL)
        return own, others, await workload.sent(tx, OTHER_CREATOR, since=NOW)

    assert await known.write(work) == ([AnsweredWait(MARA, 20), AnsweredWait(MARA, 4)], [], [])


async def test_a_wait_that_began_before_the_time_counts_whole_and_an_older_answer_does_not(
    known: Database,
) -> None:
    async def work(tx: Transaction) -> list[AnsweredWait]:
        chat = StoredChat(tx)
        await chat.wrote(NOW - 500)
        await chat.replied(NOW - 400)
        await chat.wrote(NOW - 300)
        await chat.replied(NOW + 1)
        await chat.wrote(NOW + 2)
        await chat.replied(NOW + 4)
        return await workload.answered(tx, CREATOR, since=NOW, limit=2)

    assert await known.write(work) == [AnsweredWait(MARA, 2), AnsweredWait(MARA, 301)]


async def test_of_the_newest_answers_only_so_many_are_read(known: Database) -> None:
    async def work(tx: Transaction) -> list[AnsweredWait]:
        chat = StoredChat(tx)
        for n in range(3):
            await chat.wrote(NOW + 10 * n)
            await chat.replied(NOW + 10 * n + n + 1)
        return await workload.answered(tx, CREATOR, since=NOW, limit=2)

    assert await known.write(work) == [AnsweredWait(MARA, 3), AnsweredWait(MARA, 2)]


async def test_each_members_replies_are_counted_with_what_was_offered_and_bought(known: Database) -> None:
    async def work(tx: Transaction) -> list[MemberReplies]:
        chat = StoredChat(tx)
        await chat.replied(NOW - 1)
        await chat.replied(NOW)
        await chat.replied(NOW + 1, price=500, bought_at=NOW + 9)
        await chat.replied(NOW + 2, price=700)
        await chat.replied(NOW + 3, by=THEO, price=0, bought_at=NOW + 9)
        await messages.pair(tx, paired(99, sent_at=NOW, direction="out", message=FanvueMessageId("own")))
        return await workload.sent(tx, CREATOR, since=NOW)

    assert await known.write(work) == [
        MemberReplies(MARA, "name 30", replies=3, priced=2, bought=1),
        MemberReplies(THEO, "name 31", replies=1, priced=0, bought=0),
    ]
