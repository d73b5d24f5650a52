"""Handler of what was confirmed: done once, in doubt looked for, never repeated."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.engine.effect_handler import Body, Done, EffectHandler, Outcome, SettlingMethod
from bot.engine.member_languages import in_answer
from bot.engine.retry import next_look
from bot.engine.sending_pauses import is_held
from bot.features.publishing.proposals import texts, waiting_lines
from bot.features.publishing.proposals.model import Content
from bot.features.publishing.proposals.notices import ProposalNotices
from bot.model.acting_account import ANOTHER_WAY, ActingAccountChooser, CallAccount
from bot.model.errors import DeliveryRefused, DeliveryUnknown, SealDamaged, TargetGone, TextErased, TryLater
from bot.model.language import english, msgid, tr
from bot.model.ports import Button
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox, sent_message_ids, stream_heads
from storage.people import creators
from storage.records import DiscordId, Effect, EffectState, Millis

_RELINKED = msgid("The Fanvue account was disconnected or reconnected after you confirmed.")
_NOT_THERE = msgid("Fanvue does not list it.")
_SEVERAL = msgid("Fanvue lists several that look the same.")
_HIDDEN = msgid("Fanvue lists something that we can't read, and it may be this one.")
_BEFORE_ITS_END = (EffectState.PENDING, EffectState.UNKNOWN)


@dataclass(frozen=True)
class ProposalContext:
    """The parts of every such handler."""

    ctx: Context
    telling: ProposalNotices
    voices: ActingAccountChooser


@dataclass(frozen=True)
class ProposalOutcome:
    """It took place: under this id on Fanvue, and what to say of it: `sent to 12 fans`.

    It is said to its confirmer and in the creator's channels, which may read different languages.
    """

    external_id: str
    told: Callable[[], str]
    undo: Callable[[], str] | None = None  # the label of the button that ends it; None: there is none


@dataclass(frozen=True)
class UnreadableCandidate:
    """Something on Fanvue that cannot be read, or not enough of it: it may be the doing of the attempt."""

    external_id: str = ""  # where that can be read


class ProposalHandler(EffectHandler):
    """One feature's handler: subclasses do it and find it, this records and tells."""

    settling = SettlingMethod.ASK

    def __init__(self, ground: ProposalContext) -> None:
        self._ground = ground

    @abstractmethod
    def operation(self, content: Content) -> str | None:
        """Fanvue's operation by which it is done; None where it is offered to nobody but the creator."""

    @abstractmethod
    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        """Make one call; `effect.nonce` is its Idempotency-Key. Raises one of the four of `bot.model.errors`.

        `voice`: the acting account; None: the one that acts for the creator by itself.
        """

    @abstractmethod
    async def candidates(
        self, effect: Effect, content: Content, seen: Content, *, started: Millis
    ) -> Sequence[ProposalOutcome | UnreadableCandidate]:
        """Return everything that an attempt begun then may have made; never a guess."""

    def undo(self, content: Content) -> str | None:  # noqa: ARG002 - most have none
        """The label of the button that ends it while nobody knows yet whether it took place."""
        return None

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Always; through whose account it goes is decided in the commit in which it begins."""
        if effect.state is EffectState.PENDING:
            with suppress(SealDamaged, TextErased):  # the attempt will say so
                body = self._ground.ctx.effects.body(effect)
                await self._ground.voices.choose(
                    tx, effect, DiscordId(body["actor"]), self.operation(body["content"])
                )
        return True

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Do it, unless what it was confirmed under has changed since."""
        await self._must_be_as_confirmed(effect, body)
        voices = self._ground.voices
        voice = await voices.chosen(effect.id)
        try:
            return self._done(effect, body, await self.carry(effect, body["content"], voice))
        except (TargetGone, DeliveryRefused, TryLater) as failed:
            if await voices.elsewhere(effect.creator, voice, failed):
                raise TryLater(ANOTHER_WAY, after=0) from failed
            raise

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Done if exactly one fits that is no other effect's; for the whole time until one does.

        Something hidden never means that it is not there, however long one looks.
        """
        started = effect.attempt_started or effect.created_at
        seen = await self.candidates(effect, body["content"], body["seen"], started=started)

        async def unowned(tx: Transaction) -> list[ProposalOutcome | UnreadableCandidate]:
            owners = [await sent_message_ids.owner(tx, effect.creator, one.external_id) for one in seen]
            pairs = zip(seen, owners, strict=True)
            return [one for one, owner in pairs if owner in (None, effect.id)]

        free = await self._ground.ctx.database.read(unowned)
        fitting = [one for one in free if isinstance(one, ProposalOutcome)]
        if len(fitting) == 1:
            return self._done(effect, body, fitting[0])
        hidden = len(free) > len(fitting)
        why = _SEVERAL if fitting else _HIDDEN if hidden else _NOT_THERE
        if (later := self._not_yet(effect, why, ever=hidden)) is not None:
            raise later
        return None

    def _not_yet(self, effect: Effect, why: str, *, ever: bool) -> TryLater | None:
        """Schedule a look; after a minute those who looked on Fanvue may say how it is.

        `ever`: there is no end to it, but the looks become rare.
        """
        waits, now, since = self._ground.ctx.waits, self._ground.ctx.clock.now(), effect.settles_from
        soon, left = next_look(since, now, waits), since + waits.proposed - now
        if soon is not None:
            return TryLater(why, after=(soon - now) / 1000)
        if left <= 0 and not ever:
            return None
        wait = min(waits.settle[-1], left) if left > 0 else waits.proposed
        stands = english(  # ends as `texts.MAY_SAY`
            "{why} We keep checking, and later ones wait for it. Please check Fanvue and say whether it is "
            "there.",
            why=why,
        )
        return TryLater(stands, after=wait / 1000, paused=True)

    def question(self, effect: Effect) -> str:
        """Nobody but a person who looks at Fanvue can tell."""
        return english(
            "{reason} We never repeat it automatically. Please check Fanvue, then say whether it is there.",
            reason=effect.reason or _NOT_THERE,
        )

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Show the person who confirmed it the known state; success is told by `_done`."""
        if state is EffectState.DONE:
            return
        now = await outbox.get(tx, effect.id) or effect
        body = self._ground.ctx.effects.body(effect)

        def undo() -> tuple[Button, ...]:
            known = state in _BEFORE_ITS_END
            return texts.undo(effect.id, self.undo(body["content"])) if known else ()

        async with in_answer(tx, body["command"]):
            title, small = texts.state(state, now.reason, body)
            await self._ground.telling.private(tx, now, body, title, small, state, undo())
        if state is EffectState.UNKNOWN:
            await self._tell_behind(tx, effect)
        if state is not EffectState.PENDING:  # which can still be cancelled
            line = texts.line(state, body)
            await waiting_lines.ends(tx, self._ground.ctx.effects, effect, line, state.value, undo())

    async def _tell_behind(self, tx: Transaction, effect: Effect) -> None:
        """They say what they wait for, and what has a time, that it may be later. A pause is said already."""
        for other in await stream_heads.waiting_behind(tx, effect):
            if await is_held(tx, other):
                continue
            body = self._ground.ctx.effects.body(other)
            follows = await waiting_lines.follows(tx, self._ground.ctx.effects, other, body)
            async with in_answer(tx, body["command"]):
                title, small = texts.waits(body["noun"]), tr(texts.BEHIND)
                buttons = texts.undo(other.id, self.undo(body["content"]))
                if follows:
                    title, small = texts.goes(body["noun"], body["done"], other.not_before, behind=True)
                    buttons = (waiting_lines.stop(other.id),)
                await self._ground.telling.private(
                    tx, other, body, title, small, EffectState.PENDING, buttons
                )

    async def _must_be_as_confirmed(self, effect: Effect, body: Body) -> None:
        if self._ground.ctx.clock.now() > effect.created_at + self._ground.ctx.waits.stale:
            raise DeliveryRefused(msgid("It couldn't start within an hour, so we gave up."))
        link = await self._ground.ctx.database.read(lambda tx: creators.open_link(tx, effect.creator))
        if link is None or (link.id, link.generation) != (body["link"], body["generation"]):
            raise DeliveryRefused(_RELINKED)

    def _done(self, effect: Effect, body: Body, carried: ProposalOutcome) -> Done:
        async def then(tx: Transaction) -> None:
            await sent_message_ids.claim(tx, effect.creator, carried.external_id, effect.id)
            if await sent_message_ids.owner(tx, effect.creator, carried.external_id) != effect.id:
                raise DeliveryUnknown(english("This entry on Fanvue already belongs to another one."))
            now = await outbox.get(tx, effect.id)
            if now is not None and now.external_id != carried.external_id:
                await self._after_all(tx, now, body, carried)
                return
            small = f"<t:{self._ground.ctx.clock.now() // 1000}:f>"
            async with in_answer(tx, body["command"]):
                title, undo = _end_of(effect, body, carried)
                await self._ground.telling.private(tx, effect, body, title, small, EffectState.DONE, undo)
            title, undo = _end_of(effect, body, carried)
            who = texts.by(body["actor"], body.get("second"))
            await self._ground.telling.for_good(
                tx, effect, tr("{title}, confirmed by {who}.", title=title, who=who), "done", undo
            )

        return Done(carried.external_id, then)

    async def _after_all(self, tx: Transaction, now: Effect, body: Body, carried: ProposalOutcome) -> None:
        """It was found while somebody said how it is: theirs counts, and where it was wrong that is said."""
        if now.state is EffectState.CANCELLED:
            sentence = tr(
                "{noun}: it is on Fanvue after all ({told}). Someone had said that it isn't there.",
                noun=tr(body["noun"]),
                told=carried.told(),
            )
            await self._ground.telling.for_good(tx, now, sentence, "after_all")


def _end_of(effect: Effect, body: Body, carried: ProposalOutcome) -> tuple[str, tuple[Button, ...]]:
    label = carried.undo() if carried.undo is not None else None
    title = tr("{noun} {told}", noun=tr(body["noun"]), told=carried.told())
    return title, texts.undo(effect.id, label)
