"""A post's preview for those who may only draft: they ask for approval."""

from dataclasses import replace

from bot.features.publishing.posts.proposal import PostProposal
from bot.features.publishing.proposals.model import Content, ProposalPreview, makes_new
from bot.model.language import msgid, tr
from storage.records import Link

NAME = "postask"
_WARNING = msgid(
    "You may not publish for this creator, so a manager must approve it first. Until "
    "then you can change it or take it back in `/post suggested`."
)


class SuggestionProposal:
    """Implements `bot.features.publishing.proposals.model.ProposalKind`: checked like a post, and then put
    up.
    """

    name = NAME
    noun = msgid("Post")
    done = msgid("submitted for approval")
    command, again = "/post new", makes_new("/post new")

    def __init__(self, post: PostProposal) -> None:
        self._post = post

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The preview for a manager."""
        shown = await self._post.preview(link, content)
        return replace(shown, confirm=msgid("Ask for approval"), warning=tr(_WARNING))

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        return self._post.holds(shown, now)
