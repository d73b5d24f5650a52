"""Encrypts what must not lie in the database in clear; keys rotate.

An envelope is `1 | length of key id | key id | 96-bit nonce | ciphertext and tag` (AES-256-GCM). The
place of the value, `table|column|row|owner|generation`, and the envelope's own head are authenticated
with it: a value that was moved to another row or column does not open (R17).

Tokens and texts use different keys, derived from the same master key by what the place begins with. A third
one signs rows that must lie there in clear (`storage.engine.signed_rights`); a signature names its key, too.
A ring that is in use can take up a newer key; it never lets one go (`bot.features.operations.keys` says
when).
"""

import hmac
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.signer import Said

_VERSION = 1
_NONCE = 12
_TAG = 16
_KEY = 32
_LONGEST_ID = 64
# What somebody could act with, by how its place begins; everything else that is sealed is a text.
_TOKENS = ("tokens|", "attempts|", "pending_links|", "revocations|", "subscriptions|", "commands|token|")
_CANARY_PLACE = "instance|canary|1"
_CANARY = b"the key fits, and rights are signed"
_UNSIGNED = b"the key fits"  # as it was before there were signatures


class SealNotOpened(ValueError):
    """Raised when a blob is damaged, belongs to another place, or no key of the ring made it."""


class WrongKey(SealNotOpened):
    """Raised at start when the keys are not the ones this database was written with (exit 78)."""


@dataclass(frozen=True)
class MasterKey:
    """One master key; its id is written in clear into every envelope that it made."""

    id: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a key that AES-256 or the envelope cannot use."""
        if len(self.secret) != _KEY:
            raise ValueError(f"Encryption key {self.id!r} must have exactly 32 bytes.")
        if not 1 <= len(self.id.encode()) <= _LONGEST_ID:
            raise ValueError("The id of an encryption key has 1 to 64 bytes.")


class Keyring:
    """Several keys: the newest encrypts, all of them open."""

    def __init__(self, keys: Sequence[MasterKey], *, random: Callable[[int], bytes] = os.urandom) -> None:
        """`keys`: newest first. `random` must be cryptographic."""
        if not keys:
            raise ValueError("At least one encryption key is needed.")
        if len({key.id for key in keys}) != len(keys):
            raise ValueError("Two encryption keys have the same id.")
        self._random = random
        self._newest = keys[0].id
        self._ciphers: dict[tuple[str, str], AESGCM] = {}
        self._signing: dict[str, bytes] = {}
        self.learn(keys)

    @property
    def newest(self) -> str:
        """The id of the key that encrypts."""
        return self._newest

    @property
    def ids(self) -> list[str]:
        """The id of every key, the encrypting one first."""
        known = dict.fromkeys(key_id for key_id, _purpose in self._ciphers)
        return [self._newest, *(key_id for key_id in known if key_id != self._newest)]

    def learn(self, keys: Iterable[MasterKey]) -> None:
        """From now on open what these keys made, besides what is opened already."""
        keys = [*keys]
        self._signing = {**{key.id: _derive(key.secret, "rights") for key in keys}, **self._signing}
        fresh = {
            (key.id, purpose): AESGCM(_derive(key.secret, purpose))
            for key in keys
            for purpose in ("tokens", "texts")
        }
        self._ciphers = {**fresh, **self._ciphers}  # at once: other threads seal and open meanwhile

    def prefer(self, key_id: str) -> None:
        """From now on encrypt with this one of the ring's keys."""
        assert (key_id, "tokens") in self._ciphers
        self._newest = key_id

    def seal(self, place: str, plain: bytes) -> bytes:
        """Encrypt `plain` with the newest key, for this place only."""
        newest = self._newest  # once: another thread may be changing it
        head, nonce = head_of(newest), self._random(_NONCE)
        cipher = self._ciphers[newest, _purpose(place)]
        return head + nonce + cipher.encrypt(nonce, plain, head + place.encode())

    def open(self, place: str, sealed: bytes) -> bytes:
        """Decrypt what `seal` made for the same place; SealNotOpened in every other case."""
        head, key_id = _head(sealed)
        cipher = self._ciphers.get((key_id, _purpose(place)))
        if cipher is None:
            raise SealNotOpened("No key of the ring made this value.")
        nonce, body = sealed[len(head) : len(head) + _NONCE], sealed[len(head) + _NONCE :]
        try:
            return cipher.decrypt(nonce, body, head + place.encode())
        except InvalidTag as error:
            raise SealNotOpened("The value is damaged or belongs to another place.") from error

    def sign(self, said: Said) -> str:
        """A signature of what is said, by the newest key: 64 digits, a colon, the key's id."""
        newest = self._newest
        return f"{_mac(self._signing[newest], said)}:{newest}"

    def fits(self, said: Said, mac: str) -> bool:
        """Whether a key of the ring made this signature, of exactly this."""
        key = self._signing.get(mac.partition(":")[2])
        return key is not None and hmac.compare_digest(
            mac.partition(":")[0].encode(), _mac(key, said).encode()
        )

    def made_by_newest(self, sealed: bytes) -> bool:
        """Whether a value needs no re-encryption after a rotation."""
        return _head(sealed)[1] == self._newest

    def lacks(self, heads: Iterable[bytes]) -> list[str]:
        """Of the keys that made values which begin so, the ids of those that are not in the ring."""
        return sorted({id_in(head) for head in heads} - set(self.ids))

    def canary(self) -> bytes:
        """A value to keep in the database and to `check` at every start."""
        return self.seal(_CANARY_PLACE, _CANARY)

    def signs(self, canary: bytes) -> bool:
        """Whether rights are signed in the database of this canary. It says so itself, so nobody can deny it.

        Raises WrongKey when it was made by other keys than these.
        """
        self.check(canary)
        return self.open(_CANARY_PLACE, canary) == _CANARY

    def anew(self, canary: bytes) -> bytes:
        """The same canary by the newest key."""
        return self.seal(_CANARY_PLACE, self.open(_CANARY_PLACE, canary))

    def check(self, canary: bytes) -> None:
        """Raise WrongKey when `canary` was made by other keys than these."""
        try:
            plain = self.open(_CANARY_PLACE, canary)
        except SealNotOpened as error:
            raise WrongKey(
                "The encryption keys do not fit this database. Put the key back that it was written with."
            ) from error
        if plain not in (_CANARY, _UNSIGNED):
            raise WrongKey("The canary of this database says something else.")


def head_of(key_id: str) -> bytes:
    """The beginning of every value made by this key."""
    name = key_id.encode()
    return bytes((_VERSION, len(name))) + name


def id_in(head: bytes) -> str:
    """The key of the values that begin so."""
    return head[2:].decode(errors="replace")


def _derive(secret: bytes, purpose: str) -> bytes:
    info = f"fanvue-discord-bridge v1 {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=_KEY, salt=None, info=info).derive(secret)


def _mac(key: bytes, said: Said) -> str:
    # JSON of a list: no two different lists are written the same way.
    return hmac.digest(key, json.dumps(said).encode(), "sha256").hex()


def _purpose(place: str) -> str:
    return "tokens" if place.startswith(_TOKENS) else "texts"


def _head(sealed: bytes) -> tuple[bytes, str]:
    if len(sealed) < 2 or sealed[0] != _VERSION:  # noqa: PLR2004 - the two bytes before the key id
        raise SealNotOpened("The value is no envelope of this program.")
    end = 2 + sealed[1]
    if len(sealed) < end + _NONCE + _TAG:
        raise SealNotOpened("The value is cut short.")
    try:
        return sealed[:end], sealed[2:end].decode()
    except UnicodeDecodeError as error:
        raise SealNotOpened("The value is no envelope of this program.") from error
