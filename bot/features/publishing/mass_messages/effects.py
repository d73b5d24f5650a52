"""Handler of a mass message: one POST; in doubt Fanvue's list is searched (C9)."""

from collections.abc import Sequence
from contextlib import suppress

from bot.fanvue.models import MassMessageRow
from bot.features.publishing.mass_messages import texts
from bot.features.publishing.mass_messages.exclusion_check import (
    AHEAD,
    ExclusionCheck,
    RecipientCeiling,
    planned_for,
)
from bot.features.publishing.mass_messages.fanvue import FanvueMassMessages
from bot.features.publishing.mass_messages.model import outgoing, to_send
from bot.features.publishing.mass_messages.ports import ExclusionListPort
from bot.features.publishing.proposals.effects import (
    ProposalContext,
    ProposalHandler,
    ProposalOutcome,
    UnreadableCandidate,
)
from bot.features.publishing.proposals.model import Content
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryFailed, DeliveryRefused, SealDamaged, TextErased
from bot.model.language import msgid
from bot.relay.send_match import SKEW, same_words
from bot.text.typed_times import still_ahead
from storage.database import Transaction
from storage.records import Effect, EffectState, Millis


class MassMessageHandler(ProposalHandler):
    def __init__(
        self, ground: ProposalContext, *, fanvue: FanvueMassMessages, outs: ExclusionListPort | None = None
    ) -> None:
        """`outs`: leaves fans out, where a message says so."""
        super().__init__(ground)
        self._fanvue = fanvue
        self._outs = outs
        self._exclusions = ExclusionCheck(fanvue)

    def operation(self, content: Content) -> str | None:
        """Managers' mass messages have no preview."""
        return None if content["preview"] else "send_mass"

    def undo(self, content: Content) -> str | None:
        """It can be taken back from the press on."""
        return texts.undo(content["at"])

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Once the list of whom it leaves out is there, if it leaves anybody out."""
        if not await super().ready(tx, effect):
            return False
        if self._outs is None or effect.state is not EffectState.PENDING:
            return True
        with suppress(SealDamaged, TextErased):  # the attempt will say so
            body = self._ground.ctx.effects.body(effect)
            return not body["content"].get("leave") or await self._outs.ready(tx, effect, body)
        return True

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        """Send it once; the Idempotency-Key is the effect's own, but nothing is built on it."""
        if not still_ahead(content["at"], self._ground.ctx.clock.now()):
            raise DeliveryRefused(msgid("The planned time passed before we could reach Fanvue."))
        left_out = await self._left_out(effect, content)
        most: int | None = self._ground.ctx.effects.body(effect)["seen"]["most"]
        if not _excludes(content, left_out):
            mass = to_send(content)
            sent = await self._fanvue.send(effect.creator, mass, key=effect.nonce, voice=voice)
            return _sent(sent.id, sent.recipient_count, content["at"], most)
        checked = await self._exclusions.most(effect.creator, content, left_out=left_out)
        at = planned_for(content["at"], self._ground.ctx.clock.now()) if checked.matters else content["at"]
        mass = to_send({**content, "at": at}, without=left_out)
        sent = await self._fanvue.send(effect.creator, mass, key=effect.nonce, voice=voice)
        count = sent.recipient_count
        if checked.matters and count is None:
            count = await self._listed_count(effect, sent.id)
        if not checked.fits(count):
            await self._fanvue.delete(effect.creator, sent.id, voice=voice)
            raise DeliveryRefused(texts.exclusion_ignored(count, checked.number))
        return _sent(sent.id, count, at, most)

    async def _listed_count(self, effect: Effect, message: str) -> int | None:
        """The number in Fanvue's list for one whose own answer told none."""
        since = (effect.attempt_started or effect.created_at) - SKEW
        with suppress(DeliveryFailed):
            for row in (await self._fanvue.listed(effect.creator, since=since)).rows:
                if row.uuid == message:
                    return row.recipient_count
        return None

    async def _left_out(self, effect: Effect, content: Content) -> str | None:
        """By which list. Raises Refused where it was not surely made."""
        if not content.get("leave"):
            return None
        assert self._outs is not None, "what builds such messages leaves fans out"
        which, why = await self._outs.list_of(effect)
        if why is not None:
            raise DeliveryRefused(why)
        return which

    async def candidates(
        self, effect: Effect, content: Content, seen: Content, *, started: Millis
    ) -> Sequence[ProposalOutcome | UnreadableCandidate]:
        """Mass messages that were made since then with the same words, media, price and time."""
        there = await self._fanvue.listed(effect.creator, since=started - SKEW)
        rows = [row for row in there.rows if _fits(row.recipient_count, seen["most"])]
        fitting = [row for row in rows if row.created_at is not None and _is_this(row, content)]
        if len(fitting) == 1 and (fitting[0].status or "").upper() == "SCHEDULED":
            return [await self._looked_at(effect, content, fitting[0], seen)]
        hidden = [row.uuid for row in rows if row not in fitting and _hides(row, content)]
        return [
            *(_found(row, content, seen) for row in fitting),
            *(UnreadableCandidate(one) for one in (*hidden, *(row.id or "" for row in there.unread))),
        ]

    async def _looked_at(
        self, effect: Effect, content: Content, row: MassMessageRow, seen: Content
    ) -> ProposalOutcome:
        """One that was found, still planned: its count must fit as if its answer had come."""
        left_out = await self._left_out(effect, content)
        if not _excludes(content, left_out):
            return _found(row, content, seen)
        checked: RecipientCeiling = await self._exclusions.most(effect.creator, content, left_out=left_out)
        if checked.fits(row.recipient_count):
            return _found(row, content, seen)
        await self._fanvue.delete(effect.creator, row.uuid)
        return ProposalOutcome(row.uuid, lambda: texts.deleted_again(row.recipient_count, checked.number))


def _sent(message: str, count: int | None, at: Millis | None, most: int | None) -> ProposalOutcome:
    return ProposalOutcome(message, lambda: texts.told(count, at, most), lambda: texts.undo(at))


def _found(row: MassMessageRow, content: Content, seen: Content) -> ProposalOutcome:
    return ProposalOutcome(
        row.uuid, lambda: texts.told_of(row, seen["most"]), lambda: texts.undo(content["at"])
    )


def _excludes(content: Content, left_out: str | None) -> bool:
    return bool(content["without"]) or left_out is not None


def _is_this(row: MassMessageRow, content: Content) -> bool:
    return all(_alike(row, content).values()) and _in_time(row, content)


def _hides(row: MassMessageRow, content: Content) -> bool:
    """Whether it may be this one as well, but Fanvue does not tell enough of it."""
    alike = _alike(row, content)
    untold = [name for name in alike if not row.tells(name)]
    doubtful = row.created_at is None or bool(untold)
    return doubtful and all(same or name in untold for name, same in alike.items()) and _in_time(row, content)


def _alike(row: MassMessageRow, content: Content) -> dict[str, bool]:
    wanted = outgoing(content)
    return {
        "text": same_words(row.text, wanted.text),
        "media_uuids": sorted(row.media_uuids or ()) == sorted(wanted.media),
        "price": (row.price or None) == (wanted.price or None),
    }


def _in_time(row: MassMessageRow, content: Content) -> bool:
    return content["at"] is None or row.scheduled_at is None or _is_at(row.scheduled_at, content)


def _is_at(scheduled: Millis, content: Content) -> bool:
    """With an exclusion it may have been planned a little later than asked for."""
    later = AHEAD if content["without"] or content.get("leave") else 0
    at: Millis = content["at"]
    return at <= scheduled <= at + later


def _fits(count: int | None, most: int | None) -> bool:
    """Not to far more people than any preview could have shown: that is somebody else's."""
    return count is None or most is None or count <= most + max(most // 20, 10)
