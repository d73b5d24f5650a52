"""Reads all that is kept of a creator, or of one fan of theirs, row by row."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Final

from storage.database import Row, Transaction, Value
from storage.engine import signed_rights
from storage.engine.signed_rights import MAC, TABLES, SignedTable
from storage.records import CreatorId, FanId

_HERS: Final = "creator_uuid = :creator"
_HIS: Final = "fan_uuid = :fan"
_THREADS: Final = "SELECT thread_id FROM threads WHERE creator_uuid = :creator AND thread_id IS NOT NULL"
_EFFECT: Final = "EXISTS (SELECT 1 FROM outbox WHERE outbox.id = {} AND outbox.creator_uuid = :creator"
_FORUMS: Final = "SELECT forum_id FROM forums WHERE creator_uuid = :creator"
_OWNERS: Final = "SELECT discord_user FROM links WHERE creator_uuid = :creator AND state <> 'closed'"
_DRAFTS: Final = "SELECT id FROM drafts WHERE creator_uuid = :creator"
# A window for an answer names the thread, everything else the fan.
_ABOUT_HIM: Final = """target LIKE '%' || :fan || '%' OR EXISTS (
    SELECT 1 FROM threads WHERE creator_uuid = :creator AND fan_uuid = :fan
      AND target LIKE '%' || CAST(thread_id AS TEXT) || '%')"""


@dataclass(frozen=True)
class ExportTable:
    """A table: the rows that are a creator's, and the columns, unique among these, to read them by.

    `of_fan`: which of them are about one fan; None: none is. "": only the opened row can tell.
    """

    table: str
    key: tuple[str, ...]
    which: str = _HERS
    of_fan: str | None = None
    columns: str = "*"


def _part(table: str, key: str, **other: str) -> ExportTable:
    return ExportTable(table, tuple(key.split()), **other)


def _signed(table: SignedTable, key: str, **other: str) -> ExportTable:
    """Without the signatures, which say nothing to anybody but the bridge."""
    return _part(table.table, key, columns=", ".join(table.columns), **other)


PARTS: Final = (
    _part("creators", "creator_uuid", of_fan=""),
    _signed(signed_rights.LINKS, "id"),
    _part(
        "pending_links",
        "id",
        columns="id, discord_user, guild_id, creator_uuid, handle, display_name, scopes, state, expires_at, "
        "replaces, team_role, kind, forum_id, others",
    ),
    _part("reaches", "link_id"),
    _part("modes", "since"),
    _part("retention", "creator_uuid"),
    _part("zones", "creator_uuid"),
    _part("digests", "sort"),
    _part("digests_told", "sort day"),
    _signed(signed_rights.FORUMS, "forum_id"),
    _signed(signed_rights.SETUPS, "forum_id", which=f"forum_id IN ({_FORUMS})"),
    _part("boards", "creator_uuid"),
    _part("waiting_boards", "creator_uuid"),
    _part("drifts", "creator_uuid"),
    _part("paused_targets", "creator_uuid"),
    _signed(signed_rights.GRANTS, "id"),
    _part("api_keys", "id", columns="id, creator_uuid, name, role, made_at, expires_at, used_at, ended_at"),
    _signed(signed_rights.API_KEY_SCOPES, "key_id"),
    _part("program_webhooks", "id", columns="id, creator_uuid, key_id, made_at, ended_at, reason"),
    _part("agent_grants", "key_id", columns="key_id, creator_uuid, resource, access_until"),
    _signed(signed_rights.DRAFT_RULES, "kind"),
    _signed(signed_rights.CONSENTS, "guild_id side"),
    _part("pauses", "id", which=f"{_HERS} OR (kind = 'all' AND subject IN ({_OWNERS}))"),
    _part("barred", "guild_id member_id"),
    _part("fans", "fan_uuid", of_fan=_HIS),
    _part("forgotten_fans", "name"),
    _part("threads", "thread_key", of_fan=_HIS),
    _part("cards", "fan_uuid", of_fan=_HIS),
    _part("messages", "message_uuid", of_fan=_HIS),
    _part("offers", "carrier media_uuid", of_fan=_HIS),
    _part("mass_offers", "effect_id"),
    _part("campaigns", "message_uuid"),
    _part("post_follows", "creator_uuid"),
    _part("post_cards", "post_uuid"),
    _part("post_comments", "comment_uuid", of_fan=_HIS),
    _part("talks", "fan_uuid", of_fan=_HIS),
    _part("chat_marks", "fan_uuid", of_fan=_HIS),
    _part("subscribers", "fan_uuid", of_fan=_HIS),
    _part("notes", "id", of_fan=_HIS),
    _part("fan_tags", "id", of_fan=_HIS),
    _part("promises", "id", of_fan=_HIS),
    _part("uploads", "id"),
    _part("vault_files", "contents"),
    _part("list_jobs", "id", of_fan=""),
    _part("list_rows", "job_id fan_uuid", of_fan=_HIS),
    _part("left_out", "effect_id"),
    _part("price_limits", "id"),
    _part("timers", "creator_uuid"),
    _part("pings", "member_id"),
    _part("languages", "member_id"),
    _part("routing_rules", "id"),
    _part("routing_lists", "list_key"),
    _part("routing_list_fans", "fan_uuid list_key", of_fan=_HIS),
    _part("routing_offers", "fan_uuid", of_fan=_HIS),
    _part("routing_turns", "member_id"),
    _part("guard_levels", "pack"),
    _part("guard_words", "guild_id"),
    _part("reply_holds", "creator_uuid"),
    _part("mass_limits", "creator_uuid"),
    _part("quiet_hours", "creator_uuid"),
    _part("mass_caps", "creator_uuid"),
    _part("alert_rules", "guild_id member_id kind"),
    _part("online_told", "fan_uuid member_id", of_fan=_HIS),
    _signed(signed_rights.ASSISTANT_CONSENTS, "creator_uuid"),
    _part("typed_modes", "creator_uuid"),
    _part("typed_members", "member_id"),
    _part("typed_messages", "message_id", of_fan=_HIS),
    _part("struck_lines", "line_id", of_fan=_HIS),
    _part("templates", "id"),
    _part("template_uses", "ref"),
    _part("payments", "fact_id", of_fan=""),
    _part("earnings", "row_key", of_fan=""),
    _part("earnings_told", "fact_id", of_fan=""),
    _part("earnings_checks", "creator_uuid"),
    _part("credit_sent", "item", of_fan=""),
    _part("credit_copies", "item"),
    _part("credit_moves", "id", of_fan=""),
    _part("goals", "span"),
    _part("goals_told", "span cents net first_day"),
    _part("subscription_changes", "at fan change", of_fan=""),
    _part("outbox", "id", of_fan=_HIS),
    _part(
        "voices",
        "effect_id",
        which=_EFFECT.format("voices.effect_id") + ") OR managed = :creator",
        of_fan=_EFFECT.format("voices.effect_id") + " AND outbox.fan_uuid = :fan)",
    ),
    _part(
        "claims", "external_id", of_fan=_EFFECT.format("claims.outbox_id") + " AND outbox.fan_uuid = :fan)"
    ),
    _part("inbox", "id", of_fan=""),
    _part("heard", "event"),
    _part("gaps", "id"),
    _part("watermarks", "creator_uuid"),
    _part(
        "commands",
        "id",
        which=f"{_HERS} OR channel_id IN ({_THREADS})",
        of_fan=f"channel_id IN ({_THREADS} AND fan_uuid = :fan)",
        columns="id, interaction_id, actor, actor_name, guild_id, channel_id, creator_uuid, action, target, "
        "state, created_at, erased_at, body_ct",
    ),
    _part(
        "drafts",
        "id",
        which=f"{_HERS} OR (creator_uuid IS NULL AND target LIKE '%' || :creator || '%')",
        of_fan=_ABOUT_HIM,
    ),
    _part("held_replies", "draft_id", of_fan=_HIS),
    _part("mass_requests", "draft_id"),
    _part("suggested_posts", "draft_id"),
    _part("compositions", "id"),
    _part("proposals", "draft_id", which=f"draft_id IN ({_DRAFTS})"),
    _part("removals", "channel_id message_id", of_fan=f"channel_id IN ({_THREADS} AND fan_uuid = :fan)"),
    _part(
        "tombstones",
        "channel_id",
        which=f"channel_id IN ({_THREADS})",
        of_fan=f"channel_id IN ({_THREADS} AND fan_uuid = :fan)",
    ),
    _part("removed", "day"),
    _part("audit", "id", of_fan=""),
)
_OPENS = "opens something, and is nobody's data"
_SIGNS = "signs the row, and says nothing to anybody but the bridge"
_EVERYBODYS = "about the whole installation, and about no creator"
# A table, or one column of a part.
LEFT_OUT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("tokens", "revocations", "attempts"), _OPENS),
    "tickets": "sign-ins that are half done, kept for a day; they name no creator",
    **{f"{table.table}.{MAC}": _SIGNS for table in TABLES if table is not signed_rights.PAGE_SESSIONS},
    "api_keys.digest": _OPENS,
    "program_webhooks.body_ct": _OPENS,
    "agent_requests": "agents that wait to be let in, gone after minutes",
    "page_sessions": "who is signed in to the page, gone after hours; they name no creator",
    **{f"agent_grants.{one}_hash": _OPENS for one in ("client", "family", "refresh", "access")},
    **dict.fromkeys(("pending_links.ticket_hash", "pending_links.tokens_ct", "commands.token_ct"), _OPENS),
    "commands.application_id": "which bot of this installation was asked",
    "commands.language": "in which language its member was answered",
    "commands.answer_message": "which message on Discord its private answer is",
    "servers": _EVERYBODYS,
    "subscriptions": "secrets of webhooks, and the address of this installation",
    "pseudonyms": "keys: with them the lines that outlive a fan would name them",
    "audit_head": _OPENS,
    "audit_checkpoints": _EVERYBODYS,
    "instance": _OPENS,
    "webhook_probes": "moments in which Fanvue may look at the address of this installation",
    **dict.fromkeys(("alarms", "migrations", "bridge_owner", "kept", "rejections"), _EVERYBODYS),
    **dict.fromkeys(("webhook_keys", "fanvue_drift"), _EVERYBODYS),
    "earnings_reads": "when which day of the ledger was read; it says nothing that the ledger does not",
    "earnings_sums": "sums of the ledger's lines, which are in it",
    "earnings_zones": "in which zone those sums are",
    **dict.fromkeys(("erasures", "erasure_places"), "how far an erasure is, and gone with its end"),
}


async def creators_named(tx: Transaction, named: str) -> list[CreatorId]:
    """Creators with this handle or id."""
    where = "creator_uuid = :named OR LOWER(handle) = LOWER(:named)"
    rows = await tx.all(f"SELECT creator_uuid FROM creators WHERE {where}", named=named)  # noqa: S608 - ours
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def fans_named(tx: Transaction, creator: CreatorId, named: str) -> list[FanId]:
    """Fans of a creator with this handle or id."""
    rows = await tx.all(
        """SELECT fan_uuid FROM fans WHERE creator_uuid = :creator
             AND (fan_uuid = :named OR LOWER(handle) = LOWER(:named))""",
        creator=creator,
        named=named,
    )
    return [FanId(row["fan_uuid"]) for row in rows]


async def rows_of(
    tx: Transaction, part: ExportTable, creator: CreatorId, fan: FanId | None, *, batch: int = 500
) -> AsyncIterator[Row]:
    """Every row of one part, in the order of its key, so many at once."""
    which = f"({part.which})" + (f" AND ({part.of_fan})" if fan is not None and part.of_fan else "")
    given: dict[str, Value] = {"creator": creator, "fan": fan or ""}
    key = ", ".join(part.key)
    after = f" AND ({key}) > ({', '.join(f':last_{column}' for column in part.key)})"
    last: dict[str, Value] = {}
    while True:
        rows = await tx.all(
            f"SELECT {part.columns} FROM {part.table} WHERE {which}{after if last else ''} "  # noqa: S608 - constants
            f"ORDER BY {key} LIMIT {batch}",
            **given,
            **last,
        )
        for row in rows:
            yield row
        if len(rows) < batch:
            return
        last = {f"last_{column}": rows[-1][column] for column in part.key}
