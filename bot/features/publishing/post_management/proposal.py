"""The preview of what is done to a post: as it is now, and what becomes of it."""

from dataclasses import replace

from bot.fanvue.figures import PostRow
from bot.features.publishing.post_management import change_history, change_texts, texts
from bot.features.publishing.post_management.change_history import EarlierPostChange, PostChangeKey
from bot.features.publishing.post_management.change_rules import (
    DELETE,
    EDIT,
    REPOST,
    PostChange,
    PostChangeState,
    standing,
)
from bot.features.publishing.post_management.fanvue import FanvuePostManagement
from bot.features.publishing.post_management.input_rules import AS_IT_IS, NOTHING, change_of, post_of
from bot.features.publishing.post_management.stock import PostStock
from bot.features.publishing.posts.texts import not_allowed
from bot.features.publishing.proposals.model import GALLERY, Content, ProposalPreview, ProposalRefused
from bot.model.language import english, msgid, tr
from bot.relay.context import Context
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from bot.text.typed_times import NO_ZONE
from storage.money import digests
from storage.publishing import post_sales
from storage.records import Link, Millis

_SCOPES = ("write:post", "read:post")  # to change it, and to see how it stands
NAMES = {
    "edit": "postedit",
    "delete": "postdelete",
    "pin": "postpin",
    "unpin": "postunpin",
    "repost": "repost",
}


class PostChangeProposal:
    """Implements `bot.features.publishing.proposals.model.ProposalKind` for one verb; the same post twice is
    one handler's doing.
    """

    noun = msgid("Post")

    def __init__(self, ctx: Context, verb: str, *, there: FanvuePostManagement, stock: PostStock) -> None:
        self.name = NAMES[verb]
        self.done = texts.DONE[verb]
        self.command = f"/post {verb}"
        self.again = english("See the post and confirm again with {command}.", command=self.command)
        self._verb = verb
        self._ctx = ctx
        self._there = there
        self._stock = stock

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The post as Fanvue has it now, and exactly what becomes of it."""
        must_be_allowed(link)
        post, now = post_of(content), self._ctx.clock.now()
        name = await self._ctx.database.read(lambda tx: digests.zone(tx, link.creator))
        row = await self._there.read(link.creator, post)
        if row is None:
            gone = await self._earlier(link, NAMES[DELETE], post, now)
            raise ProposalRefused(texts.already(DELETE, gone))
        before = await self._earlier(link, self.name, post, now)
        known = await self._stock.shelved(link, content)
        change = change_of({"verb": self._verb, **known}, row, now, zone_of(name or DEFAULT_ZONE))
        if not content.get(GALLERY):
            self._must_be_left(change, row, before, now)
        files = await self._stock.named(link, change, row)
        more = await self._more(link, change, row, before)
        shown = replace(change, before=content.get("before", change.before))
        warnings = change_texts.meanwhile(shown.before, change.before, now, change.zone)
        zone = () if name is not None or self._verb != EDIT else (f"⚠️ {tr(NO_ZONE)}",)
        return ProposalPreview(
            content=change.packed(),
            title=texts.title(change, link.handle),
            body=texts.body(change, row, now, meanwhile=warnings, more=more, notes=zone, files=files),
            confirm=texts.button(change),
            warning=texts.warning(change),
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """The post is as it was shown, and so is what becomes of it."""
        return shown.content == now.content

    def _must_be_left(
        self, change: PostChange, row: PostRow, before: EarlierPostChange | None, now: Millis
    ) -> None:
        """Raises ProposalRefused where nothing is left to do, or somebody did it since this was shown."""
        if change.verb == REPOST:
            if before is not None and before.at >= change.since:
                raise ProposalRefused(texts.already(REPOST, before))
        elif change.verb == EDIT and not change.fields:
            raise ProposalRefused(tr(AS_IT_IS, nothing=tr(NOTHING)))
        elif standing(change, row, now) is PostChangeState.MADE:
            raise ProposalRefused(texts.already(change.verb, before))

    async def _earlier(self, link: Link, feature: str, post: str, now: Millis) -> EarlierPostChange | None:
        return await self._ctx.database.read(
            lambda tx: change_history.last(
                tx, self._ctx.effects, PostChangeKey(link.creator, feature, post), now=now
            )
        )

    async def _more(
        self, link: Link, change: PostChange, row: PostRow, before: EarlierPostChange | None
    ) -> tuple[str, ...]:
        if self._verb == DELETE or "mediaUuids" in change.fields:
            buyers = await self._ctx.database.read(lambda tx: post_sales.buyers(tx, link.creator, row.uuid))
            return texts.below(row, buyers) if self._verb == DELETE else texts.bought(row, buyers)
        return texts.last(REPOST, before) if self._verb == REPOST else ()


def must_be_allowed(link: Link) -> None:
    """Raises ProposalRefused where Fanvue has not allowed it to this link."""
    lacking = [scope for scope in _SCOPES if scope not in link.scopes.split()]
    if lacking:
        raise ProposalRefused(not_allowed(link.handle, lacking, tr(NOTHING)))
