"""What members sent, reply by reply, and how long the fan had waited for it."""

import random

import pytest

from storage.database import Database, Transaction, Value
from storage.people import sent_replies, workload
from storage.people.sent_replies import SentReply, SentReplyFilter
from storage.people.workload import AnsweredWait
from storage.records import DiscordId
from tests.storage.chat_fixtures import MARA, THEO, StoredChat
from tests.storage.query_plans import plan_of, whole_tables
from tests.storage.record_fixtures import CREATOR, FAN, OTHER_CREATOR, OTHER_FAN, a_fan

NOW, ALL = 10_000_000_000, 100


def which(found: list[SentReply]) -> list[tuple[DiscordId, int, int | None, bool]]:
    """What tests compare: by whom, when, for how much, and whether it was bought."""
    return [(one.member, one.at - NOW, one.price, one.bought) for one in found]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (SentReplyFilter(CREATOR, NOW), [4, 3, 2, 1]),
        (SentReplyFilter(CREATOR, NOW, member=MARA), [4, 2, 1]),
        (SentReplyFilter(CREATOR, NOW, priced=True), [4, 2]),
        (SentReplyFilter(CREATOR, NOW, priced=False), [3, 1]),
        (SentReplyFilter(CREATOR, NOW, member=MARA, priced=False), [1]),
        (SentReplyFilter(CREATOR, NOW + 3), [4, 3]),
        (SentReplyFilter(OTHER_CREATOR, NOW), []),
    ],
)
async def test_only_what_fits_is_found_newest_first(
    known: Database, wanted: SentReplyFilter, shown: list[int]
) -> None:
    async def work(tx: Transaction) -> list[SentReply]:
        chat = StoredChat(tx)
        await chat.replied(NOW - 1)
        await chat.replied(NOW + 1)
        await chat.replied(NOW + 2, price=500, bought_at=NOW + 9)
        await chat.replied(NOW + 3, by=THEO, price=0)
        await chat.replied(NOW + 4, price=700)
        await chat.wrote(NOW + 5)
        await chat.elsewhere(NOW + 6)
        return await sent_replies.found(tx, wanted, limit=ALL)

    assert [one.at - NOW for one in await known.write(work)] == shown


async def test_each_says_by_whom_to_whom_for_how_much(known: Database) -> None:
    async def work(tx: Transaction) -> list[SentReply]:
        chat = StoredChat(tx)
        await chat.replied(NOW + 1, price=500, bought_at=NOW + 9)
        await chat.replied(NOW + 2, by=THEO, price=0)
        return await sent_replies.found(tx, SentReplyFilter(CREATOR, NOW), limit=ALL)

    theirs, hers = await known.write(work)

    assert which([theirs, hers]) == [(THEO, 2, None, False), (MARA, 1, 500, True)]
    assert (hers.fan, hers.member_name, hers.effect, hers.waited) == (FAN, "name 30", "effect-1", None)


async def test_of_the_newest_only_so_many_are_read(known: Database) -> None:
    async def work(tx: Transaction) -> list[SentReply]:
        chat = StoredChat(tx)
        for n in range(4):
            await chat.replied(NOW + n)
        return await sent_replies.found(tx, SentReplyFilter(CREATOR, NOW), limit=2)

    assert [one.at - NOW for one in await known.write(work)] == [3, 2]


@pytest.mark.parametrize("seed", range(5))
async def test_a_wait_is_the_one_that_the_teams_figures_count(known: Database, seed: int) -> None:
    await a_fan(known, CREATOR, OTHER_FAN)
    dice = random.Random(seed)  # noqa: S311 - a repeatable evening, no secret

    async def work(tx: Transaction) -> tuple[list[AnsweredWait], list[SentReply]]:
        chat = StoredChat(tx)
        for at in range(NOW, NOW + 60):
            fan, by = dice.choice((FAN, OTHER_FAN)), dice.choice((MARA, THEO))
            match dice.choice(("wrote", "wrote", "replied", "elsewhere")):
                case "wrote":
                    await chat.wrote(at, fan)
                case "replied":
                    await chat.replied(at, by, fan)
                case _:
                    await chat.elsewhere(at)
        found = await sent_replies.found(tx, SentReplyFilter(CREATOR, NOW), limit=ALL)
        return await workload.answered(tx, CREATOR, since=NOW, limit=ALL), found

    counted, found = await known.write(work)

    assert len(counted) > 2
    assert [AnsweredWait(one.member, one.waited) for one in found if one.waited is not None] == counted


@pytest.mark.parametrize(("member", "priced"), [(None, None), (MARA, 1)])
async def test_no_whole_table_is_read(
    known: Database, url: str, member: DiscordId | None, priced: int | None
) -> None:
    given: dict[str, Value] = {"creator": CREATOR, "since": NOW, "member": member, "limit": 9}

    plan = await plan_of(known, url, sent_replies.FOUND, {**given, "priced": priced})

    assert whole_tables(plan) == []
    assert any("messages_sent" in step for step in plan)
    assert any("messages_fan" in step for step in plan)
