"""Drafts: the first click settles them, in time and on the right version."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from storage.database import Database, Transaction
from storage.engine import drafts
from storage.records import DiscordId, DraftId
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR, draft

FIRST = DraftId("draft-1")


async def settle(
    database: Database, *, by: int, version: int = 1, now: int = 50, state: str = "done"
) -> bool:
    return await database.write(
        lambda tx: drafts.settle(tx, FIRST, version=version, state=state, by=DiscordId(by), now=now)
    )


async def test_a_draft_comes_back_as_it_was_opened(database: Database) -> None:
    opened = draft(owner=DiscordId(3), guild=None, creator=None, expires_at=9000, target='{"fan": 1}')

    await database.write(lambda tx: drafts.open_draft(tx, opened))
    assert await database.read(lambda tx: drafts.get(tx, FIRST)) == opened
    assert await database.read(lambda tx: drafts.get(tx, DraftId("none"))) is None


async def test_of_many_clicks_at_once_exactly_one_settles(database: Database) -> None:
    await database.write(lambda tx: drafts.open_draft(tx, draft()))

    won = await asyncio.gather(*(settle(database, by=person) for person in range(7, 17)))
    settled = await database.read(lambda tx: drafts.get(tx, FIRST))

    assert won == [True] + [False] * 9
    assert settled == draft(state="done", settled_by=DiscordId(7), settled_at=50)


async def test_a_click_on_an_older_version_settles_nothing(database: Database) -> None:
    await database.write(lambda tx: drafts.open_draft(tx, draft(version=2)))

    assert not await settle(database, by=7, version=1)
    assert await settle(database, by=7, version=2)


@pytest.mark.parametrize(
    ("now", "state", "ends_as"),
    [(99, "done", "done"), (100, "done", "open"), (101, "cancelled", "open"), (101, "expired", "expired")],
)
async def test_after_its_time_a_draft_can_only_expire(
    database: Database, now: int, state: str, ends_as: str
) -> None:
    await database.write(lambda tx: drafts.open_draft(tx, draft(expires_at=100)))

    settled = await settle(database, by=7, now=now, state=state)
    kept = await database.read(lambda tx: drafts.get(tx, FIRST))

    assert kept is not None
    assert (settled, kept.state) == (ends_as != "open", ends_as)


async def test_a_draft_without_an_end_stays_open(database: Database) -> None:
    await database.write(lambda tx: drafts.open_draft(tx, draft()))

    assert await settle(database, by=7, now=10**15)


async def test_what_was_opened_lately_and_waits_is_found(database: Database) -> None:
    for number, created in ((1, 10), (2, 30), (3, 20), (4, 40)):
        kept = draft(number, created_at=created, action="mass" if number == 4 else "send")
        await database.write(partial(drafts.open_draft, draft=kept))
    await database.write(
        lambda tx: drafts.settle(tx, DraftId("draft-2"), version=1, state="done", by=None, now=50)
    )

    found = await database.read(lambda tx: drafts.open_since(tx, "send", 20))

    assert [one.id for one in found] == ["draft-3"]


async def test_of_whoever_leaves_what_could_still_be_clicked_is_closed_and_counted(known: Database) -> None:
    owner, other = DiscordId(3), DiscordId(4)
    mine = draft(owner=owner, creator=CREATOR, expires_at=9000)
    for one in (
        mine,
        replace(mine, id=DraftId("endless"), expires_at=None),
        replace(mine, id=DraftId("long over"), expires_at=50),
        replace(mine, id=DraftId("theirs"), owner=other),
        replace(mine, id=DraftId("elsewhere"), creator=OTHER_CREATOR),
    ):
        await known.write(partial(drafts.open_draft, draft=one))

    closed = await known.write(lambda tx: drafts.close_of(tx, owner, CREATOR, by=other, now=50))

    async def states(tx: Transaction) -> dict[str, str]:
        return {row["id"]: row["state"] for row in await tx.all("SELECT id, state FROM drafts")}

    assert closed == 2
    assert await known.read(states) == {
        FIRST: "removed",
        "endless": "removed",
        "long over": "open",
        "theirs": "open",
        "elsewhere": "open",
    }
