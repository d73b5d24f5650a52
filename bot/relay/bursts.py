"""A fan's texts of a few seconds: which share a post, and how that looks.

What a post shows is read from the database each time, so an edit may be repeated at any time: whichever
lines are known to stand in it, oldest first, each with what was learned of it since.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.engine.effect_handler import Body
from bot.engine.outbox import unpack_post
from bot.model.errors import SealDamaged, TextErased
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.relay.context import Context
from bot.relay.redaction import LineRedaction, LineRedactor
from storage.database import Transaction
from storage.engine import outbox, restore_window
from storage.inbox import deleted_messages, line_bursts, threads
from storage.records import Effect, EffectState, Millis

MOST = 4  # messages in one post: so many references fit into its button
_LONGEST = 3_000  # characters of all texts; a Discord message holds 4,000 with the bridge's own
LEARNED = "media"  # the part of a line's edit that tells what was learned of it


@dataclass(frozen=True)
class Burst:
    """The lines of one post, oldest first, and what each of them says."""

    lines: tuple[Effect, ...]
    posts: tuple[Post, ...]


class Bursts:
    """Finds what belongs together. `window`: from the first message to the last one; 0: nothing does."""

    def __init__(self, ctx: Context, *, covers: LineRedactor, window: Millis) -> None:
        self._ctx = ctx
        self._covers = covers
        self._window = window

    async def open_for(self, tx: Transaction, line: Effect, body: Body, *, patience: int = 1) -> Burst | None:
        """The post above a line that may take it in; `patience`: for so many windows since it was posted."""
        at = body.get("at")
        if not self._window or at is None or body.get("alone"):
            return None
        try:
            found = await self._above(tx, line)
            if found is None or not await self._takes_more(tx, found):
                return None
            if await deleted_messages.of_line(tx, line.id) is not None:
                return None  # it was deleted before it was shown, which is a line of its own
            return found if self._is_near(found, body, patience) else None
        except (TextErased, SealDamaged):
            return None

    async def above(self, tx: Transaction, line: Effect) -> Burst | None:
        """The post above a line, however long ago that was; None where there is none to be added to."""
        try:
            return await self._above(tx, line)
        except (TextErased, SealDamaged):
            return None

    async def around(self, line: Effect) -> tuple[Burst | None, LineRedaction]:
        """The post in which a line stands together with others. Raises Erased, Damaged."""

        async def work(tx: Transaction) -> tuple[Burst | None, LineRedaction]:
            lines = await line_bursts.sharing(tx, line)
            if len(lines) > 1:
                return await self._read(tx, lines), await self._covers.of(tx, lines)
            return None, await self._covers.of(tx, [line])

        return await self._ctx.database.read(work)

    async def shown(self, burst: Burst, dress: LineRedaction, *, bare: bool = False) -> Post:
        """The present look of a post, as the strictest of its lines requires.

        `bare`: without the texts of messages that were deleted.
        """
        refs = tuple(line.id for line in burst.lines)
        return await self._covers.over_all(
            burst.posts, burst.lines, dress, lambda posts: one_post(posts, refs), bare=bare
        )

    async def _above(self, tx: Transaction, line: Effect) -> Burst | None:
        before = await line_bursts.before(tx, line)
        if before is None or before.state is not EffectState.DONE or before.external_id is None:
            return None
        thread = await threads.current(tx, line.creator, line.fan) if line.fan else None
        if thread is None or not before.external_id.startswith(f"{thread.thread}:"):
            return None  # it stands in an earlier thread
        lines = await line_bursts.sharing(tx, before)
        if before not in lines:
            return None  # a line of another kind
        return await self._read(tx, lines)

    async def _read(self, tx: Transaction, lines: Sequence[Effect]) -> Burst:
        return Burst(tuple(lines), tuple([await self._post(tx, line) for line in lines]))

    async def _post(self, tx: Transaction, line: Effect) -> Post:
        learned = await outbox.by_cause(tx, line.id, LEARNED)
        return unpack_post(self._ctx.effects.body(learned or line)["post"])

    async def _takes_more(self, tx: Transaction, burst: Burst) -> bool:
        """Whether all its lines are texts, and surely as they are thought to be.

        An attempt of unknown fate may still be carried out, and would take away what joined after it.
        """
        if len(burst.lines) >= MOST:
            return False
        for line in burst.lines:
            if await deleted_messages.of_line(tx, line.id) is not None:
                return False
            at = self._ctx.effects.body(line).get("at")
            if line.doubted_at is not None or at is None:
                return False
            # A restored database may lack what was posted below it since, our reply for one.
            if await restore_window.begun(tx, at) is not None:
                return False
            if await outbox.by_cause(tx, line.id, LEARNED) is not None:
                return False
        return True

    def _is_near(self, burst: Burst, body: Body, patience: int) -> bool:
        first = burst.lines[0]
        posted = first.settled_at or first.created_at
        newest = self._ctx.effects.body(burst.lines[-1])["at"]
        longest = sum(len(text) for post in (*burst.posts, unpack_post(body["post"])) for text in post.body)
        return (
            newest <= body["at"] <= self._ctx.effects.body(first)["at"] + self._window
            and self._ctx.clock.now() <= posted + patience * self._window
            and longest <= _LONGEST
        )


def one_post(posts: Sequence[Post], refs: Sequence[str]) -> Post:
    """Several messages as one post (pure): each text stands for itself, under the first one's time.

    A reply to it answers the newest; its button carries the references of all, by which each is found.
    """
    first, *others = posts
    if not others:
        return first
    small = [first.small, *(_beside_time(post) for post in others)]
    return replace(
        first,
        body=tuple(chain.from_iterable(post.body for post in posts)),
        outline=tuple(chain.from_iterable(post.outline or () for post in posts)),
        small=" · ".join(filter(None, small)),
        buttons=(Button("reply", refs[-1], tr("Reply"), "primary", also=tuple(refs[:-1])),),
    )


def _beside_time(post: Post) -> str:
    """The small print of a message, without when it was: that stands there once."""
    return " · ".join((post.small or "").split(" · ")[1:])
