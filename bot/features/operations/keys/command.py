"""The commands `keys check` and `keys rotate`: their output, how they end."""

import time
from collections.abc import Callable, Iterator, Mapping

from bot.features.operations.keys import key_checks, takeover
from bot.features.operations.keys.ring import keyring_of
from bot.features.operations.keys.rotation import (
    UNSIGNED,
    KeyRotation,
    KeysRefused,
    NewKeyNotAdopted,
    RotationReport,
)
from bot.features.people.accounts.keyring import Keyring, WrongKey
from bot.settings.model import Settings
from storage.engine.connect import site_of
from storage.engine.signed_rights import MAC
from storage.engine.site import Site
from storage.errors import DriverMissing, StorageError, WrongUrl
from storage.operations.sealing_keys import Column

LEFT = 1  # something is not as it should be
NOT_NOW = 75  # sysexits.h: try again later
SEVERAL = (
    "Several processes use this database, and each may have other keys. Stop all of them, run this again, "
    "and start them with the new key."
)
WRONG_SETTING = 78
STOPPED = 130  # what a shell gives for Ctrl-C
WAIT_SECONDS = 30  # for a running bridge to take up a new key from its file
_TOLD_SECONDS = 1.0

Say = Callable[[str], None]


def check(settings: Settings, *, everything: bool) -> tuple[int, str]:
    """Count what each key made; `everything`: open it too. The exit code, and what to print."""
    return _ended(lambda: _check(site_of(settings.database_url), keyring_of(settings), everything=everything))


def rotate(settings: Settings, *, say: Say) -> tuple[int, str]:
    """Encrypt all again under the newest key; `say` hears the progress. Answers as `check` does."""
    return _ended(lambda: _rotate(site_of(settings.database_url), keyring_of(settings), say))


def _ended(deed: Callable[[], tuple[int, str]]) -> tuple[int, str]:
    try:
        return deed()
    except NewKeyNotAdopted as error:
        return NOT_NOW, str(error)
    except (WrongKey, WrongUrl, DriverMissing) as error:
        return WRONG_SETTING, str(error)
    except (KeysRefused, StorageError) as error:
        return LEFT, str(error)


def _check(site: Site, ring: Keyring, *, everything: bool) -> tuple[int, str]:
    if everything and not site.read(lambda tx: takeover.is_signed(tx, ring)):
        return LEFT, UNSIGNED
    found = site.read(lambda tx: key_checks.look(tx, ring))
    said = list(key_checks.told(found, ring, is_held=site.is_held()))
    code = LEFT if found.older(ring.newest) else 0
    if everything:
        with site.guest() as guest:
            opens = key_checks.opened(guest, ring)
        closed = {column: bad for column, (_, bad) in opens.items() if bad}
        said.append(f"{sum(good for good, _ in opens.values()):,} values open in their place.")
        said += _closed(closed)
        code = LEFT if closed else code
    return code, "\n".join(said)


def _rotate(site: Site, ring: Keyring, say: Say) -> tuple[int, str]:
    if site.is_shared():
        return NOT_NOW, SEVERAL
    with site.guest() as guest:
        rotation = KeyRotation(guest, ring, is_held=site.is_held, tell=_RotationProgress(say, time.monotonic))
        _fence(rotation, ring, say)
        try:
            report = rotation.run()
        except KeyboardInterrupt:
            done = rotation.report.done.total()
            return STOPPED, f"Stopped: {done:,} values are under key {ring.newest}. The same command goes on."
    return (LEFT if report.closed else 0), "\n".join(_told(report, ring))


def _fence(rotation: KeyRotation, ring: Keyring, say: Say) -> None:
    """Begin as soon as the running bridge has the key, if it is one that takes it up by itself."""
    for waited in range(WAIT_SECONDS + 1):
        try:
            rotation.fence()
        except NewKeyNotAdopted as error:
            if not error.watches or waited == WAIT_SECONDS:
                raise
            if not waited:
                say(f"Waiting for the running bridge to load key {ring.newest} …")
            time.sleep(1)
        else:
            return


def _told(report: RotationReport, ring: Keyring) -> Iterator[str]:
    rest = "the others" if report.closed else "all"
    yield f"{report.done.total():,} values were encrypted again; {rest} are under key {ring.newest} now."
    if not report.closed:
        yield (
            "You may remove the older keys from the settings once you keep no backup that was "
            "made with them. A restart forgets them."
        )
    yield from _closed(report.closed)


def _closed(closed: Mapping[Column, int]) -> Iterator[str]:
    for (table, column), number in sorted(closed.items()):
        if column == MAC:
            yield f"{number:,} rows of {table} are not as they were signed: fanvue-bridge doctor names them."
            continue
        yield (
            f"{number:,} values in {table}.{column} do not open: they are damaged, or were copied from "
            "another row. They stay as they are."
        )


class _RotationProgress:
    """Says how far it is, once a second."""

    def __init__(self, say: Say, monotonic: Callable[[], float]) -> None:
        self._say = say
        self._monotonic = monotonic
        self._told = monotonic()

    def __call__(self, report: RotationReport) -> None:
        now = self._monotonic()
        if now - self._told >= _TOLD_SECONDS:
            self._told = now
            self._say(f"{report.done.total():,} of {report.todo:,} values …")
