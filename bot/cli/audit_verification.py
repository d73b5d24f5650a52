"""The command `audit verify`: whether the record of who did what is as it was."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.features.operations.keys import takeover
from bot.features.operations.keys.ring import keyring_of
from bot.features.operations.keys.signer import RightsSigner
from bot.features.people.accounts.keyring import Keyring, WrongKey
from bot.features.people.audit.chain import chain_of
from bot.settings.model import Settings
from storage.database import Transaction
from storage.engine import audit_log
from storage.engine.audit_verification import AuditVerdict, Tell
from storage.engine.audit_verification import verify as verify_in
from storage.engine.connect import site_of
from storage.engine.shared_snapshot import read_beside
from storage.errors import DriverMissing, StorageError, WrongUrl
from storage.operations import signed_rows
from storage.records import Millis

BROKEN = 1
NOT_NOW = 75  # sysexits.h: try again later
WRONG_SETTING = 78
_TOLD_SECONDS = 1.0
_SHOWN = 50
_CHANGED = "RIGHTS WERE CHANGED BY HAND. These rows are not as they were signed, and don't count:"

Say = Callable[[str], None]


def verify(
    settings: Settings, *, file: Path | None, say: Say, every: float = _TOLD_SECONDS
) -> tuple[int, str]:
    """Look at every line, beside a running bridge or not; the exit code, and what to print.

    `file`: a backup instead of the database of the settings. `say` hears how far it is, `every` second.
    """
    try:
        ring, tell = keyring_of(settings), _VerificationProgress(say, every)

        async def work(tx: Transaction) -> tuple[AuditVerdict | None, Sequence[str]]:
            return await _verified(tx, ring, tell), await _rights(tx, ring)

        found, wrong = site_of(settings.database_url).read(work) if file is None else read_beside(file, work)
    except (WrongKey, WrongUrl, DriverMissing) as error:
        return WRONG_SETTING, str(error)
    except (StorageError, sqlite3.DatabaseError) as error:
        if file is None:
            return NOT_NOW, str(error)
        return WRONG_SETTING, f"{file} can't be read as a database of the bridge: “{error}”."
    if found is None:
        return BROKEN, "There is no audit in this database: no bridge of this version was ever started on it."
    said = _whole(found) if found.broken is None else _broken(found)
    return (BROKEN if wrong or found.broken else 0), "\n".join([said, *wrong])


async def _rights(tx: Transaction, ring: Keyring) -> Sequence[str]:
    """Return the rows of rights that are not as they were signed; in a backup of before, none."""
    if not await takeover.is_signed(tx, ring):
        return []
    tx.signer = RightsSigner(ring)
    refused = await signed_rows.refused(tx)
    lines = [f"  {one}" for one in refused[:_SHOWN]]
    lines += [f"  … and {len(refused) - _SHOWN:,} more"] if len(refused) > _SHOWN else []
    return [_CHANGED, *lines] if refused else []


async def _verified(tx: Transaction, ring: Keyring, tell: Tell) -> AuditVerdict | None:
    head = await audit_log.head(tx)
    if head is None:
        return (
            None
            if await audit_log.is_empty(tx)
            else AuditVerdict(0, None, None, None, "Its head is missing.")
        )
    try:
        chain = chain_of(ring, head.key)
    except ValueError as error:
        raise WrongKey(
            "The encryption keys do not open the audit's own key: it was written with other "
            "keys, or someone has replaced it."
        ) from error
    return await verify_in(tx, chain, tell=tell)


class _VerificationProgress:
    def __init__(self, say: Say, every: float) -> None:
        self._say = say
        self._every = every
        self._told = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() - self._told >= self._every:
            self._told = time.monotonic()
            self._say(f"{done:,} of {of:,} lines …")


def _whole(found: AuditVerdict) -> str:
    said = ["The audit has no lines yet."]
    if found.since is not None and found.until is not None:
        times = f"from {_when(found.since)} to {_when(found.until)}"
        said = [f"Whole: {found.lines:,} lines {times}, each as it was written."]
    return "\n".join(said + _pruned(found))


def _broken(found: AuditVerdict) -> str:
    before = (
        f"The {found.lines:,} lines before it are whole." if found.lines else "No line before it is whole."
    )
    return "\n".join(
        [
            f"NOT WHOLE. {found.broken} {before}",
            *_pruned(found),
            "Next: keep this database, and check a backup: fanvue-bridge audit verify --file BACKUP",
        ]
    )


def _pruned(found: AuditVerdict) -> list[str]:
    if found.pruned is None:
        return []
    return [f"What was written until {_when(found.pruned)} was pruned; a signed checkpoint says so."]


def _when(at: Millis) -> str:
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
