"""Creators that are being erased: how far it is."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from storage.database import Row, Transaction
from storage.records import CommandId, CreatorId, DiscordId, Millis
from storage.rows import record_of

UNCLEAR = "unclear"  # in `counts`, of no table: alerts of which nobody knows whether they arrived


class ErasureStep(StrEnum):
    """The steps of an erasure; each begins where the one before it has ended."""

    ASKED = "asked"  # by the operator: it stands in no audit yet
    BEGUN = "begun"
    SETTLING = "settling"  # nothing new is begun; what is under way ends first
    WIPING = "wiping"


@dataclass(frozen=True)
class CreatorErasure:
    """One creator's. `counts`: how many rows of which table are gone."""

    creator: CreatorId
    by: DiscordId | None  # None: the operator
    command: CommandId | None
    step: ErasureStep
    counts: Mapping[str, int]
    begun: Millis


async def begin(
    tx: Transaction,
    creator: CreatorId,
    *,
    by: DiscordId | None,
    command: CommandId | None,
    step: ErasureStep,
    now: Millis,
) -> bool:
    """Have everything of this creator erased; False when that is under way already."""
    begun = await tx.execute(
        """INSERT INTO erasures (creator_uuid, asked_by, command_id, step, counts, begun_at)
           VALUES (:creator, :by, :command, :step, '{}', :now) ON CONFLICT (creator_uuid) DO NOTHING""",
        creator=creator,
        by=by,
        command=command,
        step=step,
        now=now,
    )
    return begun == 1


async def under_way(tx: Transaction) -> list[CreatorErasure]:
    """Every erasure that has not ended, oldest first."""
    rows = await tx.all("SELECT * FROM erasures ORDER BY begun_at, creator_uuid")
    return [_erasure_of(row) for row in rows]


async def of(tx: Transaction, creator: CreatorId) -> CreatorErasure | None:
    """The erasure of one creator, while it is under way."""
    row = await tx.one("SELECT * FROM erasures WHERE creator_uuid = :creator", creator=creator)
    return _erasure_of(row) if row else None


async def move(tx: Transaction, creator: CreatorId, step: ErasureStep) -> None:
    """Go on to the next step."""
    await tx.execute(
        "UPDATE erasures SET step = :step WHERE creator_uuid = :creator", creator=creator, step=step
    )


async def count(tx: Transaction, creator: CreatorId, gone: Mapping[str, int]) -> None:
    """So many more rows are gone."""
    known = await of(tx, creator)
    if known is not None:
        await tx.execute(
            "UPDATE erasures SET counts = :counts WHERE creator_uuid = :creator",
            creator=creator,
            counts=json.dumps(Counter(known.counts) + Counter(gone)),
        )


async def end(tx: Transaction, creator: CreatorId) -> None:
    """It is over; nothing is left of it either."""
    await tx.execute("DELETE FROM erasure_places WHERE creator_uuid = :creator", creator=creator)
    await tx.execute("DELETE FROM erasures WHERE creator_uuid = :creator", creator=creator)


def _erasure_of(row: Row) -> CreatorErasure:
    return record_of(CreatorErasure, row, by=row["asked_by"], counts=json.loads(row["counts"]))
