"""The command `media upload`: has the running bridge upload files, and watches.

The bridge sends them, because it alone renews tokens and keeps Fanvue's rate limit. The order lies in
the database: if this process ends, the bridge goes on.
"""

import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.app.maintenance import known_ids
from bot.engine.clock import SystemClock
from bot.engine.derived_ids import DerivedIds
from bot.features.operations.keys.ring import keyring_of
from bot.features.operations.keys.signer import RightsSigner
from bot.features.people.accounts.keyring import Keyring, WrongKey
from bot.features.publishing.uploads import bodies, kind_rules
from bot.features.publishing.uploads.intake import take
from bot.features.publishing.uploads.kind_rules import UploadRefused
from bot.features.publishing.uploads.texts import progress
from bot.settings.model import Settings
from storage.database import Transaction
from storage.engine.connect import site_of
from storage.engine.shared_access import GuestConnection
from storage.engine.signed_database import signed
from storage.errors import DriverMissing, StorageError, WrongUrl
from storage.people import creators, data_export
from storage.publishing import uploads
from storage.publishing.uploads import OVER, UploadRecord, UploadState
from storage.records import CreatorId

FAILED = 1
NOT_NOW = 75  # sysexits.h: try again later
WRONG_SETTING = 78
STOPPED = 130  # what a shell gives for Ctrl-C
NO_BRIDGE = (
    "No bridge runs on this database, so nothing would send these files. Start it with fanvue-bridge run, "
    "and run the same command again."
)
GOES_ON = (
    "Stopped watching. The bridge continues with what it can; the same command watches again, and "
    "resumes what stopped. fanvue-bridge media cancel stops it."
)
NEVER_STARTED = "This database has not been used by a bridge yet. Start it once with fanvue-bridge run."
OTHER_KEYS = (
    "The encryption keys of these settings do not open this database. Use the settings of the running bridge."
)
_LOOKS = 0.5  # seconds between two looks

Say = Callable[[str], None]


class _UploadRefused(Exception):
    """str() is a sentence for the user."""


@dataclass(frozen=True)
class _UploadFile:
    """One of the files, taken on."""

    path: Path
    upload: str


def upload(
    settings: Settings,
    files: Sequence[Path],
    *,
    creator: str,
    say: Say,
    folder: str | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[int, str]:
    """Have these files go up and wait; `say` hears the progress. Return exit code and text to print."""
    try:
        site, ring = site_of(settings.database_url), keyring_of(settings)
        found = [_checked(path) for path in files]
        if not site.is_held():
            return NOT_NOW, NO_BRIDGE
        with site.guest() as guest:
            taken = _take(guest, ring, creator, found, folder)
            return _watch(guest, taken, say, sleep)
    except KeyboardInterrupt:
        return STOPPED, GOES_ON
    except _UploadRefused as error:
        return FAILED, str(error)
    except (WrongKey, WrongUrl, DriverMissing) as error:
        return WRONG_SETTING, str(error)
    except StorageError as error:
        return FAILED, str(error)


def cancel(settings: Settings, files: Sequence[Path], *, creator: str) -> tuple[int, str]:
    """Stop these files' uploads. Return exit code and text to print."""
    try:
        site, ring = site_of(settings.database_url), keyring_of(settings)
        found = [_checked(path) for path in files]
        with site.guest() as guest:
            whose, ids = _whose(guest, ring, creator)
            said, code = [], 0
            for path, size, as_of, _kind in found:
                upload, now = ids.upload(whose, _source(path, size, as_of)), SystemClock().now()
                stopped = guest.write(partial(uploads.cancel, upload=upload, now=now))
                code = code if stopped else FAILED
                said.append(f"{path} {'was cancelled' if stopped else 'is no longer on its way'}.")
            return code, "\n".join(said)
    except _UploadRefused as error:
        return FAILED, str(error)
    except (WrongKey, WrongUrl, DriverMissing) as error:
        return WRONG_SETTING, str(error)
    except StorageError as error:
        return FAILED, str(error)


_Found = tuple[Path, int, int, str]  # a file, its size, when it was changed last, its kind


def _checked(path: Path) -> _Found:
    """All are looked at before the first one is taken on. Raises _Refused."""
    try:
        there = path.resolve(strict=True)
        about = there.stat()
        if not stat.S_ISREG(about.st_mode):
            raise _UploadRefused(f"{path} is not a file. Name files one by one. Not uploaded.")
        kind_rules.check_size(about.st_size)
        return there, about.st_size, about.st_mtime_ns, kind_rules.kind_of(path.name)
    except OSError as error:
        raise _UploadRefused(f"{path} can't be read: “{error.strerror}”. Not uploaded.") from error
    except UploadRefused as error:
        raise _UploadRefused(f"{path}: {error} Not uploaded.") from error


def _whose(guest: GuestConnection, ring: Keyring, creator: str) -> tuple[CreatorId, DerivedIds]:
    async def work(tx: Transaction) -> tuple[CreatorId, DerivedIds]:
        found = await data_export.creators_named(tx, creator.strip().lstrip("@"))
        if len(found) != 1:
            raise _UploadRefused(
                f"There is no creator {creator} here." if not found else f"Several are {creator}."
            )
        if await creators.open_link(tx, found[0]) is None:
            raise _UploadRefused(
                f"{creator} is not connected to Fanvue right now. The owner reconnects with /link."
            )
        try:
            ids = await known_ids(tx, ring)
        except ValueError as error:
            raise _UploadRefused(OTHER_KEYS) from error
        if ids is None:
            raise _UploadRefused(NEVER_STARTED)
        return found[0], ids

    return guest.read(signed(work, RightsSigner(ring)))


def _source(path: Path, size: int, as_of: int) -> str:
    return f"file {path} {size} {as_of}"


def _take(
    guest: GuestConnection, ring: Keyring, creator: str, found: Sequence[_Found], folder: str | None
) -> list[_UploadFile]:
    whose, ids = _whose(guest, ring, creator)
    now, taken = SystemClock().now(), []
    for path, size, as_of, kind in found:
        upload = ids.upload(whose, _source(path, size, as_of))
        name, filename = kind_rules.named(None, path.name)
        body = bodies.seal(
            ring, upload, whose, bodies.UploadBody(name, filename, kind, str(path), as_of, folder=folder)
        )
        new = UploadRecord(upload, whose, None, size, now, body)
        guest.write(partial(take, new=new))
        taken.append(_UploadFile(path, upload))
    return taken


def _watch(
    guest: GuestConnection, taken: Sequence[_UploadFile], say: Say, sleep: Callable[[float], None]
) -> tuple[int, str]:
    told: dict[str, str] = {}
    while True:
        rows = {one.upload: guest.read(partial(uploads.get, upload=one.upload)) for one in taken}
        for one in taken:
            row = rows[one.upload]
            said = "is no longer known: the creator was erased" if row is None else progress(row)
            if told.get(one.upload) != said:
                told[one.upload] = said
                say(f"{one.path.name} {said}")
        if all(row is None or row.state in OVER for row in rows.values()):
            done = all(row is not None and row.state is UploadState.DONE for row in rows.values())
            return 0 if done else FAILED, "\n".join(_ended(taken, rows))
        sleep(_LOOKS)


def _ended(taken: Sequence[_UploadFile], rows: dict[str, UploadRecord | None]) -> Iterator[str]:
    for one in taken:
        row = rows[one.upload]
        ready = row is not None and row.state is UploadState.DONE
        yield f"{row.media if row is not None and ready else '-'}  {one.path}"
