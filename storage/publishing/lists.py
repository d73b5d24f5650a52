"""Fans on their way onto custom lists: the ledger, a state for each of its rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction, Value
from storage.records import CommandId, CreatorId, DiscordId, EffectId, FanId, Millis
from storage.rows import record_of

ASKED, RUNNING, STOPPED, DONE = "asked", "running", "stopped", "done"  # of a job
WAITING, ADDING, ADDED, THERE, REFUSED, UNSURE = (  # of a row
    "waiting",
    "adding",
    "added",
    "there",
    "refused",
    "unsure",
)
_TOGETHER = 500  # rows, or handles, of one statement


@dataclass(frozen=True)
class ListJobRecord:
    """Some fans, and the list that they are put on. `body`: the sealed words."""

    id: str
    creator: CreatorId
    by: DiscordId | None
    made: Millis
    body: bytes
    sizing: str
    list: str | None = None
    state: str = ASKED
    looked: bool = False
    size_before: int | None = None
    steps: int = 0
    effect: EffectId | None = None
    command: CommandId | None = None
    why: str | None = None
    ended: Millis | None = None


@dataclass(frozen=True)
class PlacedFan:
    """A fan in the ledger's order."""

    fan: FanId
    place: int


async def add(tx: Transaction, job: ListJobRecord, fans: Sequence[FanId]) -> None:
    """Keep a new one with its ledger; who is named twice counts once."""
    await tx.execute(
        """INSERT INTO list_jobs (id, creator_uuid, made_by, made_at, list_uuid, state, looked, size_before,
                                  sizing, steps, effect_id, command_id, why, ended_at, body_ct)
           VALUES (:id, :creator, :by, :made, :list, :state, :looked, :size_before,
                   :sizing, :steps, :effect, :command, :why, :ended, :body)""",
        creator=job.creator,
        by=job.by,
        made=job.made,
        body=job.body,
        **_changing(job),
    )
    placed = list(dict.fromkeys(fans))
    for begin in range(0, len(placed), _TOGETHER):
        given: dict[str, Value] = {f"fan{n}": fan for n, fan in enumerate(placed[begin : begin + _TOGETHER])}
        values = ", ".join(f"(:job, :creator, :fan{n}, :first + {n}, :waiting)" for n in range(len(given)))
        await tx.execute(
            f"INSERT INTO list_rows (job_id, creator_uuid, fan_uuid, place, state) VALUES {values}",  # noqa: S608 - names only
            job=job.id,
            creator=job.creator,
            first=begin + 1,
            waiting=WAITING,
            **given,
        )


async def get(tx: Transaction, job: str) -> ListJobRecord | None:
    row = await tx.one("SELECT * FROM list_jobs WHERE id = :id", id=job)
    return _job_of(row) if row else None


async def newest(tx: Transaction, creator: CreatorId, *, limit: int) -> list[ListJobRecord]:
    """A creator's, the newest first; not those that were only asked about."""
    rows = await tx.all(
        """SELECT * FROM list_jobs WHERE creator_uuid = :creator AND state <> 'asked'
           ORDER BY made_at DESC, id LIMIT :limit""",
        creator=creator,
        limit=limit,
    )
    return [_job_of(row) for row in rows]


async def change(tx: Transaction, after: ListJobRecord) -> None:
    """A job that was just read is so from now on. Whose it is and what it says stays."""
    await tx.execute(
        """UPDATE list_jobs SET list_uuid = :list, state = :state, looked = :looked,
                  size_before = :size_before, sizing = :sizing, steps = :steps, effect_id = :effect,
                  command_id = :command, why = :why, ended_at = :ended
           WHERE id = :id""",
        **_changing(after),
    )


async def drop_asked(tx: Transaction, creator: CreatorId, *, before: Millis, job: str = "") -> None:
    """Delete what a creator's team was asked about earlier than this, and this one, if nobody said yes."""
    gone = """SELECT id FROM list_jobs WHERE creator_uuid = :creator AND state = 'asked'
              AND (made_at < :before OR id = :job)"""
    for table, column in (("list_rows", "job_id"), ("list_jobs", "id")):
        await tx.execute(
            f"DELETE FROM {table} WHERE {column} IN ({gone})",  # noqa: S608 - constants
            creator=creator,
            before=before,
            job=job,
        )


async def waiting(tx: Transaction, job: str, *, until: int | None, limit: int) -> list[PlacedFan]:
    """The next fans; `until`: up to this place."""
    rows = await tx.all(
        """SELECT fan_uuid, place FROM list_rows WHERE job_id = :job AND state = 'waiting'
             AND place <= :until ORDER BY place LIMIT :limit""",
        job=job,
        until=until if until is not None else 2**62,
        limit=limit,
    )
    return [record_of(PlacedFan, row) for row in rows]


async def in_state(tx: Transaction, job: str, state: str) -> list[PlacedFan]:
    """Everybody of whom this is known, in the ledger's order."""
    rows = await tx.all(
        "SELECT fan_uuid, place FROM list_rows WHERE job_id = :job AND state = :state ORDER BY place",
        job=job,
        state=state,
    )
    return [record_of(PlacedFan, row) for row in rows]


async def mark(tx: Transaction, job: str, fans: Collection[FanId], state: str) -> None:
    for fan in fans:
        await tx.execute(
            "UPDATE list_rows SET state = :state WHERE job_id = :job AND fan_uuid = :fan",
            job=job,
            fan=fan,
            state=state,
        )


async def counts(tx: Transaction, job: str) -> dict[str, int]:
    """Count the fans in each state."""
    rows = await tx.all(
        "SELECT state, COUNT(*) AS number FROM list_rows WHERE job_id = :job GROUP BY state", job=job
    )
    return {row["state"]: int(row["number"]) for row in rows}


async def lapsed(tx: Transaction, creator: CreatorId, *, since: Millis) -> list[FanId]:
    """Fans whose subscription ended since then and did not begin again, as far as the bridge saw."""
    rows = await tx.all(
        """SELECT s.fan_uuid FROM subscribers s
           WHERE s.creator_uuid = :creator AND s.active = 0 AND s.changed_at >= :since
             AND NOT EXISTS (SELECT 1 FROM forgotten_fans g
                             WHERE g.creator_uuid = s.creator_uuid AND g.name = s.fan_uuid)
           ORDER BY s.fan_uuid""",
        creator=creator,
        since=since,
    )
    return [FanId(row["fan_uuid"]) for row in rows]


async def by_handles(tx: Transaction, creator: CreatorId, folded: Collection[str]) -> dict[str, FanId]:
    """The fans with these handles, by handle; without those that nobody or several have."""
    found, wanted = dict[str, list[FanId]](), list(dict.fromkeys(folded))
    for begin in range(0, len(wanted), _TOGETHER):
        given = {f"handle{number}": handle for number, handle in enumerate(wanted[begin : begin + _TOGETHER])}
        rows = await tx.all(
            f"""SELECT fan_uuid, handle_folded FROM fans WHERE creator_uuid = :creator
                  AND handle_folded IN ({", ".join(f":{name}" for name in given)})""",  # noqa: S608 - names only
            creator=creator,
            **given,
        )
        for row in rows:
            found.setdefault(str(row["handle_folded"]), []).append(FanId(row["fan_uuid"]))
    return {handle: fans[0] for handle, fans in found.items() if len(fans) == 1}


def _changing(job: ListJobRecord) -> dict[str, str | int | None]:
    return {
        "id": job.id,
        "list": job.list,
        "state": job.state,
        "looked": int(job.looked),
        "size_before": job.size_before,
        "sizing": job.sizing,
        "steps": job.steps,
        "effect": job.effect,
        "command": job.command,
        "why": job.why,
        "ended": job.ended,
    }


def _job_of(row: Row) -> ListJobRecord:
    return record_of(ListJobRecord, row, by=row["made_by"])
