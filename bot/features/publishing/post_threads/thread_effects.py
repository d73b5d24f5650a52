"""Deeds on Discord: a followed post's thread, its card, its comments' lines."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.engine.effect_handler import Becomes, Body, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.features.publishing.post_threads import texts
from bot.model.errors import (
    AutomodBlocked,
    DeliveryRefused,
    DeliveryUnknown,
    SealDamaged,
    TargetGone,
    TextErased,
    TryLater,
)
from bot.model.language import english, msgid
from bot.model.ports import DiscordPort, OpenedThread
from bot.relay.context import Context
from bot.relay.redaction import Restricted
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import forums
from storage.operations import attention
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.publishing import post_comments, post_threads
from storage.publishing.post_threads import FollowedPost
from storage.records import Effect, EffectId, Millis, Reference

_OVER = msgid("The post's thread no longer exists.")


@dataclass(frozen=True)
class PostThreadContext:
    """The parts of all these handlers. `restricted`: whether a forum is for adults now."""

    ctx: Context
    discord: DiscordPort
    restricted: Restricted


class _PostThreadHandler(EffectHandler):
    """The base of all of them: the thread, and how much of a text may stand there."""

    def __init__(self, on: PostThreadContext) -> None:
        self._on = on

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """Somebody deleted the thread, so nobody wants to follow this post any more."""
        await post_threads.end(tx, effect.creator, _post_of(self._on.ctx.effects.body(effect)))
        return 0  # and then there is nothing to do

    async def _known(self, effect: Effect, body: Body) -> FollowedPost | None:
        return await self._on.ctx.database.read(
            lambda tx: post_threads.get(tx, effect.creator, _post_of(body))
        )

    async def _mode(self, effect: Effect, card: FollowedPost, since: Millis) -> PrivacyMode:
        mode = await self._on.ctx.database.read(
            lambda tx: privacy_modes.strictest(tx, effect.creator, since=since)
        )
        if mode is not PrivacyMode.PRIVATE and not await self._on.restricted(card.forum):
            return PrivacyMode.PRIVATE
        return mode

    def _ref(self, card: FollowedPost) -> Reference:
        return Reference(self._on.ctx.effects.ids.postcard(card.creator, card.post))


class PostThreadOpeningHandler(_PostThreadHandler):
    """One thread for one post; adopted by its reference as a fan's is, never by its name."""

    settling = SettlingMethod.SEARCH

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Always; but which forum is tried is recorded first, and changes only with one that is no more."""
        card = await post_threads.get(tx, effect.creator, _post_of(self._on.ctx.effects.body(effect)))
        if card is not None and (effect.attempts == 0 or await forums.get(tx, card.forum) is None):
            forum = await forums.of_creator(tx, effect.creator)
            if forum is not None:
                await post_threads.aim(tx, effect.creator, card.post, forum)
        return True

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Create it with one request; after an earlier attempt, make sure that there is one only."""
        card = await self._wanted(effect, body)
        if card is None:
            return Moot(_OVER)
        mode = await self._mode(effect, card, card.since)
        opened = await self._on.discord.open_thread(
            card.forum, name=texts.title(body, mode), card=texts.card(body, self._ref(card), mode), tags=()
        )
        if effect.attempts == 0:
            return self._opened(card, opened)
        try:
            found = await self._find(effect, card)
            return await self._keep_oldest(card, [*found, *([] if opened in found else [opened])])
        except (TryLater, DeliveryRefused, TargetGone) as unseen:
            raise DeliveryUnknown(unseen.reason) from unseen  # it was made: "not sent" would make another one

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the forum for the reference."""
        card = await self._wanted(effect, body)
        found = await self._find(effect, card) if card is not None else ()
        return await self._keep_oldest(card, found) if card is not None and found else None

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The forum was deleted: another one is tried, or it waits until a person has run /setup again."""
        card = await post_threads.get(tx, effect.creator, _post_of(self._on.ctx.effects.body(effect)))
        forum = await forums.of_creator(tx, effect.creator)
        if card is not None and forum is not None and forum.id != card.forum:
            await post_threads.aim(tx, effect.creator, card.post, forum)
            return 0
        await attention.ask(tx, effect.id, english("The forum is gone: run /setup to create a new one."))
        return self._on.ctx.clock.now() + self._on.ctx.waits.paused

    async def _wanted(self, effect: Effect, body: Body) -> FollowedPost | None:
        card = await self._known(effect, body)
        return card if card is not None and card.thread is None else None

    async def _find(self, effect: Effect, card: FollowedPost) -> Sequence[OpenedThread]:
        return await self._on.discord.find_threads(card.forum, self._ref(card), since=effect.since)

    async def _keep_oldest(self, card: FollowedPost, found: Sequence[OpenedThread]) -> Done:
        oldest, *others = found
        for other in others:
            with suppress(TargetGone):
                await self._on.discord.delete_thread(other.thread)
        return self._opened(card, oldest)

    def _opened(self, card: FollowedPost, opened: OpenedThread) -> Done:
        async def then(tx: Transaction) -> None:
            await post_threads.opened(tx, card, thread=opened.thread, card=opened.card)

        return Done(f"{opened.thread}:{opened.card}", then)


class PostCardHandler(_PostThreadHandler):
    """The card as it is to be; an edit, so it may be repeated."""

    async def do(self, effect: Effect, body: Body) -> Outcome:
        card = await self._known(effect, body)
        if card is None or card.thread is None or card.card is None or (_ended(card) and "gone" not in body):
            return Moot(_OVER)
        shown = body if "gone" not in body else {**await self._first(card), "gone": True}
        mode = await self._mode(effect, card, card.since)
        there, post = f"{card.thread}:{card.card}", texts.card(shown, self._ref(card), mode)
        return Done(then=await self._on.ctx.late.edit(self._on.discord, effect, there, post))

    async def _first(self, card: FollowedPost) -> Body:
        """The card's first text, without its counts; text that is not kept any more is left out."""
        opening = await self._on.ctx.database.read(lambda tx: outbox.get(tx, EffectId(self._ref(card))))
        kept: Body = {}
        if opening is not None:
            with suppress(SealDamaged, TextErased):
                kept = self._on.ctx.effects.body(opening)
        return {"text": kept.get("text", ""), "at": kept.get("at", card.published)}


class CommentLineHandler(_PostThreadHandler):
    """One line for one comment."""

    settling = SettlingMethod.NONCE

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Post it under the effect's own nonce; of what the server's filter blocks its place is shown."""
        card = await self._known(effect, body)
        if card is None or card.thread is None or _ended(card):
            return Moot(_OVER)
        mode = await self._mode(effect, card, effect.created_at)
        told = await self._on.ctx.database.read(lambda tx: post_comments.of_line(tx, effect.id))
        shown = texts.line(
            body,
            effect.id,
            mode,
            blocked="blocked" in body,
            gone=told is not None and told.struck is not None,
        )
        try:
            posted = await self._on.discord.post(card.thread, shown, nonce=effect.nonce)
        except AutomodBlocked:
            if effect.attempt_started is not None or "blocked" in body:
                raise  # an earlier attempt may have passed: that is looked for first
            return Becomes(effect.kind, {**body, "blocked": True})
        return Done(f"{card.thread}:{posted}")

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the thread for the button that carries this effect's id."""
        card = await self._known(effect, body)
        if card is None or card.thread is None:
            return None
        posted = await self._on.discord.find_post(card.thread, effect.id, since=effect.since)
        return None if posted is None else Done(f"{card.thread}:{posted}")


class DeletedCommentHandler(_PostThreadHandler):
    """The line of a comment that was deleted on Fanvue; it comes behind the line in their stream."""

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Edit it, as far as what it said is still kept."""
        line = await self._on.ctx.database.read(lambda tx: outbox.get(tx, EffectId(body["line"])))
        card = await self._known(effect, body)
        if card is None or line is None or line.external_id is None:
            return Moot(english("There is no line to strike through."))
        try:
            said = self._on.ctx.effects.body(line)
        except (SealDamaged, TextErased):
            return Moot(english("The line's text is no longer stored here."))
        mode = await self._mode(effect, card, line.created_at)
        shown = texts.line(said, line.id, mode, blocked="blocked" in said, gone=True)
        with suppress(TargetGone):  # somebody deleted the line: nothing is left to strike
            return Done(then=await self._on.ctx.late.edit(self._on.discord, effect, line.external_id, shown))
        return Done()


def _post_of(body: Body) -> str:
    return str(body["post"])


def _ended(card: FollowedPost) -> bool:
    return card.state == "over"
