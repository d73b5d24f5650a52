"""Encrypts everything again under the newest key, beside a running bridge.

It can be stopped at any time.

1. The fence, one transaction: the bridge that has the database encrypts with the newest key already, or
   nothing is begun. The canary goes over first: no bridge can start without the new key from here on.
2. Batches in the order of each table's primary key. A value is opened and sealed without any lock; it is put
   in its place only if the same old value is still there, so all that the bridge wrote meanwhile stays.
3. Signatures of rights likewise: a row is signed again only if it is as it was signed.
4. Again, until nothing is left that an older key made; then the database needs the newest key alone.

Every sealed value names its key, so there is no progress to remember: begun again, it finds the rest.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from bot.features.operations.keys import record, takeover
from bot.features.operations.keys.signer import RightsSigner
from bot.features.people.accounts.keyring import Keyring, SealNotOpened, head_of
from storage.database import Row, Transaction
from storage.engine import instance, signed_rights
from storage.engine.shared_access import GuestConnection
from storage.engine.signed_database import signed
from storage.engine.signed_rights import SignedTable
from storage.operations import sealed_values, sealing_keys, signed_rows
from storage.operations.sealed_columns import PLACES
from storage.operations.sealed_values import SealedColumn

BATCH = 100  # values in one transaction: the bridge waits for one of these, and no longer
_PASSES = 10
_CANARY = ("instance", "canary")

UNSIGNED = (
    "No bridge of this version was started on this database yet. Start it once: it signs all rights. "
    "Then run this again."
)

Tell = Callable[["RotationReport"], None]


class KeysRefused(Exception):
    """Raised when nothing can be encrypted again now; its text says why and what to do."""


class NewKeyNotAdopted(KeysRefused):
    """Raised when the running bridge encrypts with another key. `watches`: it will take it up itself."""

    def __init__(self, message: str, *, watches: bool) -> None:
        super().__init__(message)
        self.watches = watches


@dataclass
class RotationReport:
    """The progress. `done` and `closed` count values by column; `closed` ones did not open."""

    todo: int = 0
    done: Counter[sealing_keys.Column] = field(default_factory=Counter)
    closed: Counter[sealing_keys.Column] = field(default_factory=Counter)


class KeyRotation:
    """One run of `keys rotate`."""

    def __init__(
        self,
        guest: GuestConnection,
        ring: Keyring,
        *,
        is_held: Callable[[], bool],
        tell: Tell,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        """`is_held`: whether a process has the database now. `tell` hears after each batch.

        `rest`: as many seconds as a batch took, in which the bridge has the database to itself.
        """
        self._guest = guest
        self._ring = ring
        self._is_held = is_held
        self._tell = tell
        self._rest = rest
        self._head = head_of(ring.newest)
        self._signer = RightsSigner(ring)
        self.report = RotationReport()

    def fence(self) -> None:
        """Admit only the newest key to this database from here on. Raises NewKeyNotAdopted, WrongKey."""
        _refuse_unknown(self._guest.read(sealing_keys.columns))
        self._guest.write(self._fence)

    def run(self) -> RotationReport:
        """Encrypt everything again; call `fence` first. Raises KeysRefused when it cannot finish."""
        keys = self._guest.read(sealed_values.keys_of)
        self.report.todo = self._left().total()
        for number in count(1):
            self.report.closed.clear()
            for column in PLACES:
                self._go_through(column, keys[column.table])
            for table in signed_rights.TABLES:
                self._sign_anew(table)
            left = self._left()
            if not left - self.report.closed:
                break
            if number == _PASSES:
                raise KeysRefused(
                    f"{left.total()} values are under an older key again and again: something still encrypts "
                    "with it. Stop every process that uses this database but the bridge, and run this again."
                )
        self._guest.write(lambda tx: record.need_only(tx, self._ring.newest))
        return self.report

    async def _fence(self, tx: Transaction) -> None:
        canary = await instance.canary(tx)
        if canary is None:
            raise KeysRefused("No bridge was ever started on this database: there is nothing to encrypt.")
        await record.check(tx, self._ring)
        if not await takeover.is_signed(tx, self._ring):
            raise KeysRefused(UNSIGNED)
        self._refuse_other(await record.held(tx))
        await record.need(tx, self._ring.newest)
        if not self._ring.made_by_newest(canary):
            await instance.keep_canary(tx, self._ring.anew(canary))

    def _refuse_other(self, held: record.HeldKeys | None) -> None:
        # In this order: a bridge that says something after this transaction finds the new canary.
        newest = self._ring.newest
        if (held is not None and held.newest == newest) or not self._is_held():
            return
        if held is None:
            raise NewKeyNotAdopted(
                "The running bridge is an older version. Restart it, then run this again.", watches=False
            )
        if held.watches:
            raise NewKeyNotAdopted(
                (
                    f"The running bridge encrypts with key {held.newest}, not yet with {newest}. "
                    "It reads its file of keys every few seconds: put the new key first there."
                ),
                watches=True,
            )
        raise NewKeyNotAdopted(
            (
                f"The running bridge encrypts with key {held.newest}. Restart it with {newest} "
                "first in its ENCRYPTION_KEYS and the older ones behind it, then run this again."
            ),
            watches=False,
        )

    def _go_through(self, column: SealedColumn, key: Sequence[str]) -> None:
        after: Row | None = None
        while rows := self._guest.read(
            partial(sealed_values.older, sealed=column, key=key, head=self._head, after=after, limit=BATCH)
        ):
            after = rows[-1]
            fresh = self._sealed_anew(column, rows)
            begun = time.monotonic()
            self.report.done[column.table, column.column] += self._guest.write(
                partial(_put, column=column, key=key, fresh=fresh)
            )
            self._tell(self.report)
            self._rest(time.monotonic() - begun)

    def _sign_anew(self, table: SignedTable) -> None:
        after: Row | None = None
        while rows := self._guest.read(
            partial(signed_rows.older, table=table, newest=self._ring.newest, after=after, limit=BATCH)
        ):
            after = rows[-1]
            fitting = [row for row in rows if self._ring.fits(table.said(row), str(row[signed_rights.MAC]))]
            if len(fitting) < len(rows):
                self.report.closed[table.table, signed_rights.MAC] += len(rows) - len(fitting)
            begun = time.monotonic()
            work = partial(signed_rows.sign_anew, table=table, rows=fitting)
            self.report.done[table.table, signed_rights.MAC] += self._guest.write(signed(work, self._signer))
            self._tell(self.report)
            self._rest(time.monotonic() - begun)

    def _sealed_anew(self, column: SealedColumn, rows: Sequence[Row]) -> list[tuple[Row, bytes]]:
        fresh = []
        for row in rows:
            place = column.place_of(row)
            try:
                plain = self._ring.open(place, sealed_values.value_of(row))
            except SealNotOpened:
                self.report.closed[column.table, column.column] += 1
                continue
            fresh.append((row, self._ring.seal(place, plain)))
        return fresh

    def _left(self) -> Counter[sealing_keys.Column]:
        found = self._guest.read(sealing_keys.counts)
        left = {
            column: sum(n for head, n in made.items() if head != self._head) for column, made in found.items()
        }
        for table, made in self._guest.read(signed_rows.counts).items():
            left[table, signed_rights.MAC] = sum(n for key, n in made.items() if key != self._ring.newest)
        return Counter(left)


async def _put(
    tx: Transaction, column: SealedColumn, key: Sequence[str], fresh: Sequence[tuple[Row, bytes]]
) -> int:
    return sum([await sealed_values.replace(tx, column, key, row, value) for row, value in fresh])


def _refuse_unknown(found: Sequence[sealing_keys.Column]) -> None:
    known = {(column.table, column.column) for column in PLACES}
    if set(found) != known:
        raise KeysRefused(
            "This database has other tables than this program. Use the program that the bridge runs with, "
            "or “fanvue-bridge migrate” first."
        )
