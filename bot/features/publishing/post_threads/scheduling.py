"""Wants what a post's thread is to show: the thread, its card, lines, strikes."""

from collections.abc import Mapping
from typing import Any

from bot.engine import lasting_pseudonyms
from bot.engine.outbox import EffectRequest
from bot.engine.streams import post_stream
from bot.fanvue.figures import CommentRow
from bot.features.publishing.post_threads import texts
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import forums
from storage.publishing import post_comments, post_threads
from storage.publishing.post_comments import CommentLine
from storage.publishing.post_threads import FollowedPost
from storage.records import CreatorId, EffectId, FanId, Millis

OPEN, SHOW, LINE, STRIKE = "postcard.open", "postcard.show", "postcard.line", "postcard.strike"


class PostThreadScheduler:
    """Each word is part of the caller's transaction, and adds the same thing only once."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def thread(self, tx: Transaction, creator: CreatorId, post: str, shown: Mapping[str, Any]) -> None:
        """A thread for a post that is not known yet; nothing where there is no forum yet."""
        forum = await forums.of_creator(tx, creator)
        if forum is None:
            return
        at, now = shown["at"], self._ctx.clock.now()
        shows = texts.digest(shown)
        if await post_threads.add(tx, creator, post, forum, published=at, shows=shows, now=now):
            await self._add(tx, OPEN, creator, post, (f"postcard:{creator}:{post}", "open"), shown, since=at)

    async def card(self, tx: Transaction, known: FollowedPost, shown: Mapping[str, Any]) -> None:
        """Its card is to say this."""
        cause = f"postcard:{self._ctx.ids.new()}"
        await self._add(tx, SHOW, known.creator, known.post, (cause, "show"), shown)

    async def line(self, tx: Transaction, known: FollowedPost, row: CommentRow) -> None:
        """A line for a comment that has none yet; of a forgotten fan's earlier ones only the key is kept."""
        cause = (f"postcomment:{known.creator}:{row.uuid}", "line")
        fan = texts.author(row, known.creator)
        over = fan is not None and await self._was_forgotten(tx, known.creator, fan, row)
        line = self._ctx.effects.ids.effect(*cause)
        told = CommentLine(row.uuid, known.post, None if over else fan, line, None)
        if not await post_comments.tell(tx, known.creator, told, now=self._ctx.clock.now()) or over:
            return
        body = texts.written(row, known.creator)
        since = row.created_at or known.published
        await self._add(tx, LINE, known.creator, known.post, cause, body, since=since, fan=fan)

    async def strike(self, tx: Transaction, known: FollowedPost, told: CommentLine) -> None:
        """A comment was deleted: its line is struck, with what it said as long as that is kept here."""
        if not await post_comments.strike(tx, known.creator, told.comment, now=self._ctx.clock.now()):
            return
        body = {"line": told.line}
        cause = (told.line, "strike")
        await self._add(tx, STRIKE, known.creator, known.post, cause, body, fan=told.fan)

    async def _was_forgotten(self, tx: Transaction, creator: CreatorId, fan: FanId, row: CommentRow) -> bool:
        at = await lasting_pseudonyms.forgotten_at(tx, self._ctx.effects.trail.pseudonyms, creator, fan)
        return at is not None and (row.created_at or 0) <= at

    async def _add(  # noqa: PLR0913 - what each of them is made of
        self,
        tx: Transaction,
        kind: str,
        creator: CreatorId,
        post: str,
        cause: tuple[str, str],
        body: Mapping[str, Any],
        *,
        since: Millis | None = None,
        fan: FanId | None = None,
    ) -> None:
        await self._ctx.effects.add(
            tx,
            EffectRequest(
                network="discord",
                kind=kind,
                stream=post_stream(creator, post),
                creator=creator,
                fan=fan,
                cause=cause[0],
                part=cause[1],
                body={"post": post, **body},
                since=since,
            ),
        )


async def post_of_line(tx: Transaction, ref: str) -> tuple[CreatorId, str] | None:
    """The creator and the post of the comment whose line, or of the thread whose card, this names."""
    effect = await outbox.get(tx, EffectId(ref))
    if effect is None:
        return None
    if effect.kind == OPEN:
        return effect.creator, effect.cause.rpartition(":")[2]
    told = await post_comments.of_line(tx, effect.id)
    return (effect.creator, told.post) if told is not None else None
