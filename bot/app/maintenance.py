"""An operator's actions on the database file: back it up, put one back, say so."""

import os
import shlex
from argparse import Namespace
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.engine.audit_log import AuditLog
from bot.engine.clock import SystemClock, SystemIds
from bot.engine.derived_ids import DerivedIds
from bot.features.operations.backup.service import back_up, file_of
from bot.features.operations.keys import record, takeover
from bot.features.operations.keys.ring import keyring_of
from bot.features.people.accounts.keyring import Keyring, SealNotOpened, WrongKey
from bot.features.people.audit.chain import open_trail
from bot.model.ports import Clock, Ids
from bot.settings.model import Settings
from bot.text.safe_text import one_line
from storage.database import Database, Transaction
from storage.engine import backup, instance, restore_review
from storage.engine.connect import open_database, site_of
from storage.engine.epochs import EpochSide, begin_run
from storage.engine.restore_review import RestoredEffect, RestoreDifferences
from storage.errors import DatabaseInUse, DriverMissing, StorageError, WrongUrl
from storage.operations import webhook_rejections
from storage.operations.webhook_rejections import UsedWebhookSecret, WebhookRejection
from storage.records import Millis

PAUSED = (
    "This database was restored from a backup. Nothing is sent and no sign-in is renewed until the "
    "operator has checked “fanvue-bridge restored” and run “fanvue-bridge restored accept”."
)
_IDS_PLACE = "instance|secret|1"
_SHOWN = 50  # lines; whoever has more to look at needs the number, not the list
IN_USE = 75  # sysexits.h, as in bot.app.lifetime
WRONG_SETTING = 78


@dataclass(frozen=True)
class RunStart:
    """A run that has begun."""

    restored: Millis | None  # since when a restored database waits for a word, if it is one
    trail: AuditLog


async def carry_out(settings: Settings, options: Namespace) -> tuple[int, str]:
    """One command of the command line; its exit code, and what to print."""
    try:
        match options.deed:
            case "backup":
                said = back_up(settings, to=options.to, keep=options.keep)
            case "door":
                said = door(settings)
            case "restore":
                said = await restore(settings, options.file)
            case _ if options.word == "accept":
                said = await accept(settings)
            case _:
                said = show(settings)
    except DatabaseInUse as error:
        return IN_USE, str(error)
    except (WrongKey, WrongUrl, DriverMissing) as error:
        return WRONG_SETTING, str(error)
    except StorageError as error:
        return 1, str(error)
    return 0, "\n".join(said)


async def begin(
    database: Database,
    keyring: Keyring,
    side: EpochSide | None,
    *,
    clock: Clock,
    ids: Ids,
    watches: bool = False,
) -> RunStart:
    """Begin a run, once the keys fit. Raises WrongKey before anything is changed.

    `side`: the epoch's other place; None: this run was begun already. `watches`: new keys are taken up.
    """
    await database.read(lambda tx: record.check(tx, keyring))
    try:
        trail = await open_trail(database, keyring, random=os.urandom, clock=clock, ids=ids)
    except SealNotOpened as error:
        raise WrongKey("The keys do not open the audit's own key. Put the old key back.") from error

    async def note(tx: Transaction, parked: int) -> None:
        await trail.write(tx, "database.restored", f"parked {parked}", target="database")

    if side is None:
        waiting = await database.read(restore_review.since)
    else:
        canary, now = keyring.canary(), clock.now()
        waiting = await begin_run(database, side, epoch=ids.new(), canary=canary, now=now, note=note)
    await database.write(lambda tx: record.begin(tx, keyring, watches=watches))
    await takeover.begin(database, keyring, trail, now=clock.now())
    return RunStart(waiting, trail)


async def derived_ids(database: Database, keyring: Keyring, ids: Ids) -> DerivedIds:
    """Ids under the secret of this installation, which is made at the first start; call `begin` before."""

    async def work(tx: Transaction) -> bytes:
        known = await instance.secret(tx)
        if known is None:
            known = keyring.seal(_IDS_PLACE, ids.new().encode())
            await instance.keep_secret(tx, known)
        return known

    return DerivedIds(keyring.open(_IDS_PLACE, await database.write(work)))


async def known_ids(tx: Transaction, keyring: Keyring) -> DerivedIds | None:
    """The same, beside a bridge; None where none was ever started. Raises ValueError."""
    known = await instance.secret(tx)
    return DerivedIds(keyring.open(_IDS_PLACE, known)) if known is not None else None


async def restore(settings: Settings, file: Path) -> list[str]:
    """Put a backup in the database's place while no bridge runs; the sentences to print."""
    now = SystemClock().now()
    database = file_of(
        settings,
        "put a dump back; stop the bridge first",
        f"pg_restore --clean --if-exists --no-owner --single-transaction {shlex.quote(str(file))}",
    )
    put = backup.put_back(file, database, check=keyring_of(settings).check, epoch=SystemIds().new(), now=now)
    said = [f"Restored {file}."]
    if put.aside is not None:
        said.append(f"The database that was there is kept as {put.aside}.")
    opened = await _opened(settings)
    try:
        return said + _told(await opened.read(restore_review.differences))
    finally:
        await opened.close()


def show(settings: Settings) -> list[str]:
    """List, in sentences, what waits for the operator's word, running bridge or not."""
    return _told(site_of(settings.database_url).read(restore_review.differences))


def door(settings: Settings) -> list[str]:
    """List, in sentences, what came to the webhooks' address, running bridge or not."""

    async def work(tx: Transaction) -> tuple[list[WebhookRejection], list[UsedWebhookSecret]]:
        return await webhook_rejections.since(tx, ""), await webhook_rejections.keys(tx)

    refused, keys = site_of(settings.database_url).read(work)
    return [
        "Secrets that signed webhooks (a hash of each, where it is set, how many, when last):",
        *(f"  {key.key}  {key.place}  {key.number}  {_when(key.last_at)}" for key in keys),
        "Turned away (day, why, a hash of the address, how many):",
        *(f"  {row.day}  {row.reason}  {row.source}  {row.number}" for row in refused[:_SHOWN]),
    ]


async def accept(settings: Settings) -> list[str]:
    """The operator's word, given while no bridge runs; the sentences to print."""
    now = SystemClock().now()
    database = await _opened(settings)
    try:
        taken = await database.write(lambda tx: restore_review.accept(tx, now=now))
    finally:
        await database.close()
    if not taken:
        return ["Nothing is waiting for your confirmation: this database was not restored from a backup."]
    return ["Accepted. At the next start the bridge checks what was waiting, and asks where it can't tell."]


async def _opened(settings: Settings) -> Database:
    """The database, begun: one that was put in its place by hand is recognised here too."""
    clock = SystemClock()
    database = await open_database(settings.database_url, now=clock.now())
    try:
        side = site_of(settings.database_url).side(database)
        await begin(database, keyring_of(settings), side, clock=clock, ids=SystemIds())
    except BaseException:
        await database.close()
        raise
    return database


def _waiting(number: int) -> str:
    if number == 0:
        return "Nothing was waiting."
    return f"{number} things were waiting to be done, and may have been done since:"


def _told(found: RestoreDifferences | None) -> list[str]:
    if found is None:
        return ["This database was not restored from a backup, or that was already accepted."]
    made = f"made at {_when(found.backed_up_at)}" if found.backed_up_at else "of unknown age"
    said = [
        f"This database comes from a backup {made}. Anything that happened since is not in it.",
        _waiting(len(found.effects)),
        *(f"  {_line(parked)}" for parked in found.effects[:_SHOWN]),
    ]
    if len(found.effects) > _SHOWN:
        said.append(f"  … and {len(found.effects) - _SHOWN} more")
    said.append(f"{found.facts} events had arrived and were not shown yet; they may have been since.")
    if found.links:
        handles = ", ".join(f"@{one_line(handle, 40)}" for handle in found.links)
        said.append(
            f"Sign-ins that may have to be made again, because their tokens changed since: {handles}."
        )
    return [
        *said,
        (
            "“fanvue-bridge restored accept” lets the bridge continue: it checks the chats and "
            "threads for each of these, and for anything that arrives again from the time "
            "since the backup, and does nothing twice that it finds there."
        ),
        "Do not accept while the other database is still in use somewhere: that would end its sign-ins.",
    ]


def _line(parked: RestoredEffect) -> str:
    creator = f"@{one_line(parked.handle, 40)}" if parked.handle else parked.creator or "no creator"
    fan = f"@{one_line(parked.fan_handle, 40)}" if parked.fan_handle else (parked.fan or "")[:4]
    whom = f"{creator}, fan {fan}" if fan else creator
    return f"{_when(parked.created_at)}  {parked.kind}  {whom}"


def _when(at: Millis) -> str:
    return f"{datetime.fromtimestamp(at // 1000, UTC):%Y-%m-%d %H:%M:%S UTC}"
