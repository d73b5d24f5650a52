"""What an owner reads about keys of programs."""

from collections.abc import Sequence

from bot.access.roles import TeamRole
from bot.features.people.team.texts import ROLE_WORDS
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Post
from bot.text.safe_text import one_line, safe
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope

NO_KEY = msgid("This creator has no such key.")
_NONE = msgid("No program has a key for @{handle}. Make one with {command}.")
_ONCE = msgid("Copy it now: it is shown only this once.")
_MADE = {
    ApiKeyScope.DATA: msgid("**{name}** reads lists and figures of @{handle} as {role} until <t:{until}:D>."),
    ApiKeyScope.CHATS: msgid(
        "**{name}** reads lists, figures and chats of @{handle} as {role} until <t:{until}:D>."
    ),
    ApiKeyScope.DRAFTS: msgid(
        "**{name}** reads lists, figures and chats of @{handle} as {role} until <t:{until}:D>, "
        "and writes drafts that your team sends."
    ),
}
_OPENS = {ApiKeyScope.CHATS: msgid("reads chats"), ApiKeyScope.DRAFTS: msgid("writes drafts")}
_LIST = 20
_NAME = 40


def made(key: ApiKeyRecord, text: str, *, handle: str, url: str) -> Post:
    """The new key, and where a program uses it."""
    said = tr(
        _MADE[key.scope],
        name=safe(key.name),
        handle=safe(one_line(handle, _NAME)),
        role=role(key),
        until=key.expires_at // 1000,
    )
    address = f"{url}/api/v1/creators/{handle}/context"
    return Post(
        title=tr("New key for a program"),
        body=(f"{said}\n{tr(_ONCE)}", f"```\n{text}\n```", f"```\n{address}\n```"),
        small=tr("The program sends it as “Authorization: Bearer …”."),
    )


def listed(keys: Sequence[ApiKeyRecord], *, handle: str) -> Post:
    """The valid ones, the newest first."""
    whose = safe(one_line(handle, _NAME))
    if not keys:
        return Post(body=(tr(_NONE, handle=whose, command="/settings keys new"),))
    lines = "\n".join(_line(key) for key in keys[:_LIST])
    return Post(title=tr("Keys of programs for @{handle}", handle=whose), body=(lines,))


def revoked(key: ApiKeyRecord) -> str:
    return tr("**{name}** is revoked: it opens nothing from now on.", name=safe(key.name))


def number(keys: Sequence[ApiKeyRecord]) -> str:
    """What /settings says."""
    return tr_many("{n} program", "{n} programs", len(keys)) if keys else tr("none")


def choice(key: ApiKeyRecord) -> str:
    """One of those that somebody may choose to revoke."""
    return f"{key.name} · {role(key)}"


def role(key: ApiKeyRecord) -> str:
    return tr(ROLE_WORDS[TeamRole(key.role)])


def _line(key: ApiKeyRecord) -> str:
    until = tr("until <t:{until}:D>", until=key.expires_at // 1000)
    used = (
        tr("never used")
        if key.used_at is None
        else tr("last used <t:{moment}:R>", moment=key.used_at // 1000)
    )
    opens = (tr(_OPENS[key.scope]),) if key.scope in _OPENS else ()
    return " · ".join((f"**{safe(key.name)}**", role(key), *opens, until, used))
