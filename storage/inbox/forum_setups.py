"""The person who set a forum up, and the Discord role that answers its fans."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.engine import signed_rights
from storage.engine.signed_rights import SETUPS
from storage.records import DiscordId, Millis


@dataclass(frozen=True)
class ForumSetup:
    """The newest /setup of a forum."""

    by: DiscordId  # who had Manage Server then
    team: DiscordId | None  # the role that was chosen, now or earlier


async def note(
    tx: Transaction, forum: DiscordId, *, by: DiscordId, team: DiscordId | None, now: Millis
) -> None:
    """Remember it; a run without a team keeps the one that was chosen before."""
    before = await _row(tx, forum)
    chosen = before["team_role"] if before is not None and team is None else team
    await signed_rights.put(tx, SETUPS, {"forum_id": forum, "set_by": by, "team_role": chosen, "set_at": now})


async def of_forum(tx: Transaction, forum: DiscordId) -> ForumSetup | None:
    """The known set-up of a forum."""
    row = await _row(tx, forum)
    if row is None:
        return None
    return ForumSetup(DiscordId(row["set_by"]), DiscordId(row["team_role"]) if row["team_role"] else None)


async def _row(tx: Transaction, forum: DiscordId) -> Row | None:
    return await signed_rights.one(tx, SETUPS, "SELECT * FROM setups WHERE forum_id = :forum", forum=forum)
