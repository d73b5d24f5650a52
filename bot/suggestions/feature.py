"""The preview of a post for whoever may only draft: they ask for approval."""

from dataclasses import replace

from bot.posts.feature import Post
from bot.proposals.features import Content, Preview, makes_new
from storage.records import Link

NAME = "postask"
_CONFIRM = "Ask for approval"
_WARNING = (
    "You may not publish for this creator, so a manager looks at it first: nothing is published before. "
    "Until then `/posts suggested` lets you change it or take it back."
)


class Suggesting:
    """Implements `bot.proposals.features.Feature`: checked like a post, and then put up."""

    name = NAME
    noun = "Post"
    done = "put up for approval"
    command, again = "/post", makes_new("/post")

    def __init__(self, post: Post) -> None:
        self._post = post

    async def preview(self, link: Link, content: Content) -> Preview:
        """What a manager would see."""
        shown = await self._post.preview(link, content)
        return replace(shown, confirm=_CONFIRM, warning=_WARNING)

    def holds(self, shown: Preview, now: Preview) -> bool:
        """As for a post."""
        return self._post.holds(shown, now)
