"""Replies that wait for a lead, on both databases."""

from storage.database import Database, Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.inbox import held_replies
from storage.inbox.held_replies import HeldReply
from storage.people import creator_wipe, fan_erasure, pruning
from storage.records import CommandId, CreatorId, DiscordId, DraftId, FanId
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR

SERVER, ELSEWHERE, TIA = DiscordId(7), DiscordId(8), DiscordId(1)
FAN, OTHER_FAN = FanId("fan-1"), FanId("fan-2")


async def hold(
    tx: Transaction,
    name: str,
    *,
    at: int,
    fan: FanId = FAN,
    creator: CreatorId = CREATOR,
    guild: DiscordId = SERVER,
) -> None:
    """One waits from then on, for a hundred."""
    draft = Draft(DraftId(name), "reply.kept", "open", 1, creator, "{}", TIA, guild, None, None, at, at + 100)
    await drafts.open_draft(tx, draft)
    await held_replies.add(tx, draft.id, creator, fan)


async def wiped(tx: Transaction) -> None:
    """All of the creator's, in as many batches as it takes."""
    gone, start = await creator_wipe.wipe(tx, CREATOR, limit=9)
    while gone:
        gone, start = await creator_wipe.wipe(tx, CREATOR, limit=9, start=start)


async def waiting(database: Database, now: int) -> list[str]:
    found = await database.read(lambda tx: held_replies.waiting(tx, [CREATOR], SERVER, now=now))
    return [held.draft for held in found]


async def test_the_oldest_of_these_creators_on_this_server_comes_first(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await hold(tx, "b", at=2)
        await hold(tx, "a", at=1)
        await hold(tx, "elsewhere", at=1, guild=ELSEWHERE)
        await hold(tx, "other", at=1, creator=OTHER_CREATOR)

    await database.write(work)

    assert await waiting(database, 50) == ["a", "b"]
    assert await waiting(database, 101) == ["b"]
    assert await database.read(lambda tx: held_replies.number(tx, CREATOR, now=50)) == 3


async def test_what_ended_is_listed_until_its_thread_was_told(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        for number, name in enumerate("abc"):
            await hold(tx, name, at=number * 1000)
        await drafts.settle(tx, DraftId("b"), version=1, state="returned", by=TIA, now=1001)

    await database.write(work)
    ended = await database.read(lambda tx: held_replies.ended(tx, now=1500, limit=9))
    await database.write(lambda tx: held_replies.told(tx, DraftId("a"), now=1500))
    await database.write(lambda tx: held_replies.told(tx, DraftId("a"), now=1600))

    assert [held.draft for held in ended] == ["a", "b"]
    after = await database.read(lambda tx: held_replies.ended(tx, now=1500, limit=9))
    assert [held.draft for held in after] == ["b"]
    kept = await database.read(lambda tx: held_replies.get(tx, DraftId("a")))
    assert kept == HeldReply(DraftId("a"), CREATOR, FAN, told_at=1500)


async def test_a_leads_word_and_the_way_back_are_kept(database: Database) -> None:
    await database.write(lambda tx: hold(tx, "a", at=1))
    await database.write(lambda tx: held_replies.said(tx, DraftId("a"), CommandId("word")))
    await database.write(lambda tx: held_replies.handed_back(tx, DraftId("a"), DraftId("again")))

    kept = await database.read(lambda tx: held_replies.get(tx, DraftId("a")))
    assert kept == HeldReply(DraftId("a"), CREATOR, FAN, CommandId("word"), DraftId("again"))


async def test_forgetting_a_fan_ends_what_waits_for_them_alone(database: Database) -> None:
    await database.write(lambda tx: hold(tx, "a", at=1))
    await database.write(lambda tx: hold(tx, "b", at=2, fan=OTHER_FAN))

    await database.write(lambda tx: fan_erasure.take_out(tx, CREATOR, FAN))

    assert await waiting(database, 50) == ["b"]
    draft = await database.read(lambda tx: drafts.get(tx, DraftId("a")))
    assert draft is not None
    assert draft.state == "expired"
    assert await database.read(lambda tx: held_replies.get(tx, DraftId("a"))) is None


async def test_they_go_with_their_time_and_with_their_creator_alone(database: Database) -> None:
    await database.write(lambda tx: hold(tx, "old", at=1))
    await database.write(lambda tx: hold(tx, "new", at=500))
    await database.write(lambda tx: hold(tx, "other", at=500, creator=OTHER_CREATOR))

    while await database.write(lambda tx: pruning.records(tx, CREATOR, before=100, limit=1)):
        pass
    assert await database.read(lambda tx: held_replies.get(tx, DraftId("old"))) is None
    assert await database.read(lambda tx: held_replies.get(tx, DraftId("new"))) is not None
    await database.write(wiped)
    assert await database.read(lambda tx: held_replies.get(tx, DraftId("new"))) is None
    assert await database.read(lambda tx: held_replies.get(tx, DraftId("other"))) is not None
