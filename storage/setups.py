"""Who set a forum up, and which Discord role answers the fans there."""

from dataclasses import dataclass

from storage import rights
from storage.database import Row, Transaction
from storage.records import DiscordId, Millis
from storage.rights import SETUPS


@dataclass(frozen=True)
class SetUp:
    """The newest /setup of a forum."""

    by: DiscordId  # who had Manage Server then
    team: DiscordId | None  # the role that was chosen, now or earlier


async def note(
    tx: Transaction, forum: DiscordId, *, by: DiscordId, team: DiscordId | None, now: Millis
) -> None:
    """Remember it; a run without a team keeps the one that was chosen before."""
    before = await _row(tx, forum)
    chosen = before["team_role"] if before is not None and team is None else team
    await rights.put(tx, SETUPS, {"forum_id": forum, "set_by": by, "team_role": chosen, "set_at": now})


async def of_forum(tx: Transaction, forum: DiscordId) -> SetUp | None:
    """What is known of a forum's set-up."""
    row = await _row(tx, forum)
    if row is None:
        return None
    return SetUp(DiscordId(row["set_by"]), DiscordId(row["team_role"]) if row["team_role"] else None)


async def _row(tx: Transaction, forum: DiscordId) -> Row | None:
    return await rights.one(tx, SETUPS, "SELECT * FROM setups WHERE forum_id = :forum", forum=forum)
