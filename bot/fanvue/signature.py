"""Checks the signature of a webhook over its raw bytes; pure.

Fanvue signs `t` + "." + body with HMAC-SHA256 and sends `X-Fanvue-Signature: t=…,v0=<hex>`. While a secret
is rotated, the new one's value follows bare: `t=…,v0=<hex>,<hex>`. The header names no key, so every known
secret is tried on every value.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from storage.records import Millis

HEADER = "X-Fanvue-Signature"
TOLERANCE: Millis = 300_000
_LONGEST_HEADER = 1024
_MOST_SIGNATURES = 4
_TIME = re.compile(r"[0-9]{1,12}")
_DIGEST = re.compile(r"[0-9a-fA-F]{64}")


class SignatureRefusal(Enum):
    """A reason to refuse a webhook."""

    MISSING = "no signature"
    MALFORMED = "a signature that is none"
    WRONG = "no known secret made this signature"
    STALE = "a right signature that is too old or from the future"


@dataclass(frozen=True)
class SignatureMatch:
    """The body is Fanvue's; `key` is the place of the secret that made the signature."""

    key: int


def verify(
    header: str | None, raw: bytes, secrets: Sequence[str], now: Millis
) -> SignatureMatch | SignatureRefusal:
    """Whether one of `secrets` signed exactly these bytes within five minutes of `now`, either way.

    Raises ValueError without a secret: nothing may run unsigned.
    """
    if not secrets or not all(secrets):
        raise ValueError("a webhook secret is missing or empty")
    if not header:
        return SignatureRefusal.MISSING
    read = _read(header)
    if read is None:
        return SignatureRefusal.MALFORMED
    time, signatures = read
    key = _key_of(f"{time}.".encode() + raw, signatures, secrets)
    if key is None:
        return SignatureRefusal.WRONG
    if abs(now - int(time) * 1000) > TOLERANCE:
        return SignatureRefusal.STALE
    return SignatureMatch(key)


def sign(raw: bytes, secret: str, seconds: int) -> str:
    """The header that Fanvue would send for these bytes at that time."""
    digest = hmac.new(secret.encode(), f"{seconds}.".encode() + raw, hashlib.sha256).hexdigest()
    return f"t={seconds},v0={digest}"


def _read(header: str) -> tuple[str, list[bytes]] | None:
    """The time exactly as it was written, and the signatures; None for anything that is not the form."""
    if len(header) > _LONGEST_HEADER:
        return None
    times: list[str] = []
    signatures: list[bytes] = []
    for part in header.split(","):
        name, equals, value = part.strip().partition("=")
        if name == "t":
            times.append(value)
        elif name == "v0":
            if not _DIGEST.fullmatch(value):
                return None
            signatures.append(bytes.fromhex(value))
        elif not equals and _DIGEST.fullmatch(name):
            signatures.append(bytes.fromhex(name))
    if len(times) != 1 or not _TIME.fullmatch(times[0]) or not 1 <= len(signatures) <= _MOST_SIGNATURES:
        return None
    return times[0], signatures


def _key_of(signed: bytes, signatures: Sequence[bytes], secrets: Sequence[str]) -> int | None:
    # Every pair is compared, so that the time taken does not tell which secret was right.
    key: int | None = None
    for place, secret in enumerate(secrets):
        expected = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
        for signature in signatures:
            if hmac.compare_digest(expected, signature) and key is None:
                key = place
    return key
