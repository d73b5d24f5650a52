"""What an owner reads about keys of programs."""

from collections.abc import Mapping, Sequence

from bot.access.roles import TeamRole
from bot.features.people.team.texts import ROLE_WORDS
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Post
from bot.text.safe_text import one_line, safe
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope
from storage.records import Millis

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
    said = does(key.name, key.scope, key.role, handle=handle, until=key.expires_at)
    address = f"{url}/api/v1/creators/{handle}/context"
    return Post(
        title=tr("New key for a program"),
        body=(f"{said}\n{tr(_ONCE)}", f"```\n{text}\n```", f"```\n{address}\n```"),
        small=tr("The program sends it as “Authorization: Bearer …”."),
    )


def does(name: str, scope: ApiKeyScope, role: str, *, handle: str, until: Millis) -> str:
    """What a program does with a key."""
    return tr(
        _MADE[scope],
        name=safe(name),
        handle=safe(one_line(handle, _NAME)),
        role=tr(ROLE_WORDS[TeamRole(role)]),
        until=until // 1000,
    )


def listed(
    keys: Sequence[ApiKeyRecord], webhooks: Mapping[str, int], *, agents: frozenset[str], handle: str
) -> Post:
    """The valid ones, the newest first. `webhooks`: how many a key has. `agents`: keys of those signed in."""
    whose = safe(one_line(handle, _NAME))
    if not keys:
        return Post(body=(tr(_NONE, handle=whose, command="/settings keys new"),))
    lines = "\n".join(_line(key, webhooks.get(key.id, 0), signed_in=key.id in agents) for key in keys[:_LIST])
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


def _line(key: ApiKeyRecord, webhooks: int, *, signed_in: bool) -> str:
    until = tr("until <t:{until}:D>", until=key.expires_at // 1000)
    used = (
        tr("never used")
        if key.used_at is None
        else tr("last used <t:{moment}:R>", moment=key.used_at // 1000)
    )
    opens = (tr(_OPENS[key.scope]),) if key.scope in _OPENS else ()
    hears = (tr_many("{n} webhook", "{n} webhooks", webhooks),) if webhooks else ()
    agent = (tr("agent that signed in"),) if signed_in else ()
    return " · ".join((f"**{safe(key.name)}**", *agent, role(key), *opens, *hears, until, used))
