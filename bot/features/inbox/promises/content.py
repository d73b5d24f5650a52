"""A promise's texts, sealed as one: its words, and why it was dropped."""

import json
from dataclasses import asdict, dataclass

from bot.model.language import tr
from bot.model.ports import Sealer
from storage.inbox.promises import Promise
from storage.records import CreatorId


@dataclass(frozen=True)
class PromiseContent:
    what: str
    reason: str | None = None


def promise_place(promise: str, creator: CreatorId) -> str:
    """The place of a promise's sealed texts."""
    return f"promises|body|{promise}|{creator}"


def sealed(sealer: Sealer, promise: str, creator: CreatorId, texts: PromiseContent) -> bytes:
    return sealer.seal(promise_place(promise, creator), json.dumps(asdict(texts)).encode())


def opened(sealer: Sealer, promise: Promise) -> PromiseContent:
    """The texts; a damaged one says so, and can still be settled."""
    try:
        plain = sealer.open(promise_place(promise.id, promise.creator), promise.body)
    except ValueError:
        return PromiseContent(tr("(this promise is damaged and can't be read)"))
    return PromiseContent(**json.loads(plain))
