"""The deed of a mass message: one POST; in doubt Fanvue's list is searched (C9)."""

from collections.abc import Sequence

from bot.broadcasts import wording
from bot.broadcasts.fanvue_side import Broadcasting
from bot.broadcasts.message import outgoing, to_send
from bot.fanvue.models import MassMessage
from bot.proposals.carrying import Carried, Carry, Ground
from bot.proposals.features import Content
from bot.relay.errors import Refused
from bot.relay.reconcile import SKEW, same_words
from bot.relay.voices import Voice
from bot.relay.when import still_ahead
from storage.records import Effect, Millis

_PASSED = "The time for which it was planned passed before Fanvue could be reached."


class SendMass(Carry):
    """One mass message."""

    def __init__(self, ground: Ground, *, fanvue: Broadcasting) -> None:
        super().__init__(ground)
        self._fanvue = fanvue

    def operation(self, content: Content) -> str | None:
        """Managers' mass messages have no preview."""
        return None if content["preview"] else "send_mass"

    async def carry(self, effect: Effect, content: Content, voice: Voice | None) -> Carried:
        """Send it once; the Idempotency-Key is the effect's own, but nothing is built on it."""
        if not still_ahead(content["at"], self._ground.clock.now()):
            raise Refused(_PASSED)
        sent = await self._fanvue.send(effect.creator, to_send(content), key=effect.nonce, voice=voice)
        body = self._ground.effects.body(effect)
        return Carried(sent.id, wording.told(sent.recipient_count, content["at"], body["seen"]["most"]))

    async def candidates(
        self, effect: Effect, content: Content, seen: Content, *, started: Millis
    ) -> Sequence[Carried]:
        """Mass messages that were made since then with the same words, media, price and time."""
        rows = await self._fanvue.listed(effect.creator, since=started - SKEW)
        return [
            Carried(row.uuid, wording.told_of(row, seen["most"]))
            for row in rows
            if _is_this(row, content) and _fits(row.recipient_count, seen["most"])
        ]


def _is_this(row: MassMessage, content: Content) -> bool:
    wanted = outgoing(content)
    return (
        same_words(row.text, wanted.text)
        and sorted(row.media_uuids or ()) == sorted(wanted.media)
        and (row.price or None) == (wanted.price or None)
        and (content["at"] is None or row.scheduled_at in (None, content["at"]))
    )


def _fits(count: int | None, most: int | None) -> bool:
    """Not to far more people than any preview could have shown: that is somebody else's."""
    return count is None or most is None or count <= most + max(most // 20, 10)
