"""A database whose transactions sign and check the rows of rights."""

from typing import TypeVar

from storage.database import Database, Transaction, Work
from storage.signer import Signer

T = TypeVar("T")


class SignedDatabase:
    """A `storage.database.Database` around another one, which its owner closes."""

    def __init__(self, database: Database, signer: Signer) -> None:
        self._database = database
        self._signer = signer

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        """See `Database`, as everywhere here."""
        return await self._database.write(signed(work, self._signer), urgent=urgent)

    async def read(self, work: Work[T]) -> T:
        return await self._database.read(signed(work, self._signer))

    async def close(self) -> None:
        await self._database.close()


def signed(work: Work[T], signer: Signer | None) -> Work[T]:
    """The same piece of work, with a signer. None: it goes on without."""

    async def inside(tx: Transaction) -> T:
        tx.signer = signer
        return await work(tx)

    return inside
