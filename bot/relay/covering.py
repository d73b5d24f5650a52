"""How much of a line may stand on Discord: text, covered text, or who and when.

It is looked up when a line is posted or edited, and not when it is decided: what waits while a creator's
owner changes the mode is posted in the new one. A line never shows more than it was allowed to when it was
made, whatever is chosen later.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.relay.ports import Button, Post
from bot.relay.struck import struck_post
from storage import modes, struck, threads
from storage.database import Database, Transaction
from storage.modes import Mode
from storage.records import DiscordId, Effect, EffectId
from storage.struck import Struck

SHOW = "private.show"
_NO_LIMIT = "This forum is not age-restricted any more, so texts are shown privately. /setup repairs it."

Restricted = Callable[[DiscordId], Awaitable[bool]]


async def always(_forum: DiscordId) -> bool:
    """Every forum is for adults: what holds where nobody looks."""
    return True


class Covers:
    """Dresses the lines of fans' threads."""

    def __init__(self, database: Database, *, restricted: Restricted = always) -> None:
        """`restricted`: whether a forum is age-restricted now; it may raise what a delivery raises."""
        self._database = database
        self._restricted = restricted

    async def over(self, post: Post, line: Effect) -> Post:
        """The post as it may be shown now, for the line that this effect posts or has posted."""
    async def over(self, post: Post, line: Effect, also: Sequence[Effect] = ()) -> Post:
        """The post as it may be shown now, for the line that this effect posts or has posted.

        `also`: the later lines that the same post shows. None of them was ever allowed more than the first.
        """
        if post.outline is None:
            return post

        async def work(tx: Transaction) -> tuple[Mode, DiscordId | None, Struck | None]:
            mode = await modes.strictest(tx, line.creator, since=line.created_at)
            thread = await threads.current(tx, line.creator, line.fan) if line.fan else None
            return mode, thread.forum if thread else None, await struck.of_line(tx, line.id)

        mode, forum, gone = await self._database.read(work)
        if gone is None and post.outline is None:
            return post
        open_to_minors = mode is not Mode.PRIVATE and forum is not None and not await self._restricted(forum)
        if gone is not None:
            return struck_post(post, gone, text=mode is Mode.FULL and not open_to_minors)
        return cover(
            post,
            Mode.PRIVATE if open_to_minors else mode,
            line.id,
            _NO_LIMIT if open_to_minors else None,
            also=[one.id for one in also],
        )


def cover(
    post: Post, mode: Mode, line: EffectId, why: str | None = None, also: Sequence[EffectId] = ()
) -> Post:
    """The post in this mode; `why` is said in the place of a text that is kept back."""
    if post.outline is None or mode is Mode.FULL:
        return post
    if mode is Mode.COVERED:
        return replace(post, spoiler=bool(post.body))
    if why and not post.outline:
        return post  # without a text nothing of it is kept back, and media are for such a forum never
    shows = [Button(SHOW, line, "Show to me")]
    if also:
        shows = [Button(SHOW, one, f"Show {number}") for number, one in enumerate((line, *also), start=1)]
    body = (*post.outline, *((why,) if why else ()))
    return replace(post, body=body, outline=None, buttons=(*post.buttons, *shows))
