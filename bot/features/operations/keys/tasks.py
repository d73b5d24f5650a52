"""A running bridge takes up a new key from its file of keys, without a restart."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bot.engine.supervision import BackgroundTask
from bot.features.operations.keys import key_file, record
from bot.features.people.accounts.keyring import Keyring, MasterKey
from bot.settings.model import Settings
from storage.database import Database
from storage.errors import DatabaseUnreachable

log = logging.getLogger(__name__)

_LIMIT = 30.0
_PAUSE = 5.0

Heartbeat = Callable[[], None]
Read = Callable[[], Sequence[MasterKey]]  # raises ValueError when the file cannot be used as it is


class KeyFileWatcher:
    """Looks at the file again and again. A key that vanished from it is kept until the next start."""

    def __init__(self, *, file: Path, read: Read, ring: Keyring, database: Database) -> None:
        self._file = file
        self._read = read
        self._ring = ring
        self._database = database
        self._seen: tuple[int, ...] | None = None  # so that it is read once more than at the start
        self._warned = False

    async def run(self, beat: Heartbeat, *, pause: float) -> None:
        while True:
            beat()
            await self.look()
            await asyncio.sleep(pause)

    async def look(self) -> None:
        """Take up what is new in the file, if anything is."""
        now = self._look()
        if now == self._seen:
            return
        try:
            keys = self._read()
            await self._take_up(keys)
        except (ValueError, DatabaseUnreachable) as error:
            if not self._warned:
                self._warned = True
                log.warning("the file of keys cannot be used as it is now, and nothing changes: %s", error)
            return
        self._seen, self._warned = now, False

    async def _take_up(self, keys: Sequence[MasterKey]) -> None:
        """Open, then say that it is needed, then encrypt with it, then say so: none may come earlier."""
        newest = keys[0].id
        self._ring.learn(keys)
        if newest == self._ring.newest:
            return
        await self._database.write(lambda tx: record.need(tx, newest))
        self._ring.prefer(newest)
        await self._database.write(lambda tx: record.hold(tx, record.HeldKeys.of(self._ring, watches=True)))
        log.info("a new encryption key was taken up")

    def _look(self) -> tuple[int, ...]:
        """A value that changes with the file. A file that is just being replaced is one that changed."""
        try:
            seen = self._file.stat()
        except OSError:
            return ()
        return seen.st_dev, seen.st_ino, seen.st_mtime_ns, seen.st_size


def key_tasks(settings: Settings, ring: Keyring, database: Database) -> list[BackgroundTask]:
    """The background tasks that take up a new key; none where the keys are in the environment."""
    path = settings.encryption_keys_file
    if path is None:
        return []
    watching = KeyFileWatcher(file=path, read=partial(key_file.read, path), ring=ring, database=database)
    return [BackgroundTask("keys", partial(watching.run, pause=_PAUSE / settings.window_divisor), _LIMIT)]
