"""A browser's secrets during a link, and what is kept: hashes, CSRF (pure)."""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Sequence

Random = Callable[[int], bytes]
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 bits in base64url without padding
_LONGEST_CODE = 2048


def new_secret(random: Random) -> str:
    """256 random bits as 43 characters that fit a path, a cookie and a query."""
    return base64.urlsafe_b64encode(random(32)).rstrip(b"=").decode()


def is_secret(text: str) -> bool:
    """Whether `text` has the shape of `new_secret`; nothing else is ever looked up."""
    return _SECRET.fullmatch(text) is not None


def hashed(secret: str) -> str:
    """The stored form of a secret; 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same_hash(secret: str, stored: str) -> bool:
    """Compare a secret with its stored hash in constant time."""
    return hmac.compare_digest(hashed(secret), stored)


def csrf_of(cookie: str, ticket: str) -> str:
    """The token a page carries: only who knows the browser's cookie can make it."""
    return hmac.new(cookie.encode(), b"csrf|" + ticket.encode(), hashlib.sha256).hexdigest()


def one(params: Sequence[tuple[str, str]], name: str) -> str | None:
    """The value of a parameter that is there exactly once; None when absent.

    Raises ValueError when it is there twice: two readers could see two different values.
    """
    values = [value for key, value in params if key == name]
    if len(values) > 1:
        raise ValueError(f"{name} is given twice")
    return values[0] if values else None


def is_code(code: str) -> bool:
    """Whether an authorization code has a length we send on."""
    return 1 <= len(code) <= _LONGEST_CODE and code.isprintable()
