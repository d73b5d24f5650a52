"""A promise's texts: what was promised, and why it was dropped; sealed as one."""

import json
from dataclasses import asdict, dataclass

from bot.model.ports import Sealer
from storage.inbox.promises import Promise
from storage.records import CreatorId

_UNREADABLE = "(what was promised is damaged and cannot be read)"


@dataclass(frozen=True)
class PromiseContent:
    """As they were typed."""

    what: str
    reason: str | None = None


def promise_place(promise: str, creator: CreatorId) -> str:
    """Where a promise's sealed texts are at home."""
    return f"promises|body|{promise}|{creator}"


def sealed(sealer: Sealer, promise: str, creator: CreatorId, texts: PromiseContent) -> bytes:
    """What the database keeps."""
    return sealer.seal(promise_place(promise, creator), json.dumps(asdict(texts)).encode())


def opened(sealer: Sealer, promise: Promise) -> PromiseContent:
    """The texts; what is damaged says so, and can still be settled."""
    try:
        plain = sealer.open(promise_place(promise.id, promise.creator), promise.body)
    except ValueError:
        return PromiseContent(_UNREADABLE)
    return PromiseContent(**json.loads(plain))
