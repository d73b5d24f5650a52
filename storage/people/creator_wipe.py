"""Every table's rows about one creator: counted, and deleted in batches.

What stays is in KEPT, each with its reason. A test compares both with the schema, so that a table that is
added later cannot be forgotten here.
"""

from collections.abc import Mapping
from typing import Final

from storage.database import Transaction
from storage.people.channel_messages import CHANNEL_KINDS
from storage.records import OPEN, CreatorId, Millis

TAKING = "gone.all"  # the kind of the effect that takes a creator's channels from Discord

_HERS: Final = "creator_uuid = :creator"
_THREADS: Final = "(SELECT thread_id FROM threads WHERE creator_uuid = :creator AND thread_id IS NOT NULL)"
_COMMANDS: Final = f"{_HERS} OR channel_id IN {_THREADS}"
_ASKED: Final = "(SELECT command_id FROM erasures WHERE creator_uuid = :creator AND command_id IS NOT NULL)"
_EFFECTS: Final = "(SELECT id FROM outbox WHERE creator_uuid = :creator)"

# Table, the column by which a batch of it is deleted, and which rows. In this order: a row goes after
# whatever refers to it. What is on its way this moment is left until it has ended.
WIPED: Final = (
    ("claims", "external_id", _HERS),
    ("voices", "effect_id", f"effect_id IN {_EFFECTS} OR managed = :creator"),
    (
        "outbox",
        "id",
        f"""{_HERS} AND state <> 'sending' AND NOT (kind = '{TAKING}' AND {OPEN})
             AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.outbox_id = outbox.id)""",  # noqa: S608 - constants
    ),
    ("inbox", "id", _HERS),
    ("messages", "message_uuid", _HERS),
    ("offers", "carrier", _HERS),
    ("mass_offers", "effect_id", _HERS),
    ("campaigns", "message_uuid", _HERS),
    ("commands", "id", f"({_COMMANDS}) AND id NOT IN {_ASKED}"),  # which says how far it is
    (
        "proposals",
        "draft_id",
        "draft_id IN (SELECT id FROM drafts WHERE creator_uuid = :creator)",
    ),
    ("mass_requests", "draft_id", _HERS),
    ("suggested_posts", "draft_id", _HERS),
    ("compositions", "id", _HERS),
    ("held_replies", "draft_id", _HERS),
    ("drafts", "id", f"{_HERS} OR target LIKE '%' || :creator || '%'"),
    ("tombstones", "channel_id", f"channel_id IN {_THREADS}"),
    ("removals", "message_id", _HERS),  # listed in erasure_places before
    ("threads", "thread_key", _HERS),
    ("talks", "fan_uuid", _HERS),
    ("price_limits", "id", _HERS),
    ("guard_levels", "pack", _HERS),
    ("guard_words", "guild_id", _HERS),
    ("reply_holds", "creator_uuid", _HERS),
    ("mass_limits", "creator_uuid", _HERS),
    ("quiet_hours", "creator_uuid", _HERS),
    ("mass_caps", "creator_uuid", _HERS),
    ("earnings_told", "fact_id", _HERS),
    ("earnings_sums", "day", _HERS),
    ("earnings_reads", "day", _HERS),
    ("earnings", "row_key", _HERS),
    ("earnings_zones", "creator_uuid", _HERS),
    ("earnings_checks", "creator_uuid", _HERS),
    ("credit_sent", "item", _HERS),
    ("credit_copies", "item", _HERS),
    ("credit_moves", "id", _HERS),
    ("goals", "span", _HERS),
    ("goals_told", "span", _HERS),
    ("subscription_changes", "at", _HERS),
    ("alert_rules", "kind", _HERS),
    ("online_told", "fan_uuid", _HERS),
    ("typed_modes", "creator_uuid", _HERS),
    ("assistant_consents", "creator_uuid", _HERS),
    ("typed_members", "member_id", _HERS),
    ("typed_messages", "message_id", _HERS),
    ("struck_lines", "line_id", _HERS),
    ("post_comments", "comment_uuid", _HERS),
    ("post_cards", "post_uuid", _HERS),
    ("post_follows", "creator_uuid", _HERS),
    ("template_uses", "ref", _HERS),
    ("templates", "id", _HERS),
    ("cards", "fan_uuid", _HERS),
    ("notes", "id", _HERS),
    ("fan_tags", "id", _HERS),
    ("promises", "id", _HERS),
    ("uploads", "id", _HERS),
    ("vault_files", "contents", _HERS),
    ("left_out", "effect_id", _HERS),
    ("list_rows", "fan_uuid", _HERS),
    ("list_jobs", "id", _HERS),
    ("chat_marks", "fan_uuid", _HERS),
    ("subscribers", "fan_uuid", _HERS),
    ("pseudonyms", "fan_uuid", _HERS),
    ("forgotten_fans", "name", _HERS),
    ("fans", "fan_uuid", _HERS),
    ("gaps", "id", _HERS),
    ("grants", "id", _HERS),
    ("api_keys", "id", _HERS),
    ("api_key_scopes", "key_id", _HERS),
    ("program_webhooks", "id", _HERS),
    ("agent_requests", "id", _HERS),
    ("agent_grants", "key_id", _HERS),
    ("draft_rules", "kind", _HERS),
    ("pauses", "id", _HERS),
    ("consents", "guild_id", _HERS),
    ("barred", "member_id", _HERS),
    ("heard", "event", _HERS),
    ("modes", "since", _HERS),
    ("removed", "day", _HERS),
    ("subscriptions", "id", _HERS),
    ("boards", "creator_uuid", _HERS),
    ("waiting_boards", "creator_uuid", _HERS),
    ("paused_targets", "creator_uuid", _HERS),
    ("watermarks", "creator_uuid", _HERS),
    ("zones", "creator_uuid", _HERS),
    ("timers", "creator_uuid", _HERS),
    ("languages", "member_id", _HERS),
    ("pings", "member_id", _HERS),
    ("routing_rules", "id", _HERS),
    ("routing_list_fans", "fan_uuid", _HERS),
    ("routing_lists", "list_key", _HERS),
    ("routing_offers", "fan_uuid", _HERS),
    ("routing_turns", "member_id", _HERS),
    ("digests", "sort", _HERS),
    ("digests_told", "sort", _HERS),
    ("drifts", "creator_uuid", _HERS),
    ("webhook_probes", "creator_uuid", _HERS),
    ("pending_links", "id", f"{_HERS} AND state <> 'open'"),  # its tokens are given back first
    ("reaches", "link_id", _HERS),
    ("forums", "forum_id", _HERS),
)
# At the very end, when no token is left that Fanvue must be told to forget.
_LAST: Final = (
    ("reaches", "link_id IN (SELECT id FROM links WHERE creator_uuid = :creator)"),
    ("tokens", "link_id IN (SELECT id FROM links WHERE creator_uuid = :creator)"),
    ("revocations", "link_id IN (SELECT id FROM links WHERE creator_uuid = :creator)"),
    ("links", _HERS),
    ("creators", _HERS),
)
KEPT: Final[Mapping[str, str]] = {
    "audit": "who did what; fans are pseudonyms whose keys are gone",
    "payments": "lines about money, which tax law asks for; fans likewise",
    "retention": "how long these two are kept",
    "erasures": "goes with the end of the erasure",
    "erasure_places": "goes with the end of the erasure",
}
COUNTED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("fans", "threads", "messages", "inbox", "outbox", "payments", "audit"), _HERS),
    "commands": _COMMANDS,
}


async def counts(tx: Transaction, creator: CreatorId) -> dict[str, int]:
    """Count the rows of the tables that people care about."""
    found = {}
    for table, which in COUNTED.items():
        row = await tx.one(
            f"SELECT COUNT(*) AS number FROM {table} WHERE {which}",  # noqa: S608 - constants
            creator=creator,
        )
        found[table] = int(row["number"]) if row else 0
    return found


async def wipe(
    tx: Transaction, creator: CreatorId, *, limit: int, start: int = 0
) -> tuple[dict[str, int], int]:
    """Delete a batch of rows, of one table; return the counts, empty at the end, and where to go on.

    `start`: how many tables are not looked at, because they were found empty before. Only a look at all of
    them that deletes nothing says that nothing is left.
    """
    for place, (table, key, which) in enumerate(WIPED[start:], start):
        composite = f"{_HERS} AND " if which == _HERS else ""
        gone = await tx.execute(
            f"""DELETE FROM {table} WHERE {composite}{key} IN (
                    SELECT {key} FROM {table} WHERE {which} LIMIT :limit)""",  # noqa: S608 - constants
            creator=creator,
            limit=limit,
        )
        if gone:
            return {table: gone}, place
    return {}, len(WIPED)


async def wipe_account(tx: Transaction, creator: CreatorId) -> None:
    """Delete the account itself, with its links; comes last."""
    # The command that asked for it can still be answered, but says no more in whose thread that was.
    await tx.execute(f"UPDATE commands SET channel_id = 0 WHERE id IN {_ASKED}", creator=creator)  # noqa: S608 - constants
    for table, which in _LAST:
        await tx.execute(f"DELETE FROM {table} WHERE {which}", creator=creator)  # noqa: S608 - constants


async def stop(tx: Transaction, creator: CreatorId, *, now: Millis, why: str) -> None:
    """Give up all that waits or may have arrived; effects in flight this moment end by themselves."""
    await tx.execute(
        f"""UPDATE outbox SET state = 'cancelled', settled_at = :now, reason = :why, attention = NULL
           WHERE creator_uuid = :creator AND kind <> '{TAKING}'
             AND state IN ('pending', 'unknown', 'absent')""",  # noqa: S608 - a constant
        creator=creator,
        now=now,
        why=why,
    )


async def is_busy(tx: Transaction, creator: CreatorId) -> bool:
    """Whether something is on its way this moment."""
    row = await tx.one(
        f"""SELECT 1 AS one FROM outbox WHERE creator_uuid = :creator AND kind <> '{TAKING}'
             AND state = 'sending' AND {OPEN} LIMIT 1""",  # noqa: S608 - constants
        creator=creator,
    )
    return row is not None


async def unclear(tx: Transaction, creator: CreatorId) -> int:
    """Count the alerts and digests that are on their way to Discord or may have arrived there."""
    row = await tx.one(
        f"""SELECT COUNT(*) AS number FROM outbox WHERE creator_uuid = :creator AND network = 'discord'
             AND {OPEN}
             AND kind IN ({CHANNEL_KINDS})
             AND (state IN ('sending', 'unknown') OR (state = 'pending' AND attempt_started IS NOT NULL))""",  # noqa: S608 - a constant
        creator=creator,
    )
    return int(row["number"]) if row else 0


async def is_taking(tx: Transaction, creator: CreatorId) -> bool:
    """Whether channels are still being taken from Discord."""
    row = await tx.one(
        f"""SELECT 1 AS one FROM outbox WHERE creator_uuid = :creator AND kind = '{TAKING}'
             AND {OPEN} LIMIT 1""",  # noqa: S608 - constants
        creator=creator,
    )
    return row is not None


async def is_owed(tx: Transaction, creator: CreatorId) -> bool:
    """Whether Fanvue still has to be told to forget a token, or somebody is asked whether they link."""
    row = await tx.one(
        """SELECT 1 AS one FROM revocations WHERE state = 'owed'
             AND link_id IN (SELECT id FROM links WHERE creator_uuid = :creator)
           UNION ALL SELECT 1 AS one FROM pending_links WHERE creator_uuid = :creator AND state = 'open'
           LIMIT 1""",
        creator=creator,
    )
    return row is not None
