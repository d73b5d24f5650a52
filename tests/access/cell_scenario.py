"""Two creators on a server, and people of every role for one of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.access.permits import Access
from storage.database import Database, Transaction, Work
from storage.engine.connect import open_database
from storage.people import consents, creators, grants
from storage.records import Creator, CreatorId, DiscordId, Link, LinkId, LinkState
from tests.access.permission_specification import ROLES
from tests.database_place import database_in, let_go

MILA = CreatorId("8d1f0c52-0000-4000-8000-000000000001")
ZOE = CreatorId("8d1f0c52-0000-4000-8000-000000000002")
HOME, ELSEWHERE = DiscordId(1_300_000_000_000_000_001), DiscordId(1_300_000_000_000_000_002)
TEAM = DiscordId(1_300_000_000_000_000_100)
PEOPLE = {role: DiscordId(1_400_000_000_000_000_000 + number) for number, role in enumerate(ROLES)}
STRANGER = DiscordId(1_400_000_000_000_000_099)


@dataclass
class CellScenario:
    """Mila is at home on HOME with a team; Zoe is at home there too, and everybody is a stranger to her."""

    database: Database
    access: Access


@asynccontextmanager
async def opened(folder: Path, *changes: Work[None]) -> AsyncIterator[CellScenario]:
    """A place of its own, where this has happened since."""
    database = await open_database(database_in(folder), now=0)
    try:
        for change in (_furnish, *changes):
            await database.write(change)
        yield CellScenario(database, Access(database))
    finally:
        await database.close()
        let_go(folder)


async def _furnish(tx: Transaction) -> None:
    for creator, handle, owner in ((MILA, "mila", PEOPLE["owner"]), (ZOE, "zoe", STRANGER)):
        await creators.learn(tx, Creator(creator, handle, handle.title()), now=0)
        link = Link(LinkId(handle), creator, owner, HOME, 1, LinkState.ACTIVE, "", handle)
        await creators.add_link(tx, link, now=0)
        await consents.give(tx, creator, HOME, "owner", by=owner, now=0)
        await consents.give(tx, creator, HOME, "server", by=STRANGER, now=0)
    # A grant for a server where the creator is not at home is worth nothing.
    for role in ROLES[1:-1]:
        for guild in (HOME, ELSEWHERE):
            await grants.put(tx, granted(f"{role}-{guild}", guild, "member", PEOPLE[role], role))


def granted(name: str, guild: DiscordId, kind: str, subject: DiscordId, role: str) -> grants.GrantRecord:
    return grants.GrantRecord(name, MILA, guild, kind, subject, role, "", "", None, PEOPLE["owner"], 0)
