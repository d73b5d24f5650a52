"""The preview of a post: typed input, checked and looked up on Fanvue."""

from dataclasses import replace

from bot.features.publishing.posts import collection_rules, texts
from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.features.publishing.posts.plan_rules import NOTHING, PlannedPost, kinds, planned
from bot.features.publishing.proposals.model import Content, ProposalPreview, ProposalRefused, makes_new
from bot.model.language import msgid, tr
from bot.relay.context import Context
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.money import digests
from storage.records import Link

NAME = "post"
_SCOPES = ("write:post", "read:post")  # to publish, and to look for what was published
_MEDIA = "read:media"


class PostProposal:
    """Implements `bot.features.publishing.proposals.model.ProposalKind`."""

    name = NAME
    noun = msgid("Post")
    done = msgid("published")
    command, again = "/post new", makes_new("/post new")

    def __init__(self, ctx: Context, *, fanvue: FanvuePosts) -> None:
        self._ctx = ctx
        self._fanvue = fanvue

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The post, to the letter; at the press it is checked again."""
        name = await self._ctx.database.read(lambda tx: digests.zone(tx, link.creator))
        now = self._ctx.clock.now()
        made = planned(content, now, zone_of(name or DEFAULT_ZONE))
        _must_be_allowed(link, made)
        made = await self._shelved(link, made, content)
        found = kinds(made, await self._fanvue.vault(link.creator, made.files), link.handle)
        return ProposalPreview(
            content=made.packed(),
            title=texts.title(link.handle),
            body=texts.body(made, found, now, chosen=name is not None),
            confirm=texts.button(made),
            seen={"kinds": found},
            warning=texts.warning(made, now),
        )

    async def _shelved(self, link: Link, made: PlannedPost, content: Content) -> PlannedPost:
        """With its collections as Fanvue has them now."""
        typed = content.get("collections")
        if not typed:
            return made
        known = await self._fanvue.collections(link.creator)
        found = (
            collection_rules.named(known, typed)
            if isinstance(typed, str)
            else collection_rules.still(known, made.collections)
        )
        return replace(made, collections=found)

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """Everything that was looked at is as it was; that the time is ahead has just been checked."""
        return (shown.content, shown.seen) == (now.content, now.seen)


def _must_be_allowed(link: Link, made: PlannedPost) -> None:
    needed = (*_SCOPES, _MEDIA) if made.files else _SCOPES
    lacking = [scope for scope in needed if scope not in link.scopes.split()]
    if lacking:
        raise ProposalRefused(texts.not_allowed(link.handle, lacking, tr(NOTHING)))
