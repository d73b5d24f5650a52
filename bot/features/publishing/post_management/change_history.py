"""The last person who had the same done to a post, as far as the outbox knows."""

from contextlib import suppress
from dataclasses import dataclass

from bot.engine.outbox import Effects
from bot.engine.streams import proposal_stream
from bot.features.publishing.proposals.model import Content
from bot.model.errors import SealDamaged, TextErased
from storage.database import Transaction
from storage.engine import outbox
from storage.records import CreatorId, DiscordId, Effect, EffectId, EffectState, Millis

_BACK: Millis = 7 * 24 * 3_600_000
_COUNTS = (EffectState.DONE, EffectState.SENDING, EffectState.UNKNOWN, EffectState.ABSENT)


@dataclass(frozen=True)
class PostChangeKey:
    """A deed: of which feature, to which post of whom."""

    creator: CreatorId
    feature: str
    post: str


@dataclass(frozen=True)
class EarlierPostChange:
    """A deed that took place, or may have."""

    actor: DiscordId
    at: Millis
    state: EffectState


async def last(
    tx: Transaction,
    effects: Effects,
    which: PostChangeKey,
    *,
    now: Millis,
    since: Millis | None = None,
    besides: EffectId | None = None,
) -> EarlierPostChange | None:
    """The newest such deed that was confirmed since then, or within a week."""
    stream = proposal_stream(which.creator, which.feature)
    for effect in reversed(await outbox.in_stream(tx, stream, since=now - _BACK)):
        at = effect.settled_at or effect.attempt_started or effect.created_at
        if effect.state not in _COUNTS or effect.id == besides or (since is not None and at < since):
            continue
        body = _body(effects, effect)
        if body is not None and body["content"]["post"] == which.post:
            return EarlierPostChange(DiscordId(body["actor"]), at, effect.state)
    return None


def _body(effects: Effects, effect: Effect) -> Content | None:
    with suppress(SealDamaged, TextErased):
        return effects.body(effect)
    return None
