"""The person who launched, changed or ended a mass message from here."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.engine.outbox import Effects, unpack_post
from bot.engine.streams import proposal_stream
from bot.features.publishing.proposals.model import kind_of
from bot.model.draft_source import DraftMark, mark_of
from bot.model.errors import SealDamaged, TextErased
from bot.model.ports import Post
from storage.database import Transaction
from storage.engine import draft_marks, outbox, sent_message_ids
from storage.publishing import campaigns
from storage.records import CreatorId, DiscordId, Effect, EffectId, EffectState, Millis

_BACK: Millis = 30 * 86_400_000
_MASS = "mass"
_UNDER_WAY = (EffectState.PENDING, EffectState.SENDING, EffectState.UNKNOWN)
_COUNTS = (EffectState.PENDING, EffectState.SENDING, EffectState.UNKNOWN, EffectState.DONE)


@dataclass(frozen=True)
class CampaignActor:
    """A member's press, and how far it is."""

    who: DiscordId
    at: Millis
    done: bool


@dataclass(frozen=True)
class OwnSend:
    """A mass message that was confirmed here. `content`, `shown`: as its effect has them."""

    effect: Effect
    content: Mapping[str, Any]
    shown: Post


class CampaignActors:
    """Read from effects; part of the caller's transaction."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects

    async def launched(self, tx: Transaction, creator: CreatorId, message: str) -> DiscordId | None:
        """The person who confirmed it here; None: made elsewhere, or too long ago."""
        followed = await campaigns.get(tx, creator, message)
        if followed is not None:
            return followed.by
        owner = await sent_message_ids.owner(tx, creator, message)
        effect = await outbox.get(tx, owner) if owner is not None else None
        body = self._body(effect) if effect is not None else None
        return DiscordId(body["actor"]) if body is not None else None

    async def drafted(self, tx: Transaction, creator: CreatorId, message: str) -> DraftMark | None:
        """Which draft it was confirmed from here; None where a person began it."""
        owner = await sent_message_ids.owner(tx, creator, message)
        return None if owner is None else mark_of(await draft_marks.of_effect(tx, owner))

    async def latest(
        self, tx: Transaction, creator: CreatorId, feature: str, message: str, *, now: Millis
    ) -> CampaignActor | None:
        """The last press of this feature about this message that counts or is under way."""
        stream = proposal_stream(creator, feature)
        about = {message, await sent_message_ids.owner(tx, creator, message)} - {None, ""}
        for effect in reversed(await outbox.in_stream(tx, stream, since=now - _BACK)):
            body = self._body(effect) if effect.state in _COUNTS else None
            if body is not None and about & {body["content"]["campaign"], body["content"].get("of")}:
                done = effect.state is EffectState.DONE
                return CampaignActor(DiscordId(body["actor"]), effect.created_at, done)
        return None

    async def send(self, tx: Transaction, creator: CreatorId, ref: str) -> OwnSend | None:
        """The mass message of this effect."""
        found = await outbox.get(tx, EffectId(ref))
        if found is None or (found.creator, found.kind) != (creator, kind_of(_MASS)):
            return None
        return self._own(found)

    async def leaving(self, tx: Transaction, creator: CreatorId, *, since: Millis) -> list[OwnSend]:
        """Those that have not ended, newest first."""
        made = await outbox.in_stream(tx, proposal_stream(creator, _MASS), since=since)
        found = [self._own(one) for one in reversed(made) if one.state in _UNDER_WAY]
        return [one for one in found if one is not None]

    def _own(self, effect: Effect) -> OwnSend | None:
        body = self._body(effect)
        return None if body is None else OwnSend(effect, body["content"], unpack_post(body["shown"]))

    def _body(self, effect: Effect) -> dict[str, Any] | None:
        with suppress(SealDamaged, TextErased):
            return self._effects.body(effect)
        return None
