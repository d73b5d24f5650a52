"""Proves that a request comes from whoever holds the bridge's encryption keys.

Everybody on a machine may reach a listener of its loopback. So the shell signs what it asks for, with the key
that signs rows of rights, and the running bridge looks whether a key of its own made that.
"""

from typing import Final

from bot.features.people.accounts.keyring import Keyring
from storage.records import Millis

SCHEME: Final = "Bridge-Operator"
_LASTS: Final[Millis] = 60_000  # a request that is older, or from that far ahead, counts no more


def signed_request(ring: Keyring, method: str, target: str, *, now: Millis) -> str:
    """The header `Authorization`. `target`: path and query as they are sent; there is no body."""
    return f"{SCHEME} {now} {ring.sign(_said(method, target, now))}"


def is_operator(ring: Keyring, header: str, method: str, target: str, *, now: Millis) -> bool:
    """Whether this header was made for this request by one of these keys, within the last minute."""
    parts = header.split(" ")
    if not header.isascii():  # a header may hold bytes that are no letters
        return False
    if len(parts) != 3 or parts[0] != SCHEME or not _is_number(parts[1]):  # noqa: PLR2004 - the three above
        return False
    at = int(parts[1])
    return abs(now - at) <= _LASTS and ring.fits(_said(method, target, at), parts[2])


def _said(method: str, target: str, at: Millis) -> tuple[str | int, ...]:
    # No row of rights begins so: its first part is the name of a table.
    return ("operator request", method, target, at)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 16  # noqa: PLR2004 - milliseconds until year 300,000
