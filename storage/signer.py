"""Signs the rows that say who may do what, and recognises each one."""

from collections.abc import Sequence
from typing import Protocol

Said = Sequence[str | int | float | bytes | None]


class Signer(Protocol):
    """Has a key that is not in the database. Its methods are called in the threads of the database."""

    def sign(self, said: Said) -> str:
        """The signature of a row that says this."""

    def fits(self, said: Said, mac: str) -> bool:
        """Whether this signature was made of exactly this."""

    def refused(self, table: str) -> None:
        """A row of this table was read that is not as it was signed; nothing follows from it."""
