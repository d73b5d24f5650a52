"""A creator's posts that are there: changed, deleted, pinned, reposted."""

from collections.abc import Mapping
from typing import Any

from bot.fanvue.calls import ApiCaller
from bot.fanvue.figures import CommentRow, PostRow
from bot.fanvue.paging import Pages
from bot.fanvue.rows import answer
from bot.fanvue.values import iso_of

_TIMES = ("publishAt", "expiresAt")


class FeedApi:
    """Methods on `/posts/{uuid}`. All but `repost` and `comment` end the same, however often."""

    def __init__(self, caller: ApiCaller) -> None:
        self._caller = caller

    async def change(self, post: str, fields: Mapping[str, Any]) -> PostRow:
        """Set the named fields; None clears one, and publishes a scheduled post at once.

        Names are Fanvue's; moments are ours.
        """
        body = {
            name: iso_of(value) if name in _TIMES and value is not None else value
            for name, value in fields.items()
        }
        return answer(PostRow, await self._call("change_post", post, body))

    async def delete(self, post: str) -> None:
        """Take it off Fanvue, with all below it."""
        await self._call("delete_post", post)

    async def pin(self, post: str) -> None:
        """Have it stand first on the page."""
        await self._call("pin_post", post)

    async def unpin(self, post: str) -> None:
        """Have it stand where its time puts it."""
        await self._call("unpin_post", post)

    async def repost(self, post: str) -> None:
        """Have it go out once more. After Unclear nothing on Fanvue tells whether it did."""
        await self._call("repost", post)

    def comments(self, post: str) -> Pages[CommentRow]:
        """Return a post's comments, in Fanvue's order."""
        return self._caller.pages("comments", CommentRow, parts={"uuid": post})

    async def comment(self, post: str, text: str) -> CommentRow:
        """Comment as the creator. It knows no Idempotency-Key: after Unclear only the list tells."""
        return answer(CommentRow, await self._call("comment", post, {"text": text}))

    async def _call(self, name: str, post: str, body: Mapping[str, Any] | None = None) -> Any:
        return await self._caller.call(self._caller.road(name), parts={"uuid": post}, body=body)
