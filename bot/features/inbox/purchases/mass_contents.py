"""The contents of mass messages, read from their effects once."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from bot.engine.outbox import Effects
from bot.model.errors import SealDamaged, TextErased
from bot.relay.send_match import same_words
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import mass_offers
from storage.inbox.mass_offers import MassOffer
from storage.records import CreatorId, Effect, EffectId, MediaId, Millis

_LATER = ("_change", "_end")  # behind the kind of a mass message: what is done with one that is planned


class MassMessageContents:
    """Works in the caller's transaction, which writes: messages never looked into are read first."""

    def __init__(self, effects: Effects, kind: str) -> None:
        """`kind`: of the effects that are mass messages."""
        self._effects = effects
        self._kind = kind

    async def since(self, tx: Transaction, creator: CreatorId, since: Millis) -> list[MassOffer]:
        """Those with items that went out since then, may have, or are to, newest first."""
        for effect in await mass_offers.unread(tx, creator, self._kind):
            await self._read(tx, effect, creator)
        for kind in _LATER:
            for effect in await mass_offers.unread(tx, creator, self._kind + kind, carried_out=True):
                await self._read_later(tx, effect, creator)
        return await mass_offers.since(tx, creator, since)

    async def like(
        self, tx: Transaction, creator: CreatorId, text: str | None, *, since: Millis
    ) -> MassOffer | None:
        """The newest one since then with these words, also ended or without items; else nothing tells."""
        await self.since(tx, creator, since)
        for mass in await mass_offers.since(tx, creator, since, all_of=self._kind) if text else ():
            effect = await outbox.get(tx, mass.effect)
            with suppress(SealDamaged, TextErased):
                if effect is not None and same_words(self._effects.body(effect)["content"]["text"], text):
                    return mass
        return None

    async def ended(self, tx: Transaction, creator: CreatorId, message: str, *, at: Millis) -> None:
        """The mass message with this id on Fanvue was cancelled or taken back."""
        await self.since(tx, creator, at)
        await mass_offers.end(tx, creator, message, at=at)

    async def _read(self, tx: Transaction, which: EffectId, creator: CreatorId) -> None:
        effect = await outbox.get(tx, which)
        if effect is not None:
            content = self._content(effect)
            at = content.get("at") or effect.created_at
            await mass_offers.keep(tx, which, creator, _media(content), content.get("price"), at=at)

    async def _read_later(self, tx: Transaction, which: EffectId, creator: CreatorId) -> None:
        """A change or an end. What was cancelled or taken back nobody has; buyers have their copies."""
        effect = await outbox.get(tx, which)
        if effect is None:
            return
        content = self._content(effect)
        message = content.get("campaign")
        if message and "how" in content:
            await mass_offers.end(tx, creator, message, at=effect.settled_at or effect.created_at)
        elif message is not None:
            at, price = content.get("at"), content.get("price")
            await mass_offers.become(tx, creator, message, _media(content), price, at=at)
        await mass_offers.keep(tx, which, creator, (), None, at=effect.created_at)

    def _content(self, effect: Effect) -> Mapping[str, Any]:
        with suppress(SealDamaged, TextErased):
            content: Mapping[str, Any] = self._effects.body(effect)["content"]
            return content
        return {}  # nobody knows any more


def _media(content: Mapping[str, Any]) -> list[MediaId]:
    return [MediaId(item) for item in content.get("media") or ()]
