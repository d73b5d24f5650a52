"""What a key is, and as what it may read (pure).

ApiKeyNotUnderstood    something typed is not one of the choices; str() says which there are
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.access.roles import ALLOWS, SEES, Permission, RoleGrant, TeamRole, TeamStanding
from bot.model.language import msgid, tr
from bot.text.safe_text import one_line
from storage.people.api_keys import ApiKeyScope
from storage.records import DiscordId, Millis

PREFIX: Final = "fbk"  # so that programs that look for lost secrets find it
SECRET_BYTES: Final = 32
USUAL_DAYS, MOST_DAYS = 90, 365
_NAME: Final = 40  # letters
_DAY: Final[Millis] = 86_400_000
# Each role that may do anything, with what it may usually do.
STANDINGS: Final[Mapping[TeamRole, TeamStanding]] = {
    role: TeamStanding(role, RoleGrant("", "role", DiscordId(0), role).permissions, SEES[role])
    for role in TeamRole
    if ALLOWS[role]
}
_WRITTEN: Final = re.compile(rf"{PREFIX}\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
_NAMELESS: Final = msgid("Give the key a name, for example n8n.")
_NO_WRITER: Final = msgid("A viewer answers nobody. For drafts choose the role chatter or above.")


class ApiKeyNotUnderstood(Exception):
    """Raised with a sentence for whoever typed it."""


@dataclass(frozen=True)
class ApiKeyWish:
    """A key that somebody wants. `lasts`: milliseconds."""

    name: str
    role: TeamRole
    lasts: Millis
    scope: ApiKeyScope = ApiKeyScope.DATA


def wished(asked: Mapping[str, str]) -> ApiKeyWish:
    """The key of these words. Raises ApiKeyNotUnderstood."""
    name = one_line(asked.get("name", ""), _NAME)
    if not name:
        raise ApiKeyNotUnderstood(tr(_NAMELESS))
    role, scope = role_of(asked.get("role", TeamRole.MANAGER)), _scope(asked.get("scope", ApiKeyScope.DATA))
    if scope is ApiKeyScope.DRAFTS and Permission.DRAFT not in STANDINGS[role].permissions:
        raise ApiKeyNotUnderstood(tr(_NO_WRITER))
    return ApiKeyWish(name, role, _days(asked.get("days")) * _DAY, scope)


def role_of(typed: str) -> TeamRole:
    """The role that is meant. Raises ApiKeyNotUnderstood."""
    if typed not in set(STANDINGS):
        raise ApiKeyNotUnderstood(f"{typed[:_NAME]!r} is no role. Choose: {', '.join(STANDINGS)}.")
    return TeamRole(typed)


def _scope(typed: str) -> ApiKeyScope:
    if typed not in set(ApiKeyScope):
        raise ApiKeyNotUnderstood(f"{typed[:_NAME]!r} is no scope. Choose: {', '.join(ApiKeyScope)}.")
    return ApiKeyScope(typed)


def written(key: str, secret: bytes) -> str:
    """The key as a program sends it."""
    return f"{PREFIX}.{key}.{base64.urlsafe_b64encode(secret).decode().rstrip('=')}"


def read(text: str) -> tuple[str, str] | None:
    """Its id, and the digest of its secret; None where it is no key."""
    found = _WRITTEN.fullmatch(text)
    return (found[1], digest(found[2])) if found else None


def digest(secret: str) -> str:
    """A secret of 256 random bits needs no slow digest: nobody tries all of them."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _days(typed: str | None) -> int:
    if typed is None:
        return USUAL_DAYS
    if not (typed.isascii() and typed.isdigit() and len(typed) < 5 and 1 <= int(typed) <= MOST_DAYS):  # noqa: PLR2004 - enough digits
        raise ApiKeyNotUnderstood(f"A key lasts from 1 to {MOST_DAYS} days.")
    return int(typed)
