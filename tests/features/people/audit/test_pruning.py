"""Lines of the audit live for 400 days."""

from functools import partial

from bot.engine.audit_log import AuditLog
from bot.features.people.audit.tasks import KEPT, AuditPruner
from storage.database import Database, Transaction
from storage.engine import audit_log
from storage.engine.audit_verification import AuditVerdict, verify
from tests.audit_log_fixtures import CHAIN, begun, trail_of
from tests.features.people.accounts.accounts_fixtures import CountedIds, SetClock, a_keyring
from tests.storage.record_fixtures import CREATOR

DAY = 86_400_000
MANY = 21  # one more than a look takes away


async def write(trail: AuditLog, number: int, tx: Transaction) -> None:
    for _ in range(number):
        await trail.write(tx, "reply", "accepted", creator=CREATOR)


async def verdict(database: Database) -> AuditVerdict:
    return await database.read(lambda tx: verify(tx, CHAIN, tell=lambda _done, _of: None))


async def test_a_round_a_day_in_batches_and_the_chain_still_verifies(known: Database) -> None:
    await begun(known)
    clock = SetClock()
    trail = trail_of(a_keyring(), clock, CountedIds())
    pruning = AuditPruner(database=known, trail=trail, clock=clock, batch=5, batches=4)
    began = clock.at
    await known.write(partial(write, trail, MANY))
    clock.at += DAY
    await known.write(partial(write, trail, 7))

    clock.at = began + KEPT
    await pruning.look()
    before = await verdict(known)
    clock.at = began + KEPT + DAY
    await pruning.look()
    half = await verdict(known)
    await pruning.look()
    await pruning.look()
    after = await verdict(known)

    assert (before.lines, before.pruned, before.broken) == (MANY + 7, None, None)
    assert (half.lines, half.broken) == (1 + 7 + 4, None)
    # The rest of the old ones, and a line for each batch.
    assert (after.lines, after.since, after.pruned, after.broken) == (7 + 5, began + DAY, began, None)
    newest = await known.read(_newest)
    assert newest == ("audit.pruned", "1 lines")


async def test_what_is_pruned_is_pruned_once_a_day(known: Database) -> None:
    await begun(known)
    clock = SetClock()
    trail = trail_of(a_keyring(), clock, CountedIds())
    pruning = AuditPruner(database=known, trail=trail, clock=clock)
    await known.write(partial(write, trail, 1))
    clock.at += KEPT + 1
    await pruning.look()
    await known.write(partial(write, trail, 1))
    clock.at += 1000
    await pruning.look()

    assert (await verdict(known)).lines == 2  # the line about the pruning, and the new one


async def _newest(tx: Transaction) -> tuple[str, str]:
    row = await tx.one("SELECT * FROM audit ORDER BY seq DESC LIMIT 1")
    assert row is not None
    line = audit_log.entry_of(row)
    return line.action, line.outcome
