"""Mass messages with the same content, within a day of a moment."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.engine.outbox import Effects
from bot.engine.streams import proposal_stream
from bot.fanvue.models import MassMessageRow
from bot.features.publishing.mass_messages.model import outgoing
from bot.features.publishing.proposals.model import Content
from bot.features.publishing.safety.audience_rules import (
    AudienceList,
    AudienceOverlap,
    MassMessageReach,
    reach_of,
    shared,
)
from bot.model.errors import SealDamaged, TextErased
from bot.relay.send_match import same_words
from bot.text.typed_times import FURTHEST
from storage.database import Transaction
from storage.engine import outbox, sent_message_ids
from storage.records import CreatorId, Effect, EffectId, EffectState, Millis

DAY: Millis = 86_400_000
_GONE = ("FAILED", "MODERATED", "UNSENT")  # as Fanvue calls what nobody has
_NEVER = (EffectState.REJECTED, EffectState.CANCELLED)


@dataclass(frozen=True)
class OverlapMatch:
    mark: str  # tells it from others, and what was said of it
    at: Millis
    shared: AudienceOverlap
    both: tuple[AudienceList, ...] = ()  # lists that both go to
    to: tuple[AudienceList, ...] | None = None  # None: nobody here knows to which lists it goes
    elsewhere: bool = False


class OverlapSearch:
    """Those that were confirmed here, and those that Fanvue lists beside them."""

    def __init__(self, effects: Effects, feature: str) -> None:
        """`feature`: the name of mass messages."""
        self._effects = effects
        self._feature = feature

    async def of(
        self,
        tx: Transaction,
        creator: CreatorId,
        content: Content,
        rows: Sequence[MassMessageRow],
        *,
        at: Millis,
        now: Millis,
    ) -> list[OverlapMatch]:
        """Each of which somebody may get both, the newest first. `rows`: as Fanvue lists them."""
        made = await outbox.in_stream(tx, proposal_stream(creator, self._feature), since=now - FURTHEST * DAY)
        bodies = {effect.id: body for effect in made if (body := self._content(effect)) is not None}
        listed: dict[EffectId, MassMessageRow] = {}
        found: list[OverlapMatch] = []
        for row in rows:
            owner = await sent_message_ids.owner(tx, creator, row.uuid)
            if owner is not None and owner in bodies:
                listed[owner] = row
            elif _counts(row) and _same(content, row.text, row.media_uuids or ()):
                found.append(
                    OverlapMatch(
                        row.uuid, _moment(row, now), AudienceOverlap.UNKNOWN, elsewhere=owner is None
                    )
                )
        for effect in made:
            if effect.id in bodies:
                found += _ours(effect, bodies[effect.id], listed.get(effect.id), content, now)
        near = [one for one in found if abs(one.at - at) <= DAY and one.shared is not AudienceOverlap.NOBODY]
        return sorted(near, key=lambda one: -one.at)

    def _content(self, effect: Effect) -> Mapping[str, Any] | None:
        with suppress(SealDamaged, TextErased):
            content: Mapping[str, Any] = self._effects.body(effect)["content"]
            return content
        return None


def _ours(
    effect: Effect, theirs: Mapping[str, Any], row: MassMessageRow | None, content: Content, now: Millis
) -> list[OverlapMatch]:
    if effect.state in _NEVER or (row is not None and not _counts(row)):
        return []
    text = theirs["text"] if row is None else row.text
    media = theirs["media"] if row is None else row.media_uuids or ()
    if not _same(content, text, media):
        return []
    reach, mine = reach_of(theirs), reach_of(content)
    if outgoing(theirs) == outgoing(content) and _lists(reach) == _lists(mine):
        return []  # exactly the same to exactly the same: its own preview says so
    how, both = shared(mine, reach)
    at = (theirs["at"] or effect.created_at) if row is None else _moment(row, now)
    return [OverlapMatch(f"{effect.id} {how.value}", at, how, both, reach.to)]


def _same(content: Content, text: str | None, media: Sequence[str]) -> bool:
    """The same text; of two without a text the same items."""
    if (content["text"] or "").strip() or (text or "").strip():
        return same_words(content["text"], text)
    return sorted(content["media"]) == sorted(media)


def _counts(row: MassMessageRow) -> bool:
    return (row.status or "").upper() not in _GONE


def _moment(row: MassMessageRow, now: Millis) -> Millis:
    planned = row.scheduled_at if (row.status or "").upper() == "SCHEDULED" else None
    return planned or row.published_at or row.created_at or now


def _lists(reach: MassMessageReach) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(one.id for one in reach.to), frozenset(one.id for one in reach.without)
