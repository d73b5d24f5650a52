"""Opens the audit log: the key of its chain, and who writes it."""

from collections.abc import Callable

from bot.engine.audit_log import AuditLog
from bot.engine.pseudonyms import Pseudonyms
from bot.model.ports import Clock, Ids, Sealer
from storage.database import Database, Transaction
from storage.engine import audit_log
from storage.engine.audit_chain import AuditChain

_KEY = 32  # bytes
_PLACE = "audit_head|key|1"


async def open_trail(
    database: Database, sealer: Sealer, *, random: Callable[[int], bytes], clock: Clock, ids: Ids
) -> AuditLog:
    """The audit log's writer; the cryptographic `random` makes its key at the first start.

    Raises ValueError when no key of the ring opens it.
    """

    async def work(tx: Transaction) -> bytes:
        if await audit_log.head(tx) is None:
            key = random(_KEY)
            await audit_log.begin(tx, AuditChain(key), key=sealer.seal(_PLACE, key), now=clock.now())
        head = await audit_log.head(tx)
        assert head is not None, "it was just begun"
        return head.key

    chain = chain_of(sealer, await database.write(work))
    return AuditLog(chain=chain, pseudonyms=Pseudonyms(sealer=sealer, random=random), clock=clock, ids=ids)


def chain_of(sealer: Sealer, sealed: bytes) -> AuditChain:
    """The chain that has this key. Raises ValueError when no key of the ring opens it."""
    return AuditChain(sealer.open(_PLACE, sealed))
