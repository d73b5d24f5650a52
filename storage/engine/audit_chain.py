"""Binds each line of the audit log to all before it, and signs both ends (pure).

A line's hash is an HMAC-SHA256 over the hash before it, its number and all it says. Somebody who changes,
drops, adds or moves a line without the key leaves a hash that does not fit. The newest line's hash is signed
once more, so that the last lines cannot be dropped, and so is that of the newest line that was pruned.
"""

import hmac
import json
from collections.abc import Sequence

from storage.database import Value

START = ""  # the hash before the first line


class AuditChain:
    """Makes hashes and signatures: 64 hexadecimal digits each."""

    def __init__(self, key: bytes) -> None:
        """`key`: of the audit alone, 32 random bytes."""
        self._key = key

    def line(self, previous: str, seq: int, said: Sequence[Value]) -> str:
        """The hash of a line after the line with the hash `previous`."""
        return self._of("line", previous, seq, *said)

    def head(self, seq: int, newest: str, began: int) -> str:
        """The signature under which a line is the newest one, in an audit that began then."""
        return self._of("head", seq, newest, began)

    def checkpoint(self, seq: int, last: str, until: int) -> str:
        """The signature under which this line and all before it were pruned; it was of that time."""
        return self._of("checkpoint", seq, last, until)

    def fits(self, one: str, other: str) -> bool:
        """Whether two are the same, in a time that does not say where they differ."""
        return hmac.compare_digest(one.encode(), other.encode())

    def _of(self, *what: Value) -> str:
        # JSON of a list: no two different lists are written the same way.
        return hmac.digest(self._key, json.dumps(what).encode(), "sha256").hex()
