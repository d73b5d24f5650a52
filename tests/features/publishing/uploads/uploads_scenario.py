"""Where files are loaded: a vault on a stand-in, a database, some files."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from bot.discord.attachments import Attachments
from bot.engine.derived_ids import DerivedIds
from bot.engine.retry import RetryWaits
from bot.fanvue.budget import RequestBudget
from bot.fanvue.part_store import PartStore
from bot.fanvue.transport import open_http
from bot.features.publishing.uploads import bodies, kind_rules
from bot.features.publishing.uploads.bodies import UploadBody
from bot.features.publishing.uploads.fanvue import FanvueUploadVault
from bot.features.publishing.uploads.feature import sources_of
from bot.features.publishing.uploads.intake import take
from bot.features.publishing.uploads.transfer_service import UploadTransferService
from bot.model.acting_account import CallAccount
from bot.sandbox.fanvue.records import MediaId, MediaRecord
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.publishing import uploads
from storage.publishing.uploads import OVER, UploadRecord
from storage.records import CreatorId, DiscordId
from tests.audit_log_fixtures import trail_in
from tests.database_place import database_in
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere
from tests.features.people.accounts.accounts_fixtures import a_keyring, seeded
from tests.relay.clock_fixtures import SeededIds, SettableClock

PART = 1000
IDS = DerivedIds(b"a secret of these tests")
MEMBER = DiscordId(77)


@dataclass
class UploadsScenario:
    """Parts have 1,000 bytes."""

    evening: FanvueScenario
    database: Database
    clock: SettableClock
    carrying: UploadTransferService
    folder: Path
    changed: asyncio.Event  # set whenever one came further
    files: dict[str, Path] = field(default_factory=dict)

    def file(self, name: str = "secret-beach.mp4", size: int = 2500, *, seed: int = 1) -> Path:
        """A file with bytes of its own; the same seed and size give the same ones."""
        path = self.folder / name
        path.write_bytes(seeded(seed).randbytes(size))
        self.files[name] = path
        return path

    async def take(self, path: Path, name: str | None = None, creator: CreatorId | None = None) -> str:
        """Somebody wants this file in the vault."""
        about = path.stat()  # noqa: ASYNC240 - a small file of this machine
        creator = creator or self.evening.creator
        source = f"{path} {about.st_size} {about.st_mtime_ns}"
        upload = IDS.upload(creator, source)
        called, filename = kind_rules.named(name, path.name)
        body = UploadBody(called, filename, kind_rules.kind_of(path.name), str(path), about.st_mtime_ns)
        sealed = bodies.seal(self.carrying.sealer, upload, creator, body)
        new = UploadRecord(upload, creator, MEMBER, about.st_size, self.clock.at, sealed)
        await self.database.write(lambda tx: take(tx, new))
        return upload

    async def row(self, upload: str) -> UploadRecord:
        """How far it is."""
        found = await self.database.read(lambda tx: uploads.get(tx, upload))
        assert found is not None
        return found

    async def once(self, upload: str) -> UploadRecord:
        """Carried on as far as it goes, by a program that remembers nothing."""
        await self.carrying.carry(await self.row(upload))
        return await self.row(upload)

    async def carry(self, upload: str, *, most: int = 12) -> UploadRecord:
        """Carried on until it is over, whatever it waits for."""
        for _ in range(most):
            row = await self.once(upload)
            if row.state in OVER:
                return row
            self.clock.at = max(self.clock.at, row.due)
        raise AssertionError(f"not over: {row}")

    async def put(self, path: Path) -> UploadRecord:
        """All of it."""
        return await self.carry(await self.take(path))

    @property
    def vault(self) -> list[str]:
        """The ids of what Fanvue has whole."""
        media = self.evening.server.world.media.values()
        return [str(one.uuid) for one in media if one.status != "created"]

    def item(self, upload: UploadRecord) -> MediaRecord:
        """What it became."""
        assert upload.media is not None
        return self.evening.server.world.media[MediaId(upload.media)]

    def stored(self, upload: UploadRecord) -> Sequence[str]:
        """The tags of the parts that Fanvue has put together for this item."""
        world = self.evening.server.world
        (found,) = [one for one in world.uploads.values() if str(one.media) == upload.media]
        assert found.finished
        return [part.etag for _number, part in sorted(found.parts.items())]

    def sent(self) -> list[int]:
        """The numbers of the parts that were stored, in their order."""
        return [entry["number"] for entry in self.evening.server.ledger.of("part")]

    def asked(self, method: str, path: str) -> int:
        """How often Fanvue was asked for something with a path like this, whatever it said."""
        requests = self.evening.server.ledger.of("request")
        return sum(entry["method"] == method and path in entry["path"] for entry in requests)

    def carried_out(self, method: str, path: str) -> int:
        """How often Fanvue did what was asked for with a path like this."""
        return sum(
            entry["executed"] and entry["method"] == method and path in entry["path"]
            for entry in self.evening.server.ledger.of("request")
        )


def tags(path: Path) -> list[str]:
    """What a store calls the parts of a file."""
    content = path.read_bytes()
    pieces = [content[begin : begin + PART] for begin in range(0, len(content), PART)]
    return [f'"{hashlib.md5(piece, usedforsecurity=False).hexdigest()}"' for piece in pieces]


@asynccontextmanager
async def opened(folder: Path, *, prefix: str = "/v1") -> AsyncIterator[UploadsScenario]:
    """Everything is there; nothing is on its way."""
    clock, ring = SettableClock(), a_keyring()
    database = await open_database(database_in(folder), now=0)
    try:
        async with (
            open_http(resolver=anywhere()) as http,
            aiohttp.ClientSession() as session,
            evening_on(
                http, prefix=prefix, now=lambda: datetime.fromtimestamp(clock.at / 1000, tz=UTC)
            ) as evening,
        ):
            switches = evening.server.switches
            switches.access_token_seconds, switches.upload_part_bytes = 10.0**9, PART
            evening.holds(evening.server.world.grant(evening.account).access_token)

            evening.fanvue.budget = RequestBudget(clock=clock)

            async def identity(
                _creator: CreatorId,
            ) -> CallAccount:  # one account of Fanvue has all their vaults
                return CallAccount(LINK)

            changed = asyncio.Event()

            async def told(
                tx: Transaction, _upload: UploadRecord
            ) -> None:  # nobody else is shown how far they are
                tx.on_commit(changed.set)

            parts = PartStore(http, api_url=evening.server.url, hosts=())
            carrying = UploadTransferService(
                database=database,
                there=FanvueUploadVault(evening.fanvue, identity, parts),
                sources=sources_of(Attachments(session, api_url="http://127.0.0.1:9")),
                sealer=ring,
                ids=IDS,
                trail=await trail_in(database, ring, clock, SeededIds()),
                clock=clock,
                waits=RetryWaits(),
                rng=seeded(),
                told=told,
                ready=lambda: None,
            )
            yield UploadsScenario(evening, database, clock, carrying, folder, changed)
    finally:
        await database.close()
