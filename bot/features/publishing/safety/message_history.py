"""Mass messages of this bridge around a moment: their lists, and who was left out."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.engine.outbox import Effects
from bot.engine.streams import proposal_stream
from bot.fanvue.models import MassMessageRow
from bot.features.publishing.safety.audience_rules import MassMessageReach, reach_of
from bot.features.publishing.safety.frequency_rules import DAY, FrequencyRule
from bot.model.errors import SealDamaged, TextErased
from bot.text.typed_times import FURTHEST
from storage.database import Transaction
from storage.engine import outbox, sent_message_ids
from storage.publishing import mass_exclusions
from storage.records import CreatorId, Effect, EffectId, EffectState, FanId, Millis

_GONE = ("FAILED", "MODERATED", "UNSENT")  # as Fanvue calls what nobody has
_NEVER = (EffectState.REJECTED, EffectState.CANCELLED)


@dataclass(frozen=True)
class EarlierMassMessage:
    """One that went out, is to, or may have."""

    effect: EffectId
    at: Millis
    reach: MassMessageReach
    without: frozenset[FanId] = frozenset()


@dataclass(frozen=True)
class NearbyMassMessages:
    """Mass messages near a moment. `elsewhere`: the number made outside this bridge, to unknown fans."""

    ours: tuple[EarlierMassMessage, ...] = ()
    elsewhere: int = 0


class MassMessageHistory:
    """Those that were confirmed here, and how many Fanvue lists beside them."""

    def __init__(self, effects: Effects, feature: str) -> None:
        """`feature`: the name of mass messages."""
        self._effects = effects
        self._feature = feature

    async def around(
        self,
        tx: Transaction,
        creator: CreatorId,
        rows: Sequence[MassMessageRow],
        rule: FrequencyRule,
        *,
        at: Millis,
        now: Millis,
        but: EffectId | None = None,
    ) -> NearbyMassMessages:
        """Nearer to this moment than the rule's days. `rows`: as Fanvue lists them; `but`: not this one."""
        stream, span = proposal_stream(creator, self._feature), rule.days * DAY
        made = await outbox.in_stream(tx, stream, since=now - (FURTHEST + rule.days) * DAY)
        mine = {effect.id for effect in made}
        listed: dict[EffectId, MassMessageRow] = {}
        elsewhere = 0
        for row in rows:
            owner = await sent_message_ids.owner(tx, creator, row.uuid)
            if owner in mine and owner is not None:
                listed[owner] = row
            elif owner is None and _counts(row) and abs(_moment(row, now) - at) < span:
                elsewhere += 1
        ours = [await self._of(tx, one, listed.get(one.id), now) for one in made if one.id != but]
        near = [one for one in ours if one is not None and abs(one.at - at) < span]
        return NearbyMassMessages(tuple(near), elsewhere)

    async def _of(
        self, tx: Transaction, effect: Effect, row: MassMessageRow | None, now: Millis
    ) -> EarlierMassMessage | None:
        if effect.state in _NEVER or (row is not None and not _counts(row)):
            return None
        with suppress(SealDamaged, TextErased):
            content = self._effects.body(effect)["content"]
            at = content["at"] or effect.settled_at or effect.created_at
            out = await mass_exclusions.get(tx, effect.id)
            spared = [] if out is None or out.job is None else await mass_exclusions.on_list(tx, out.job)
            when: Millis = at if row is None else _moment(row, now)
            return EarlierMassMessage(effect.id, when, reach_of(content), frozenset(spared))
        return None


def _counts(row: MassMessageRow) -> bool:
    return (row.status or "").upper() not in _GONE


def _moment(row: MassMessageRow, now: Millis) -> Millis:
    planned = row.scheduled_at if (row.status or "").upper() == "SCHEDULED" else None
    return planned or row.published_at or row.created_at or now
