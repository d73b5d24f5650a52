"""Since when people can see a draft."""

from storage.database import Transaction
from storage.engine import outbox
from storage.records import DraftId, EffectId, EffectState, Millis


async def shown_at(tx: Transaction, ref: DraftId) -> Millis | None:
    """When Discord had its line, which is named like the draft; None: not yet."""
    line = await outbox.get(tx, EffectId(ref))
    return line.settled_at if line is not None and line.state is EffectState.DONE else None
