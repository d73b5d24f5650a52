"""Answers the buttons in a post's thread: its figures, and whom one answers."""

from contextlib import suppress
from typing import Protocol

from bot.access.roles import MoneyView
from bot.fanvue.figures import PostRow
from bot.features.publishing.post_threads import texts
from bot.features.publishing.post_threads.scheduling import post_of_line
from bot.model.errors import DeliveryFailed, SealDamaged, TextErased
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox
from storage.people import privacy_modes
from storage.publishing import post_comments, post_sales
from storage.records import CreatorId, EffectId

NOT_KNOWN = msgid("This comment is no longer stored here. Answer below the post with /post comment.")


class SinglePostPort(Protocol):
    """Fanvue, as far as one post is concerned."""

    async def one(self, creator: CreatorId, post: str) -> PostRow | None:
        """One post as it is now; None where there is none."""


class PostThreadService:
    """Whether they may was asked before each call."""

    def __init__(self, ctx: Context, *, there: SinglePostPort) -> None:
        self._ctx = ctx
        self._there = there

    async def post_of(self, ref: str) -> str | None:
        """The post below which the comment of this button stands."""
        found = await self._ctx.database.read(lambda tx: post_of_line(tx, ref))
        return found[1] if found is not None else None

    async def answered(self, ref: str) -> str:
        """The comment of this button, as far as its line shows it and it is kept; else nothing."""

        async def work(tx: Transaction) -> str:
            line = await outbox.get(tx, EffectId(ref))
            told = await post_comments.of_line(tx, EffectId(ref))
            if line is None or told is None:
                return ""
            mode = await privacy_modes.strictest(tx, line.creator, since=line.created_at)
            with suppress(SealDamaged, TextErased):
                body = self._ctx.effects.body(line)
                gone = told.struck is not None
                return texts.answered(body, mode, blocked="blocked" in body, gone=gone)
            return ""

        return await self._ctx.database.read(work)

    async def figures(self, ref: str, level: MoneyView) -> Post | str:
        """A post's results, as exactly as `level` lets a member see them; Fanvue is asked now."""
        if level is MoneyView.HIDDEN:
            return texts.figures(None, 0, 0, level)

        async def work(tx: Transaction) -> tuple[CreatorId, str, int, int] | None:
            found = await post_of_line(tx, ref)
            if found is None:
                return None
            bought = await post_sales.buyers(tx, *found)
            return *found, bought, await post_sales.earned(tx, *found)

        known = await self._ctx.database.read(work)
        if known is None:
            return tr(NOT_KNOWN)
        creator, post, bought, earned = known
        try:
            row = await self._there.one(creator, post)
        except DeliveryFailed as failed:
            return failed.reason
        return texts.figures(row, bought, earned, level)
