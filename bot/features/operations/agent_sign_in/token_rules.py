"""The short code, and tokens: how they are written and read (pure)."""

import base64
import hashlib
import hmac
import re
from typing import Final

from bot.features.people.accounts.browser_secrets import hashed

_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so no words; nothing that looks like a digit
_HALF: Final = 4
_ACCESS: Final = re.compile(r"fba\.([A-Za-z0-9_-]{1,60})\.([A-Za-z0-9_-]{43})")
_REFRESH: Final = re.compile(r"fbr\.([A-Za-z0-9_-]{1,60})\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})")
_VERIFIER: Final = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def short_code(browser: str) -> str:
    """The code that this browser's page shows: it follows from the browser's secret, and is kept nowhere."""
    number = int.from_bytes(hmac.digest(browser.encode(), b"short code", "sha256"))
    letters = ""
    for _ in range(2 * _HALF):
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return f"{letters[:_HALF]}-{letters[_HALF:]}"


def code_hash(typed: str) -> str:
    """The digest of a code, however somebody typed it."""
    return hashed("".join(letter for letter in typed.upper() if letter in _LETTERS))


def access_token(key: str, secret: str) -> str:
    """It opens something for an hour."""
    return f"fba.{key}.{secret}"


def read_access(text: str) -> tuple[str, str] | None:
    """Its key, and its secret."""
    found = _ACCESS.fullmatch(text)
    return (found[1], found[2]) if found else None


def refresh_token(key: str, family: str, secret: str) -> str:
    """It brings the next two. `family` stays the same, so that an old one is known as such."""
    return f"fbr.{key}.{family}.{secret}"


def read_refresh(text: str) -> tuple[str, str, str] | None:
    """Its key, its family and its secret."""
    found = _REFRESH.fullmatch(text)
    return (found[1], found[2], found[3]) if found else None


def verifies(verifier: str, challenge: str) -> bool:
    """PKCE with S256."""
    if not _VERIFIER.fullmatch(verifier):
        return False
    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    return hmac.compare_digest(made, challenge)
