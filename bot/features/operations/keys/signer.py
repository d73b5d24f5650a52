"""Signs rows of rights with the ring of keys, and counts those refused."""

import logging
from collections.abc import Callable

from bot.features.people.accounts.keyring import Keyring
from storage.signer import Said

log = logging.getLogger(__name__)


class RightsSigner:
    """The `storage.signer.Signer` of a process."""

    def __init__(self, ring: Keyring, *, count: Callable[[str], None] | None = None) -> None:
        """`count` is told the table of each row that is refused, and the log once. None: nobody is."""
        self._ring = ring
        self._count = count
        self._told: set[str] = set()

    def sign(self, said: Said) -> str:
        """See `Signer`, as everywhere here."""
        return self._ring.sign(said)

    def fits(self, said: Said, mac: str) -> bool:
        return self._ring.fits(said, mac)

    def refused(self, table: str) -> None:
        if self._count is None:
            return
        self._count(table)
        if table not in self._told:
            self._told.add(table)
            log.error(
                "integrity: a row of %s was changed by hand, so it counts as not there; "
                "“fanvue-bridge doctor” names it",
                table,
            )
