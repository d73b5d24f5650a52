"""Every column of sealed values, and where each of its values is at home.

Whoever adds a BYTEA column to the schema adds its line here, or nothing in it could ever go over to a new
key: a test compares this list with the schema, and `keys rotate` refuses a database that has others.
"""

from typing import Final

from storage.resealing import Sealed

_OF_LINK: Final = {
    name: f"(SELECT links.{name} FROM links WHERE links.id = tokens.link_id)"  # noqa: S608 - our own
    for name in ("creator_uuid", "discord_user", "guild_id", "kind")
}
_WHOSE: Final = "{discord_user}|{guild_id}|{kind}"

PLACES: Final = (
    Sealed("attempts", "verifier_ct", "attempts|verifier_ct|{state_hash}|{step}"),
    Sealed("audit_head", "key_ct", "audit_head|key|{one}"),
    Sealed("commands", "body_ct", "commands|body|{id}"),
    Sealed("commands", "token_ct", "commands|token|{id}"),
    Sealed("compositions", "body_ct", "compositions|body|{id}|{creator_uuid}"),
    Sealed("credit_moves", "body_ct", "credit_moves|body|{id}|{creator_uuid}"),
    Sealed("fan_tags", "body_ct", "fan_tags|body|{id}|{creator_uuid}"),
    Sealed("inbox", "body_ct", "inbox|body|{id}|{creator_uuid}"),
    Sealed("instance", "canary", "instance|canary|{one}"),
    Sealed("instance", "secret_ct", "instance|secret|{one}"),
    Sealed("list_jobs", "body_ct", "list_jobs|body|{id}|{creator_uuid}"),
    Sealed("notes", "body_ct", "notes|body|{id}|{creator_uuid}"),
    Sealed("outbox", "body_ct", "outbox|body|{id}|{creator_uuid}"),
    Sealed("pending_links", "tokens_ct", f"pending_links|tokens_ct|{{id}}|{{creator_uuid}}|{_WHOSE}"),
    Sealed("promises", "body_ct", "promises|body|{id}|{creator_uuid}"),
    Sealed("proposals", "body_ct", "proposals|body|{draft_id}"),
    Sealed("pseudonyms", "key_ct", "pseudonyms|key|{creator_uuid}|{fan_uuid}"),
    Sealed("revocations", "refresh_ct", "revocations|refresh_ct|{id}"),
    Sealed("subscriptions", "secret_ct", "subscriptions|secret|{id}|{creator_uuid}"),
    Sealed("templates", "body_ct", "templates|body|{id}"),
    *(
        Sealed(
            "tokens",
            column,
            f"tokens|{column}|{{link_id}}|{{creator_uuid}}|{{generation}}|{_WHOSE}",
            _OF_LINK,
        )
        for column in ("access_ct", "refresh_ct")
    ),
    Sealed("uploads", "body_ct", "uploads|body|{id}|{creator_uuid}"),
)
