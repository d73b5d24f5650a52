"""Deeds done to a post: looked at first, then one call; a repost once, ever."""
# ruff: noqa: ARG002 -- every handler of a proposal is asked the same questions

from collections.abc import Mapping, Sequence

from bot.engine.effect_handler import Body, Done, Outcome, SettlingMethod
from bot.engine.member_languages import in_answer
from bot.features.publishing.post_management import change_history, texts
from bot.features.publishing.post_management.change_history import PostChangeKey
from bot.features.publishing.post_management.change_rules import (
    DELETE,
    EDIT,
    PIN,
    REPOST,
    UNPIN,
    PostChange,
    PostChangeState,
    standing,
    unpacked,
)
from bot.features.publishing.post_management.fanvue import FanvuePostManagement, PostMissing
from bot.features.publishing.post_management.proposal import NAMES
from bot.features.publishing.proposals.effects import ProposalContext, ProposalHandler, ProposalOutcome
from bot.features.publishing.proposals.model import Content
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryRefused
from bot.model.language import english, tr, tr_stored
from storage.database import Transaction
from storage.engine import outbox
from storage.records import Effect, EffectState, Millis

_OPERATIONS: Mapping[str, str] = {
    EDIT: "change_post",
    DELETE: "delete_post",
    PIN: "pin_post",
    UNPIN: "unpin_post",
    REPOST: "repost",
}


class _ManagedPostHandler(ProposalHandler):
    """The base of all of them: the operation, and the text shown while nobody knows."""

    unclear: str

    def __init__(self, ground: ProposalContext, there: FanvuePostManagement) -> None:
        super().__init__(ground)
        self._there = there

    def operation(self, content: Content) -> str | None:
        """Managers do it as the creator does."""
        return _OPERATIONS[content["verb"]]

    async def candidates(
        self, effect: Effect, content: Content, seen: Content, *, started: Millis
    ) -> Sequence[ProposalOutcome]:
        """Nothing new comes about on Fanvue that could be found."""
        return ()

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Say what is done about an unclear one, or why not; the rest like every proposal."""
        body = self._ground.ctx.effects.body(effect)
        if state in (EffectState.UNKNOWN, EffectState.ABSENT):
            async with in_answer(tx, body["command"]):
                noun, done = tr(body["noun"]), tr(body["done"])
                title = tr("{noun}: not known yet whether it was {done}", noun=noun, done=done)
                await self._ground.telling.private(tx, effect, body, title, tr(self.unclear), state)
        elif state is EffectState.REJECTED:
            now = await outbox.get(tx, effect.id) or effect
            async with in_answer(tx, body["command"]):
                title = tr("{noun}: not {done}", noun=tr(body["noun"]), done=tr(body["done"]))
                why = tr_stored(now.reason or texts.NO_REASON)
                await self._ground.telling.private(tx, now, body, title, why, state)
        else:
            await super().settled(tx, effect, state)


class PostChangeHandler(_ManagedPostHandler):
    """Edits, deletes, pins, unpins: the post shows whether an attempt arrived, so it is asked first."""

    settling = SettlingMethod.REPEAT
    unclear = texts.CHECKING

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Once more after an unclear attempt, but not for ever."""
        late = self._ground.ctx.clock.now() > effect.created_at + self._ground.ctx.waits.stale
        if effect.attempt_started is not None and late:
            raise DeliveryRefused(texts.UNSEEN)
        return await super().do(effect, body)

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        """One call, if the post still is what was confirmed; none if an earlier attempt made it so."""
        change, now = unpacked(content), self._ground.ctx.clock.now()
        row = await self._there.read(effect.creator, change.post)
        how = standing(change, row, now)
        made = how is PostChangeState.MADE or (how is PostChangeState.GONE and change.verb == DELETE)
        if made and effect.attempt_started is None:
            raise DeliveryRefused(await self._who(effect, change.verb, change.post))
        if how is PostChangeState.GONE and not made:
            raise DeliveryRefused(await self._who(effect, DELETE, change.post))
        if how is PostChangeState.MOVED:
            raise DeliveryRefused(texts.MOVED)
        if not made:
            await self._make(effect, change, voice)
        return ProposalOutcome(f"{change.verb}:{effect.id}", lambda: texts.done(change.verb))

    async def _make(self, effect: Effect, change: PostChange, voice: CallAccount | None) -> None:
        """One call. Below the client a DELETE can go out twice: the second one finds nothing to delete."""
        try:
            await self._there.make(effect.creator, change, voice=voice)
        except PostMissing:
            if change.verb != DELETE or await self._there.read(effect.creator, change.post) is not None:
                raise

    async def _who(self, effect: Effect, verb: str, post: str) -> str:
        now, effects = self._ground.ctx.clock.now(), self._ground.ctx.effects
        before = await self._ground.ctx.database.read(
            lambda tx: change_history.last(
                tx, effects, PostChangeKey(effect.creator, NAMES[verb], post), now=now, besides=effect.id
            )
        )
        return texts.already(verb, before)


class RepostHandler(_ManagedPostHandler):
    """Nothing on Fanvue tells whether a post was reposted: an unclear one is a person's to look at."""

    settling = SettlingMethod.ASK
    unclear = texts.REPOST_UNCLEAR

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        """One call, unless somebody else had it reposted since this one was looked at."""
        change, now = unpacked(content), self._ground.ctx.clock.now()
        before = await self._ground.ctx.database.read(
            lambda tx: change_history.last(
                tx,
                self._ground.ctx.effects,
                PostChangeKey(effect.creator, NAMES[REPOST], change.post),
                now=now,
                since=change.since,
                besides=effect.id,
            )
        )
        if before is not None:
            raise DeliveryRefused(texts.already(REPOST, before))
        await self._there.make(effect.creator, change, voice=voice)
        return ProposalOutcome(f"{REPOST}:{effect.id}", lambda: texts.done(REPOST))

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """There is nothing to look at."""
        return None

    def question(self, effect: Effect) -> str:
        """Only somebody who looks at the page can tell."""
        return english("We won't repost automatically. Check Fanvue, then say whether it is there.")
