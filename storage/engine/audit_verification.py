"""Goes through the audit from its beginning, or its checkpoint, to its signed end."""

from collections.abc import Callable
from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.engine import audit_checkpoints, audit_log
from storage.engine.audit_chain import START, AuditChain
from storage.records import Millis

Tell = Callable[[int, int], None]  # lines looked at, and lines in all

_BATCH = 1000


@dataclass(frozen=True)
class AuditVerdict:
    """The finding: whole, or the first thing that is not as it was written."""

    lines: int  # that are as they were written
    since: Millis | None  # when the first of them was written
    until: Millis | None  # and the newest
    pruned: Millis | None  # of what time the newest line is that was pruned
    broken: str | None  # a sentence


async def verify(tx: Transaction, chain: AuditChain, *, tell: Tell) -> AuditVerdict:
    """Look at every line in one transaction. `tell` is called after each batch, in the database's thread."""
    head = await audit_log.head(tx)
    assert head is not None, "it has the key of this chain"
    if not chain.fits(head.signature, chain.head(head.seq, head.newest, head.began)):
        return AuditVerdict(0, None, None, None, "Its head was changed.")
    cut = await audit_checkpoints.newest(tx)
    if cut is not None and not chain.fits(cut.signature, chain.checkpoint(cut.seq, cut.last, cut.until)):
        return AuditVerdict(0, None, None, None, "The checkpoint of its pruning was changed.")
    walk = _AuditWalk(chain, cut)
    seq = -1
    while walk.broken is None:
        rows = await tx.all(
            "SELECT * FROM audit WHERE seq > :seq ORDER BY seq LIMIT :limit", seq=seq, limit=_BATCH
        )
        if not rows:
            break
        walk.over(rows)
        seq = rows[-1]["seq"]
        tell(walk.lines, head.seq - walk.first)
    return walk.verdict(head)


class _AuditWalk:
    def __init__(self, chain: AuditChain, cut: audit_checkpoints.AuditCheckpoint | None) -> None:
        self.lines = 0
        self.first = cut.seq if cut else 0
        self.broken: str | None = None
        self._chain = chain
        self._cut = cut
        self._hash = cut.last if cut else START
        self._seq = self.first
        self._since: Millis | None = None
        self._until: Millis | None = None

    def over(self, rows: list[Row]) -> None:
        """Take up to the first line that does not fit."""
        for row in rows:
            self.broken = self._wrong(row)
            if self.broken is not None:
                return
            self._seq, self._hash, self._until = row["seq"], row["hash"], row["at"]
            self._since = row["at"] if self._since is None else self._since
            self.lines += 1

    def _wrong(self, row: Row) -> str | None:
        seq = row["seq"]
        if seq <= self._seq:
            return f"Line {seq} was pruned before, and is here again."
        if seq != self._seq + 1:
            return f"Line {self._seq + 1} is missing."
        own = list(audit_log.said(audit_log.entry_of(row)).values())
        if not self._chain.fits(row["hash"], self._chain.line(self._hash, seq, own)):
            return f"Line {seq} is not as it was written, or not in its place."
        return None

    def verdict(self, head: audit_log.AuditHead) -> AuditVerdict:
        broken = self.broken
        if broken is None and self._seq < head.seq:
            broken = f"Line {self._seq + 1} is missing: the newest one was line {head.seq}."
        if broken is None and (self._seq, self._hash) != (head.seq, head.newest):
            broken = f"Line {head.seq + 1} was added by somebody else."
        pruned = self._cut.until if self._cut else None
        return AuditVerdict(self.lines, self._since, self._until, pruned, broken)
