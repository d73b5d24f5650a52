"""What a live check needs before its first request, and why it refuses to begin."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.features.operations.doctor import database_checks
from bot.features.operations.doctor.snapshot import DoctorSnapshot, LinkSnapshot
from bot.features.operations.keys.ring import keyring_of
from bot.settings.model import Settings
from storage.engine.connect import site_of
from storage.engine.lockfile import LockFile
from storage.errors import StorageError
from storage.records import LinkKind

LOCK: Final = "live-check.lock"  # in the state folder


class LiveCheckRefused(Exception):
    """Nothing was looked at; its text says why, and what to do."""


def remembered(settings: Settings) -> DoctorSnapshot:
    """The bridge's data, only read. Raises LiveCheckRefused."""
    try:
        site = site_of(settings.database_url)
    except StorageError as error:
        raise LiveCheckRefused(str(error)) from None
    memory, found = database_checks.opened(site, keyring_of(settings))
    if memory is None:
        raise LiveCheckRefused(f"{found[0].says}. {found[0].do}")
    return memory


def chosen(memory: DoctorSnapshot, creator: str | None, *, writes: bool) -> Sequence[LinkSnapshot]:
    """The creators that are linked, or the one that is named. Raises LiveCheckRefused.

    What `writes` is tried through the creator's own link alone; what reads, also through somebody's who
    manages the creator.
    """
    left_out = {LinkKind.MEMBER, LinkKind.STEWARD} if writes else {LinkKind.MEMBER}
    linked = [one for one in memory.links if one.link.kind not in left_out]
    if creator is None:
        return linked
    named = creator.removeprefix("@").casefold()
    found = [one for one in linked if (one.link.handle or "").casefold() == named]
    if not found:
        known = ", ".join(f"@{one.link.handle}" for one in linked) or "none"
        how = "linked by its owner" if writes else "linked"
        raise LiveCheckRefused(f"No account of @{named} is {how}. Linked: {known}.")
    return found


def only_one(links: Sequence[LinkSnapshot]) -> None:
    """A test fan is one creator's. Raises LiveCheckRefused."""
    if len(links) != 1:
        known = ", ".join(f"@{one.link.handle}" for one in links) or "none"
        raise LiveCheckRefused(f"--test-fan goes with one creator: name it with --creator. Linked: {known}.")


def locked(folder: Path) -> LockFile:
    """Held while a check goes on. Raises LiveCheckRefused where another one does."""

    def busy(holder: str) -> Exception:
        return LiveCheckRefused(f"A live check runs already, as process {holder}. Wait for it, or stop it.")

    return LockFile(folder / LOCK, taken=busy)
