"""Says, independently of the bridge, whether a request is Fanvue's own (pure)."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

WINDOW = 300  # seconds, either way
_BLOCK = 64
_MOST_SIGNATURES = 4
_LONGEST = 1024
_HEX = frozenset("0123456789abcdefABCDEF")
_DIGITS = frozenset("0123456789")


def mac(secret: str, message: bytes) -> str:
    """HMAC-SHA256 as RFC 2104 defines it, written out so that it shares nothing with the bridge."""
    key = secret.encode()
    key = (sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in key) + message).digest()
    return sha256(bytes(byte ^ 0x5C for byte in key) + inner).hexdigest()


def authentic(header: str, body: bytes, secrets: Iterable[str], now: int) -> bool:
    """Whether this header proves that somebody who knows a secret signed exactly this body just now."""
    fields = [field.strip().split("=", 1) for field in header.split(",")]
    if len(header) > _LONGEST:
        return False
    times = [field[1] for field in fields if field[0] == "t" and len(field) > 1]
    times += ["" for field in fields if field == ["t"]]
    marks = [field[1] if len(field) > 1 else "" for field in fields if field[0] == "v0"]
    if len(times) != 1 or not 1 <= len(times[0]) <= 12 or not set(times[0]) <= _DIGITS:
        return False
    if not 1 <= len(marks) <= _MOST_SIGNATURES or not all(_is_digest(mark) for mark in marks):
        return False
    if abs(now - int(times[0])) > WINDOW:
        return False
    wanted = {mac(secret, times[0].encode() + b"." + body) for secret in secrets}
    return any(mark.lower() in wanted for mark in marks)


def any_authentic(headers: Sequence[str], body: bytes, secrets: Sequence[str], now: int) -> bool:
    """Whether at least one of several headers proves it."""
    return any(authentic(header, body, secrets, now) for header in headers)


def _is_digest(mark: str) -> bool:
    return len(mark) == sha256().digest_size * 2 and set(mark) <= _HEX
