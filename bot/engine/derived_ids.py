"""Ids derived from what they stand for: the same after a restored backup.

A restored database decides again what was decided after its backup was made, and gives everything the same
id as then: its post is found on Discord by the reference in its button (R19). An id is an HMAC-SHA256
under a secret of the installation, cut to 128 bits. It says nothing, and nobody else can make one.
"""

import base64
import hmac
import json

from storage.records import CreatorId, DiscordId, DraftId, EffectId, FactId, FanId, Reference, ThreadKey

_BYTES = 16
_TRACE_BYTES = 24


class DerivedIds:
    """Makes ids of 22 characters of base64url: equal for equal things, different for all others."""

    def __init__(self, secret: bytes) -> None:
        """`secret`: kept in the database, so that a backup has it too."""
        self._secret = secret

    def fact(self, creator: CreatorId, kind: str, key: str) -> FactId:
        """One row of the inbox, whichever source tells it."""
        return FactId(self._of("fact", creator, kind, key))

    def effect(self, cause: str, part: str) -> EffectId:
        """One row of the outbox; of a post it is also the reference in its button."""
        return EffectId(self._of("effect", cause, part))

    def thread(self, creator: CreatorId, fan: FanId, generation: int) -> ThreadKey:
        return ThreadKey(self._of("thread", creator, fan, str(generation)))

    def card(self, thread: ThreadKey) -> Reference:
        """The reference by which a forum post is found."""
        return Reference(self._of("card", thread))

    def board(self, creator: CreatorId) -> Reference:
        """The reference by which a creator's board is found."""
        return Reference(self._of("board", creator))

    def waiting(self, creator: CreatorId) -> Reference:
        """The reference by which the message that says who waits is found."""
        return Reference(self._of("waiting", creator))

    def postcard(self, creator: CreatorId, post: str) -> EffectId:
        """The effect that opens a followed post's thread; also the reference by which it is found."""
        return self.effect(f"postcard:{creator}:{post}", "open")

    def window(self, actor: DiscordId, channel: DiscordId, seen: int, changes: str) -> DraftId:
        """The window in which somebody answers what a thread shows up to there, or changes a kept reply."""
        return DraftId(self._of("window", str(actor), str(channel), str(seen), changes))

    def upload(self, creator: CreatorId, source: str) -> str:
        """A file that somebody had put into a creator's vault, as it lay there then."""
        return self._of("upload", creator, source)

    def contents(self, creator: CreatorId, sha256: str) -> str:
        """By which the same bytes in the same vault are known; without the secret nobody can try files."""
        return self._of("contents", creator, sha256)

    def hashed(self, value: str) -> str:
        """16 hex digits by which equal values are known; without the secret nobody can try values."""
        return hmac.digest(self._secret, b"value " + value.encode(), "sha256").hex()[:16]

    def trace(self, cause: str) -> bytes:
        """24 bytes that number the trace of a fact or a command, and its first span."""
        return hmac.digest(self._secret, b"trace " + cause.encode(), "sha256")[:_TRACE_BYTES]

    def place(self, creator: CreatorId, guild: DiscordId) -> Reference:
        """Name a creator on a server, for the question whether they stay."""
        return Reference(self._of("place", creator, str(guild)))

    def _of(self, *what: str) -> str:
        digest = hmac.digest(self._secret, json.dumps(what).encode(), "sha256")
        return base64.urlsafe_b64encode(digest[:_BYTES]).decode().rstrip("=")
