"""Tasks that one of several processes does at a time, as long as it lives.

A task lease needs no expiry of its own: its holder is a member (`storage.engine.cluster_members`), and is
struck out with all that it had when it shows no heartbeat. A commit of it that comes later fits no row.
"""

from collections.abc import Collection, Sequence

from storage.database import Transaction
from storage.engine.cluster_members import alive

_TAKEN = """SELECT bridge_shifts.name FROM bridge_shifts JOIN bridge_members ON token = holder
    WHERE until >= clock_timestamp()"""
_RUN = "run"  # who begins the run of all
_READY = "ready "  # and a name: who has come in


async def ensure(tx: Transaction) -> None:
    """Have the table; call it before the others."""
    await tx.execute("CREATE TABLE IF NOT EXISTS bridge_shifts (name TEXT PRIMARY KEY, holder TEXT NOT NULL)")


async def free(tx: Transaction, names: Collection[str]) -> Sequence[str]:
    """Those of these that no live process has, in their order; only read."""
    taken = {str(row["name"]) for row in await tx.all(_TAKEN)}
    return [name for name in names if name not in taken]


async def take(tx: Transaction, name: str, me: str) -> bool:
    """Have it from now on, if nobody has it who lives; whether it is mine now."""
    living = await alive(tx, me)
    row = await tx.one("SELECT holder FROM bridge_shifts WHERE name = :name", name=name)
    if row is not None and row["holder"] in living:
        return bool(row["holder"] == me)
    await tx.execute(
        """INSERT INTO bridge_shifts (name, holder) VALUES (:name, :me)
           ON CONFLICT (name) DO UPDATE SET holder = excluded.holder""",
        name=name,
        me=me,
    )
    return True


async def begins(tx: Transaction, me: str, *, comes: bool) -> bool | None:
    """Whether this process begins the run; False: others run already; None: somebody is just beginning it.

    `comes`: it has just begun, and waits half as long as others for overdue ones.
    """
    living = await alive(tx, me, begins=comes)
    await _forget_the_gone(tx)
    rows = await tx.all("SELECT holder FROM bridge_shifts WHERE name LIKE 'ready %'")
    if {str(row["holder"]) for row in rows} & set(living):
        return False
    return True if await take(tx, _RUN, me) else None


async def came_in(tx: Transaction, me: str) -> None:
    """From now on others may come in without beginning a run."""
    await take(tx, _READY + me, me)
    await stands_by(tx, me)


async def stands_by(tx: Transaction, me: str) -> None:
    """Let others begin the run; this process waits for others."""
    await tx.execute("DELETE FROM bridge_shifts WHERE name = :run AND holder = :me", run=_RUN, me=me)


async def _forget_the_gone(tx: Transaction) -> None:
    await tx.execute("DELETE FROM bridge_shifts WHERE holder NOT IN (SELECT token FROM bridge_members)")
