"""A mass message that waits for a second person is settled once."""

from storage.database import Database
from storage.engine import restore_review
from storage.publishing import mass_requests
from storage.publishing.mass_requests import MassRequest
from storage.records import CommandId, CreatorId, DiscordId, DraftId

CREATOR = CreatorId("creator")
MARA, THEO = DiscordId(1), DiscordId(2)


def request(draft: str, *, until: int = 1_000, creator: CreatorId = CREATOR) -> MassRequest:
    """Mara's, made at 10."""
    return MassRequest(
        draft=DraftId(draft),
        creator=creator,
        guild=DiscordId(9),
        proposer=MARA,
        roles=frozenset({DiscordId(7), DiscordId(8)}),
        command=CommandId("press"),
        made_at=10,
        until=until,
    )


async def add(database: Database, *requests: MassRequest) -> None:
    """They wait."""
    for one in requests:
        await database.write(lambda tx, one=one: mass_requests.add(tx, one))  # type: ignore[misc]


async def settle(database: Database, draft: str, state: str, now: int) -> bool:
    """Theo's word."""
    return await database.write(lambda tx: mass_requests.settle(tx, DraftId(draft), state, by=THEO, now=now))


async def test_it_is_settled_once_and_after_its_time_only_expires(database: Database) -> None:
    await add(database, request("a"), request("b"))

    words = [
        await settle(database, "a", "approved", 999),
        await settle(database, "a", "refused", 999),
        await settle(database, "b", "approved", 1_000),
        await settle(database, "b", "expired", 1_000),
    ]
    kept = await database.read(lambda tx: mass_requests.get(tx, DraftId("a")))

    assert words == [True, False, False, True]
    assert kept is not None
    assert (kept.state, kept.decided_by, kept.decided_at) == ("approved", THEO, 999)
    assert kept.roles == {7, 8}


async def test_only_what_waits_and_is_over_is_overdue_the_oldest_first(database: Database) -> None:
    await add(database, request("late", until=90), request("first", until=50), request("not yet", until=101))
    await add(database, request("decided", until=60))
    await settle(database, "decided", "refused", 20)

    found = await database.read(lambda tx: mass_requests.overdue(tx, now=100, limit=9))

    assert [one.draft for one in found] == ["first", "late"]


async def test_nothing_that_waited_in_a_backup_can_be_confirmed_after_it_was_restored(
    database: Database,
) -> None:
    await add(database, request("a"))
    await database.write(lambda tx: restore_review.park(tx, now=500))

    assert not await settle(database, "a", "approved", 501)
