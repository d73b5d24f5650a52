"""A database with sealed values, and a bridge that reads and writes without pause."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from bot.features.operations.keys.signer import RightsSigner
from bot.features.people.accounts.keyring import Keyring, MasterKey
from storage.database import Database, Row, Transaction
from storage.engine import inbox
from storage.engine.connect import site_of
from storage.operations import sealed_values
from storage.operations.sealed_columns import PLACES
from storage.operations.sealed_values import SealedColumn
from storage.operations.sealing_keys import Column
from storage.people import creators
from storage.records import DiscordId, Link, LinkId, LinkState
from tests.storage.record_fixtures import CREATOR, a_creator, new_fact

OLD, NEW = MasterKey("111", b"o" * 32), MasterKey("222", b"n" * 32)


def text_of(number: int) -> bytes:
    """What stands in fact number so."""
    return b"text %d" % number


def sealed_fact(ring: Keyring, number: int) -> inbox.NewFact:
    """A fact as the bridge keeps it."""
    fact = new_fact(number)
    return new_fact(number, body=ring.seal(f"inbox|body|{fact.id}|{CREATOR}", text_of(number)))


async def fill(database: Database, ring: Keyring, facts: int) -> None:
    """Facts, and a link with its tokens."""
    await a_creator(database, CREATOR)

    async def work(tx: Transaction) -> None:
        for number in range(facts):
            await inbox.keep(tx, sealed_fact(ring, number))
        await _link(tx, ring)

    await database.write(work)


async def _link(tx: Transaction, ring: Keyring) -> None:
    tx.signer = RightsSigner(ring)
    link = Link(LinkId("link-1"), CREATOR, DiscordId(1), DiscordId(2), 1, LinkState.ACTIVE, "", "handle")
    await creators.add_link(tx, link, now=0)
    place = f"link-1|{CREATOR}|4|1|2|own"
    await tx.execute(
        """INSERT INTO tokens (link_id, generation, access_ct, refresh_ct, expires_at, renew_at)
           VALUES ('link-1', 4, :access, :refresh, 9, 8)""",
        access=ring.seal(f"tokens|access_ct|{place}", b"access"),
        refresh=ring.seal(f"tokens|refresh_ct|{place}", b"refresh"),
    )


class BusyBridge:
    """A bridge at work: each read opens what it reads, each write adds a fact under the ring's newest key."""

    def __init__(self, database: Database, ring: Keyring, facts: int) -> None:
        self._database = database
        self._ring = ring
        self._facts = facts
        self.reads = self.written = 0
        self.longest = self.longest_write = 0.0  # seconds

    async def run(self) -> None:
        """Until cancelled; any read or write that fails ends it with its error."""
        with suppress(asyncio.CancelledError):
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._read())
                tasks.create_task(self._write())

    async def _read(self) -> None:
        number = 0
        while True:
            number = (number + 7) % self._facts
            begun = time.monotonic()
            row = await self._database.read(
                lambda tx, number=number: tx.one(  # type: ignore[misc]  # a default binds the number
                    "SELECT body_ct FROM inbox WHERE id = :id", id=f"fact-{number}"
                )
            )
            opened = self._ring.open(f"inbox|body|fact-{number}|{CREATOR}", bytes(row["body_ct"]))
            assert opened == text_of(number)
            self.reads += 1
            self.longest = max(self.longest, time.monotonic() - begun)

    async def _write(self) -> None:
        while True:
            number = 1_000_000 + self.written
            begun = time.monotonic()
            await self._database.write(partial(inbox.keep, new=sealed_fact(self._ring, number)))
            self.written += 1
            self.longest_write = max(self.longest_write, time.monotonic() - begun)


def contents(url: str, ring: Keyring) -> dict[Column, list[bytes]]:
    """Every sealed value, opened in its place. Raises NotOpened for the first that does not open."""
    found: dict[Column, list[bytes]] = {}

    async def work(tx: Transaction) -> None:
        keys = await sealed_values.keys_of(tx)
        for column in PLACES:
            found[column.table, column.column] = [
                ring.open(column.place_of(row), sealed_values.value_of(row))
                for row in await _rows(tx, column, keys[column.table])
            ]

    site_of(url).read(work)
    return found


async def _rows(tx: Transaction, column: SealedColumn, key: Sequence[str]) -> list[Row]:
    return await sealed_values.older(tx, column, key, head=b"\0", after=None, limit=10**9)
