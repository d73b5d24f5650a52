"""The mode of fans' texts on Discord that a creator chose, and since when."""

from enum import StrEnum

from storage.database import Transaction
from storage.records import CreatorId, Millis


class PrivacyMode(StrEnum):
    """The content of a line in a fan's thread."""

    FULL = "full"  # the text
    COVERED = "covered"  # the text, under a spoiler
    PRIVATE = "private"  # who and when; the text on a click, to one member


DEFAULT = PrivacyMode.FULL
STRICTEST = (PrivacyMode.PRIVATE, PrivacyMode.COVERED, PrivacyMode.FULL)


async def now(tx: Transaction, creator: CreatorId) -> PrivacyMode:
    """The mode of a creator that holds for new lines."""
    row = await tx.one(
        "SELECT mode FROM modes WHERE creator_uuid = :creator ORDER BY since DESC LIMIT 1", creator=creator
    )
    return PrivacyMode(row["mode"]) if row else DEFAULT


async def strictest(tx: Transaction, creator: CreatorId, *, since: Millis) -> PrivacyMode:
    """The strictest mode that a creator has had at any time since then: no line ever opens up."""
    rows = await tx.all(
        """SELECT mode, since FROM modes WHERE creator_uuid = :creator AND since >= COALESCE(
               (SELECT MAX(since) FROM modes WHERE creator_uuid = :creator AND since <= :since), 0)""",
        creator=creator,
        since=since,
    )
    had = {PrivacyMode(row["mode"]) for row in rows}
    if all(row["since"] > since for row in rows):
        had.add(DEFAULT)  # nobody had chosen one by then
    return next(mode for mode in STRICTEST if mode in had)


async def choose(tx: Transaction, creator: CreatorId, mode: PrivacyMode, *, since: Millis) -> None:
    """Let this mode hold from now on."""
    await tx.execute(
        """INSERT INTO modes (creator_uuid, since, mode) VALUES (:creator, :since, :mode)
           ON CONFLICT (creator_uuid, since) DO UPDATE SET mode = excluded.mode""",
        creator=creator,
        since=since,
        mode=mode,
    )
