"""Who set a forum up, and which Discord role answers the fans there."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import DiscordId, Millis


@dataclass(frozen=True)
class SetUp:
    """The newest /setup of a forum."""

    by: DiscordId  # who had Manage Server then
    team: DiscordId | None  # the role that was chosen, now or earlier


async def note(
    tx: Transaction, forum: DiscordId, *, by: DiscordId, team: DiscordId | None, now: Millis
) -> None:
    """Remember it; a run without a team keeps the one that was chosen before."""
    await tx.execute(
        """
        INSERT INTO setups (forum_id, set_by, team_role, set_at) VALUES (:forum, :by, :team, :now)
        ON CONFLICT (forum_id) DO UPDATE SET
            set_by = excluded.set_by, set_at = excluded.set_at,
            team_role = COALESCE(excluded.team_role, setups.team_role)
        """,
        forum=forum,
        by=by,
        team=team,
        now=now,
    )


async def of_forum(tx: Transaction, forum: DiscordId) -> SetUp | None:
    """What is known of a forum's set-up."""
    row = await tx.one("SELECT set_by, team_role FROM setups WHERE forum_id = :forum", forum=forum)
    if row is None:
        return None
    return SetUp(DiscordId(row["set_by"]), DiscordId(row["team_role"]) if row["team_role"] else None)
