"""Whoever changes the audit without its key is found out, whatever they change."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from storage.database import Database, Transaction
from storage.engine import audit_checkpoints, audit_log
from storage.engine.audit_chain import AuditChain
from storage.engine.audit_verification import AuditVerdict, verify
from storage.engine.postgres import PostgresDatabase
from storage.records import DiscordId, Pseudonym
from tests.audit_log_fixtures import CHAIN, begun
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR, entry

LINES = 8
PRUNED = 3
KEPT = range(PRUNED + 1, LINES + 1)
LINE = replace(
    entry(),
    fan=Pseudonym("5" * 32),
    guild=DiscordId(51),
    channel=DiscordId(52),
    message=DiscordId(53),
    interaction="54",
    follows="entry-0",
)
# Another value for each column that a line has.
OTHERS: dict[str, Any] = {
    "id": "another",
    "at": 1,
    "actor": 31,
    "creator_uuid": OTHER_CREATOR,
    "action": "mass.press",
    "target": "another",
    "cause": "another",
    "outcome": "rejected",
    "fan": "6" * 32,
    "guild_id": 61,
    "channel_id": 62,
    "message_id": 63,
    "interaction_id": "64",
    "follows": "another",
    "hash": "0" * 64,
}
Tamper = Callable[[Transaction], Awaitable[object]]


class TamperingUndone(Exception):
    """Undoes what was tampered with; the verdict is kept."""


async def lived(database: Database) -> None:
    """Eight lines, of which the oldest three were pruned."""
    await begun(database)
    for number in range(1, LINES + 1):
        line = replace(LINE, id=f"entry-{number}", at=1000 * number)
        await database.write(partial(audit_log.write, chain=CHAIN, entry=line))
    before = 1000 * (PRUNED + 1)
    assert (
        await database.write(partial(audit_checkpoints.prune, chain=CHAIN, before=before, limit=9)) == PRUNED
    )


async def found(database: Database, tamper: Tamper, chain: AuditChain = CHAIN) -> AuditVerdict:
    """What a thief with the whole database but no key is found out by; afterwards all is as before."""
    verdicts: list[AuditVerdict] = []

    async def work(tx: Transaction) -> None:
        if isinstance(database, PostgresDatabase):
            await tx.execute("ALTER TABLE audit DISABLE TRIGGER USER")
        else:
            await tx.execute("DROP TRIGGER audit_unchanged")
            await tx.execute("DROP TRIGGER audit_undeleted")
        await tamper(tx)
        verdicts.append(await verify(tx, chain, tell=lambda _done, _of: None))
        raise TamperingUndone

    with pytest.raises(TamperingUndone):
        await database.write(work)
    return verdicts[0]


def sql(statement: str, **values: Any) -> Tamper:
    return lambda tx: tx.execute(statement, **values)


async def test_what_nobody_touched_is_whole(database: Database) -> None:
    await lived(database)

    verdict = await found(database, sql("UPDATE audit SET at = at"))

    assert verdict == AuditVerdict(LINES - PRUNED, 4000, 8000, 3000, None)


async def test_every_column_of_the_schema_is_tampered_with(database: Database) -> None:
    await lived(database)
    row = await database.read(lambda tx: tx.one("SELECT * FROM audit LIMIT 1"))

    assert row is not None
    assert row.keys() - {"seq"} == OTHERS.keys()
    assert not [name for name, other in OTHERS.items() if row[name] == other]


async def test_a_change_of_any_field_of_any_line_is_found_at_that_line(database: Database) -> None:
    await lived(database)

    for name, other in OTHERS.items():
        for seq in KEPT:
            for value in (other, None) if name in {"actor", "creator_uuid", "fan", "cause"} else (other,):
                tamper = sql(f"UPDATE audit SET {name} = :value WHERE seq = :seq", value=value, seq=seq)  # noqa: S608 - ours
                verdict = await found(database, tamper)
                assert verdict.broken == f"Line {seq} is not as it was written, or not in its place.", name
                assert verdict.lines == seq - PRUNED - 1


async def test_a_line_that_is_gone_is_found_also_the_newest_and_all_of_them(database: Database) -> None:
    await lived(database)

    for seq in KEPT:
        verdict = await found(database, sql("DELETE FROM audit WHERE seq = :seq", seq=seq))
        assert (verdict.broken or "").startswith(f"Line {seq} is missing")
    for seq in KEPT:
        verdict = await found(database, sql("DELETE FROM audit WHERE seq >= :seq", seq=seq))
        assert verdict.broken == f"Line {seq} is missing: the newest one was line {LINES}."


async def test_two_lines_that_changed_places_are_found(database: Database) -> None:
    await lived(database)

    async def swap(tx: Transaction, one: int, other: int) -> None:
        for old, new in ((one, 0), (other, one), (0, other)):
            await tx.execute("UPDATE audit SET seq = :new WHERE seq = :old", old=old, new=new)

    for one in KEPT:
        for other in range(one + 1, LINES + 1):
            verdict = await found(database, partial(swap, one=one, other=other))
            assert verdict.broken == f"Line {one} is not as it was written, or not in its place."


@pytest.mark.parametrize("seq", [1, PRUNED, LINES + 1, LINES + 2])
async def test_a_line_that_was_added_is_found(database: Database, seq: int) -> None:
    await lived(database)
    columns = [name for name in OTHERS if name != "id"]
    copy = f"""INSERT INTO audit (id, seq, {", ".join(columns)})
               SELECT 'forged', :seq, {", ".join(columns)} FROM audit WHERE seq = {LINES}"""  # noqa: S608 - ours

    verdict = await found(database, sql(copy, seq=seq))

    assert verdict.broken is not None
    assert str(seq) in verdict.broken or f"Line {LINES + 1} is missing" in verdict.broken


async def test_a_shorter_or_longer_audit_cannot_be_given_another_head(database: Database) -> None:
    await lived(database)

    async def shorten(tx: Transaction) -> None:
        await tx.execute("DELETE FROM audit WHERE seq = :last", last=LINES)
        await tx.execute(
            """UPDATE audit_head SET seq = :seq,
                   newest = (SELECT hash FROM audit WHERE seq = :seq)""",
            seq=LINES - 1,
        )

    async def append(tx: Transaction) -> None:
        await audit_log.write(tx, AuditChain(b"a key of the thief's own"), replace(LINE, id="forged"))

    assert (await found(database, shorten)).broken == "Its head was changed."
    assert (await found(database, append)).broken == "Its head was changed."


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_head SET began = began + 1", "Its head was changed."),
        ("UPDATE audit_head SET signature = newest", "Its head was changed."),
        ("UPDATE audit_checkpoints SET last = signature", "The checkpoint of its pruning was changed."),
        ("UPDATE audit_checkpoints SET until = 1", "The checkpoint of its pruning was changed."),
        ("UPDATE audit_checkpoints SET seq = 4", "The checkpoint of its pruning was changed."),
        ("DELETE FROM audit_checkpoints", "Line 1 is missing."),
    ],
)
async def test_neither_end_can_be_moved(database: Database, statement: str, said: str) -> None:
    await lived(database)

    assert (await found(database, sql(statement))).broken == said


async def test_another_key_makes_nothing_of_it(database: Database) -> None:
    await lived(database)

    verdict = await found(database, sql("UPDATE audit SET at = at"), AuditChain(b"another key"))

    assert verdict.broken == "Its head was changed."


async def test_lines_go_on_after_pruning_and_after_all_were_pruned(database: Database) -> None:
    await lived(database)
    everything = partial(audit_checkpoints.prune, chain=CHAIN, before=10**12, limit=2)
    batches = [await database.write(everything) for _ in range(4)]
    await database.write(partial(audit_log.write, chain=CHAIN, entry=replace(LINE, id="later", at=9000)))

    verdict = await database.read(lambda tx: verify(tx, CHAIN, tell=lambda _done, _of: None))

    assert batches == [2, 2, 1, 0]
    assert verdict == AuditVerdict(1, 9000, 9000, 8000, None)


async def test_pruning_never_leaves_a_hole_whatever_the_clock_did(database: Database) -> None:
    await begun(database)
    for number, at in enumerate((5, 900, 5, 5), 1):
        line = replace(LINE, id=f"entry-{number}", at=at)
        await database.write(partial(audit_log.write, chain=CHAIN, entry=line))

    assert await database.write(partial(audit_checkpoints.prune, chain=CHAIN, before=100, limit=9)) == 1
    assert [row.at for row in await database.read(lambda tx: audit_log.recent(tx, CREATOR, 9))] == [5, 5, 900]
