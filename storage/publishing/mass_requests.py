"""Mass messages that wait for a second person, or did."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CommandId, CreatorId, DiscordId, DraftId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class MassRequest:
    """One row; `state` is "open", then the word by which it ended."""

    draft: DraftId
    creator: CreatorId
    guild: DiscordId
    proposer: DiscordId
    roles: frozenset[DiscordId]  # the proposer's, when they confirmed it
    command: CommandId  # by which they did
    made_at: Millis
    until: Millis
    state: str = "open"
    decided_by: DiscordId | None = None
    decided_at: Millis | None = None


async def add(tx: Transaction, request: MassRequest) -> None:
    """It waits from now on."""
    await tx.execute(
        """INSERT INTO mass_requests (draft_id, creator_uuid, guild_id, proposer, proposer_roles, command_id,
                                      state, made_at, until_at)
           VALUES (:draft, :creator, :guild, :proposer, :role_ids, :command, 'open', :made_at, :until)""",
        role_ids=" ".join(map(str, sorted(request.roles))),
        **vars(request),
    )


async def get(tx: Transaction, draft: DraftId) -> MassRequest | None:
    """One request; None for any other draft."""
    row = await tx.one("SELECT * FROM mass_requests WHERE draft_id = :draft", draft=draft)
    return _request_of(row) if row else None


async def settle(tx: Transaction, draft: DraftId, state: str, *, by: DiscordId | None, now: Millis) -> bool:
    """Open → `state`; False when somebody was faster. After its time it can only become "expired"."""
    changed = await tx.execute(
        """UPDATE mass_requests SET state = :state, decided_by = :by, decided_at = :now
           WHERE draft_id = :draft AND state = 'open' AND (until_at > :now OR :state = 'expired')""",
        draft=draft,
        state=state,
        by=by,
        now=now,
    )
    return changed == 1


async def overdue(tx: Transaction, *, now: Millis, limit: int) -> list[MassRequest]:
    """Requests not answered in time, the oldest first."""
    rows = await tx.all(
        """SELECT * FROM mass_requests WHERE state = 'open' AND until_at <= :now
           ORDER BY until_at, draft_id LIMIT :limit""",
        now=now,
        limit=limit,
    )
    return [_request_of(row) for row in rows]


def _request_of(row: Row) -> MassRequest:
    return record_of(
        MassRequest, row, roles=frozenset(DiscordId(int(one)) for one in row["proposer_roles"].split())
    )
