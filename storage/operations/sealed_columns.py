"""Every column of sealed values, and the place of each of its values.

Each new BYTEA column of the schema needs a line here, or nothing in it could ever go over to a new
key: a test compares this list with the schema, and `keys rotate` refuses a database that has others.
"""

from typing import Final

from storage.operations.sealed_values import SealedColumn

_OF_LINK: Final = {
    name: f"(SELECT links.{name} FROM links WHERE links.id = tokens.link_id)"  # noqa: S608 - our own
    for name in ("creator_uuid", "discord_user", "guild_id", "kind")
}
_WHOSE: Final = "{discord_user}|{guild_id}|{kind}"

PLACES: Final = (
    SealedColumn("agent_requests", "body_ct", "agent_requests|body|{id}"),
    SealedColumn("attempts", "verifier_ct", "attempts|verifier_ct|{state_hash}|{step}"),
    SealedColumn("audit_head", "key_ct", "audit_head|key|{one}"),
    SealedColumn("commands", "body_ct", "commands|body|{id}"),
    SealedColumn("commands", "token_ct", "commands|token|{id}"),
    SealedColumn("compositions", "body_ct", "compositions|body|{id}|{creator_uuid}"),
    SealedColumn("credit_moves", "body_ct", "credit_moves|body|{id}|{creator_uuid}"),
    SealedColumn("earnings_told", "body_ct", "earnings_told|body|{fact_id}|{creator_uuid}"),
    SealedColumn("fan_tags", "body_ct", "fan_tags|body|{id}|{creator_uuid}"),
    SealedColumn("guard_words", "body_ct", "guard_words|body|{guild_id}|{creator_uuid}"),
    SealedColumn("inbox", "body_ct", "inbox|body|{id}|{creator_uuid}"),
    SealedColumn("instance", "canary", "instance|canary|{one}"),
    SealedColumn("instance", "secret_ct", "instance|secret|{one}"),
    SealedColumn("list_jobs", "body_ct", "list_jobs|body|{id}|{creator_uuid}"),
    SealedColumn("notes", "body_ct", "notes|body|{id}|{creator_uuid}"),
    SealedColumn("outbox", "body_ct", "outbox|body|{id}|{creator_uuid}"),
    SealedColumn("pending_links", "tokens_ct", f"pending_links|tokens_ct|{{id}}|{{creator_uuid}}|{_WHOSE}"),
    SealedColumn("program_webhooks", "body_ct", "program_webhooks|body|{id}|{creator_uuid}|{key_id}"),
    SealedColumn("promises", "body_ct", "promises|body|{id}|{creator_uuid}"),
    SealedColumn("proposals", "body_ct", "proposals|body|{draft_id}"),
    SealedColumn("pseudonyms", "key_ct", "pseudonyms|key|{creator_uuid}|{fan_uuid}"),
    SealedColumn("revocations", "refresh_ct", "revocations|refresh_ct|{id}"),
    SealedColumn("routing_lists", "body_ct", "routing_lists|body|{list_key}|{creator_uuid}"),
    SealedColumn("routing_rules", "body_ct", "routing_rules|body|{id}|{creator_uuid}"),
    SealedColumn("subscriptions", "secret_ct", "subscriptions|secret|{id}|{creator_uuid}"),
    SealedColumn("templates", "body_ct", "templates|body|{id}"),
    *(
        SealedColumn(
            "tokens",
            column,
            f"tokens|{column}|{{link_id}}|{{creator_uuid}}|{{generation}}|{_WHOSE}",
            _OF_LINK,
        )
        for column in ("access_ct", "refresh_ct")
    ),
    SealedColumn("uploads", "body_ct", "uploads|body|{id}|{creator_uuid}"),
)
