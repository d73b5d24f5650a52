"""Idempotency keys on sends: honoured, ignored or soon forgotten."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.fanvue.calls import ApiAnswer, refuse
from bot.sandbox.fanvue.state import FanvueState


@dataclass(frozen=True)
class IdempotencySeal:
    """The key of one send together with who sends what where."""

    place: tuple[str, ...]
    digest: str

    @classmethod
    def of(cls, key: str, client_id: str, user: str, path: str, body: bytes) -> "IdempotencySeal":
        return cls((client_id, user, path, key), hashlib.sha256(body).hexdigest())


class IdempotencyReplays:
    """Remembers the first answer to each key for as long as the switch says."""

    def __init__(self, state: FanvueState) -> None:
        self._state = state
        self._answers: dict[tuple[str, ...], tuple[str, ApiAnswer, datetime]] = {}

    def find(self, seal: IdempotencySeal) -> ApiAnswer | None:
        """The first answer to this key; another body under the same key is refused."""
        switches = self._state.switches
        known = self._answers.get(seal.place)
        if known is None or switches.idempotency == "ignored":
            return None
        digest, answer, at = known
        forget_at = at + switches.window(switches.forget_after_seconds)
        if switches.idempotency == "forgotten" and self._state.now() >= forget_at:
            return None
        if digest != seal.digest:
            # The real status of this conflict is not known; 400 is the documented one that fits.
            refuse(400, "This Idempotency-Key was used with another body")
        return answer

    def keep(self, seal: IdempotencySeal, answer: ApiAnswer) -> None:
        """Only what was accepted is kept: a refused send may be corrected under the same key."""
        self._answers[seal.place] = (seal.digest, answer, self._state.now())
