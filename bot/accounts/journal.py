"""Writes what happened to links into the audit record."""

from bot.relay.ports import Clock, Ids
from storage import audit
from storage.database import Transaction
from storage.records import CreatorId, DiscordId


class Journal:
    """Adds lines in the transaction of the deed, so that neither exists without the other."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids

    async def write(
        self,
        tx: Transaction,
        action: str,
        outcome: str,
        *,
        target: str,
        actor: DiscordId | None = None,
        creator: CreatorId | None = None,
    ) -> None:
        """Add one line; `actor` None is the bridge itself."""
        await audit.write(
            tx,
            audit.Entry(
                id=self._ids.new(),
                at=self._clock.now(),
                actor=actor,
                creator=creator,
                action=action,
                target=target,
                cause=None,
                outcome=outcome,
            ),
        )
