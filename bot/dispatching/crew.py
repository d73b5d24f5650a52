"""The processes that share a database, as deliveries see them."""

from storage.database import Transaction
from storage.members import alive


class Members:
    """See `bot.relay.flights.Crew`. Whoever shows no sign of life is struck out, and writes nothing more."""

    def __init__(self, me: str) -> None:
        """`me`: the name under which this process opened the database."""
        self.me = me

    async def gone(self, tx: Transaction, name: str) -> bool:
        """Whether whoever has this name can begin, and record, nothing any more."""
        return name not in await alive(tx)
