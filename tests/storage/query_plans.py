"""How a database means to find what a query asks for."""

import re
from collections.abc import Mapping

from storage.database import Database, Transaction, Value
from storage.engine.connect import open_database
from tests import postgres

_WHOLE = re.compile(r"\bSCAN (?!CONSTANT)|\bSeq Scan on ")
_NAME = re.compile(r"(?<![:\w]):(\w+)")


async def plan_of(database: Database, url: str, sql: str, given: Mapping[str, Value]) -> list[str]:
    """The steps of the plan; of `given` the query takes what it names."""
    used = {name: given[name] for name in _NAME.findall(sql)}
    if url.startswith("sqlite"):
        rows = await database.write(lambda tx: tx.all(f"EXPLAIN QUERY PLAN {sql}", **used))
        return [str(row["detail"]) for row in rows]

    async def work(tx: Transaction) -> list[str]:
        # Small tables are read whole, whatever index there is.
        await tx.execute("SET LOCAL enable_seqscan = off")
        return [str(row["QUERY PLAN"]) for row in await tx.all(f"EXPLAIN {sql}", **used)]

    unfilled = await open_database(postgres.unfilled(), now=0)
    try:
        return await unfilled.write(work)
    finally:
        await unfilled.close()


def whole_tables(plan: list[str]) -> list[str]:
    """The steps that read a whole table."""
    return [step for step in plan if _WHOLE.search(step)]
