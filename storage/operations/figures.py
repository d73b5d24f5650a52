"""Figures of the whole installation, for its operator: no name and no id."""

from dataclasses import dataclass

from storage.database import FrequentStatement, Transaction
from storage.records import Millis

_SIZE = FrequentStatement(
    "SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size",
    on_server="SELECT pg_database_size(current_database()) AS bytes",
)


@dataclass(frozen=True)
class InstallationFigures:
    """As they are now. None: there is nothing of the kind."""

    oldest_waiting: Millis | None  # when the message was sent that waits longest for an answer
    token_end: Millis | None  # when the first of the current access tokens ends
    sign_ins_ended: int  # accounts whose owner must sign in again
    bytes: int


async def figures(tx: Transaction, *, now: Millis) -> InstallationFigures:
    """Fans of creators who are no longer connected, and snoozed ones, do not wait."""
    waiting = await tx.one(
        """SELECT MIN(waiting_since) AS oldest FROM talks
           WHERE waiting_since IS NOT NULL AND (snoozed_until IS NULL OR snoozed_until <= :now)
             AND creator_uuid IN (SELECT creator_uuid FROM links WHERE state <> 'closed')""",
        now=now,
    )
    ends = await tx.one(
        """SELECT MIN(CASE WHEN links.state = 'active' THEN tokens.expires_at END) AS ends,
                  COUNT(CASE WHEN links.state = 'relink_required' AND links.via IS NULL THEN 1 END) AS ended
           FROM links LEFT JOIN tokens ON tokens.link_id = links.id WHERE links.state <> 'closed'"""
    )
    size = await tx.one(_SIZE)
    return InstallationFigures(
        oldest_waiting=waiting["oldest"] if waiting else None,
        token_end=ends["ends"] if ends else None,
        sign_ins_ended=ends["ended"] if ends else 0,
        bytes=int(size["bytes"]) if size else 0,
    )
