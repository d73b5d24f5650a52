"""Deeds that read Fanvue: which posts are new, and what stands below each."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from bot.engine.effect_handler import Body, Done, EffectHandler, Outcome
from bot.engine.outbox import EffectRequest
from bot.engine.streams import posts_stream
from bot.fanvue.figures import PostRow
from bot.features.publishing.post_management.change_rules import is_out
from bot.features.publishing.post_threads import pace_rules, texts
from bot.features.publishing.post_threads.fanvue import FanvueFollowedPosts, FollowedComments
from bot.features.publishing.post_threads.scheduling import PostThreadScheduler
from bot.model.errors import DeliveryRefused
from bot.relay.context import Context
from storage.database import Transaction
from storage.publishing import post_comments, post_threads
from storage.publishing.post_threads import FollowedPost
from storage.records import Effect, Millis

LIST, READ = "posts.look", "comments.read"
_AT_ONCE = 40  # comments that one look relays; the rest at the next one


class _PostReadHandler(EffectHandler):
    """A read may be repeated; its result counts once."""

    on_server = False  # what it shows waits by itself

    def __init__(self, ctx: Context, there: FanvueFollowedPosts) -> None:
        self._ctx = ctx
        self._there = there
        self._wanting = PostThreadScheduler(ctx)


class NewPostsHandler(_PostReadHandler):
    """Reads a creator's list of posts: one or few requests for any number of them."""

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """New ones get a thread; those that are due, or were commented on, are read next."""
        creator, was = effect.creator, Millis(body["at"])
        rows: Sequence[PostRow] = ()
        with suppress(DeliveryRefused):  # Fanvue says no for now; the next look asks again
            rows = await self._there.newest(creator)

        async def then(tx: Transaction) -> None:
            known = await post_threads.following(tx, creator)
            now = self._ctx.clock.now()
            if known is None or not await post_threads.look_again(
                tx, creator, was=was, at=now + max(int(pace_rules.LIST / self._ctx.divisor), 1)
            ):
                return
            out = {row.uuid: row for row in rows if is_out(row, now)}
            for row in sorted(out.values(), key=lambda one: one.published_at or 0):
                if (row.published_at or row.created_at or 0) >= known.since - pace_rules.BEFORE:
                    await self._wanting.thread(tx, creator, row.uuid, texts.facts(row))
            for card in await post_threads.followed(tx, creator):
                await self._want(tx, card, out.get(card.post), now=now)

        return Done(then=then)

    async def _want(self, tx: Transaction, card: FollowedPost, row: PostRow | None, *, now: Millis) -> None:
        # A read ends a moment after its look, so what is due before half of the next pause is due now.
        due = card.due is not None and card.due <= now + int(pace_rules.LIST / self._ctx.divisor) // 2
        counted = row is not None and row.comments_count is not None and row.comments_count != card.comments
        if not (due or counted):
            return
        wanted = EffectRequest(
            network="fanvue",
            kind=READ,
            stream=posts_stream(card.creator, card.post),
            creator=card.creator,
            cause=f"posts:{card.creator}",
            part=f"read:{card.post}:{now}",
            body={"post": card.post, "facts": texts.facts(row) if row is not None else None},
        )
        await self._ctx.effects.add(tx, wanted)


class PostCommentsHandler(_PostReadHandler):
    """Reads what stands below one post, and has its thread say so."""

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Add a line for each new comment, strike those that are gone, change the card if it must."""
        creator, post = effect.creator, str(body["post"])
        below: FollowedComments | None = FollowedComments((), whole=False)
        with suppress(
            DeliveryRefused
        ):  # comments are off, or not ours to see: the card still says what the list says
            below = await self._there.below(creator, post)

        async def then(tx: Transaction) -> None:
            card = await post_threads.get(tx, creator, post)
            if card is None or card.state == "over":
                return
            if below is None:
                # Taken off Fanvue with all that stood below it: the card says so, and nothing else comes.
                await self._wanting.card(tx, card, {"gone": True})
                await post_threads.end(tx, creator, post)
            else:
                await self._keeps(tx, card, body["facts"], below)

        return Done(then=then)

    async def _keeps(
        self, tx: Transaction, card: FollowedPost, shown: Mapping[str, Any] | None, below: FollowedComments
    ) -> None:
        told = await post_comments.told(tx, card.creator, card.post)
        had = {one.comment for one in told}
        new = [row for row in below.rows if row.uuid not in had]
        for row in new[:_AT_ONCE]:
            await self._wanting.line(tx, card, row)
        there = {row.uuid for row in below.rows}
        for one in told if below.whole else ():
            if one.comment not in there:
                await self._wanting.strike(tx, card, one)
        now, shows = self._ctx.clock.now(), card.shows
        if shown is not None and texts.digest(shown) != shows:
            await self._wanting.card(tx, card, shown)
            shows = texts.digest(shown)
        rest = len(new) > _AT_ONCE
        due = now if rest else pace_rules.next_look(card.published, now, self._ctx.divisor)
        counted = None if rest or shown is None else shown["comments"]
        await post_threads.looked(tx, card, due=due, comments=counted, shows=shows)
