"""The preview of what is done to a post: as it is now, and what becomes of it."""

from dataclasses import replace

from bot.engine.outbox import Effects
from bot.fanvue.figures import PostRow
from bot.feed import becoming, earlier, wording
from bot.feed.change import DELETE, EDIT, REPOST, Change, Standing, standing
from bot.feed.earlier import Earlier, Which
from bot.feed.stock import Stock
from bot.feed.there import FeedOnFanvue
from bot.feed.typed import AS_IT_IS, NOTHING, change_of, post_of
from bot.model.ports import Clock
from bot.proposals.features import Content, Preview, ProposalRefused
from bot.text.safe_text import safe
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from bot.text.typed_times import NO_ZONE
from storage.database import Database
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


class Changing:
    """Implements `bot.proposals.features.Feature` for one verb; the same post twice is one deed's doing."""

    noun = "Post"

    def __init__(
        self,
        verb: str,
        *,
        database: Database,
        effects: Effects,
        there: FeedOnFanvue,
        stock: Stock,
        clock: Clock,
    ) -> None:
        self.name = NAMES[verb]
        self.done = wording.done(verb)
        self.command = f"/posts {verb}"
        self.again = f"{self.command} shows how the post is now, and asks anew."
        self._verb = verb
        self._database = database
        self._effects = effects
        self._there = there
        self._stock = stock
        self._clock = clock

    async def preview(self, link: Link, content: Content) -> Preview:
        """The post as Fanvue has it now, and exactly what becomes of it."""
        must_be_allowed(link)
        post, now = post_of(content), self._clock.now()
        name = await self._database.read(lambda tx: digests.zone(tx, link.creator))
        row = await self._there.read(link.creator, post)
        if row is None:
            gone = await self._earlier(link, NAMES[DELETE], post, now)
            raise ProposalRefused(wording.already(DELETE, gone))
        before = await self._earlier(link, self.name, post, now)
        known = await self._stock.shelved(link, content)
        change = change_of({"verb": self._verb, **known}, row, now, zone_of(name or DEFAULT_ZONE))
        self._must_be_left(change, row, before, now)
        kinds = await self._stock.kinds(link, change, row)
        more = await self._more(link, change, row, before)
        shown = replace(change, before=content.get("before", change.before))
        warnings = becoming.meanwhile(shown.before, change.before, now, change.zone)
        zone = () if name is not None or self._verb != EDIT else (f"⚠️ {NO_ZONE}",)
        return Preview(
            content=change.packed(),
            title=wording.title(change, link.handle),
            body=wording.body(change, row, now, meanwhile=warnings, more=more, notes=zone, kinds=kinds),
            confirm=wording.button(change),
            warning=wording.warning(change),
        )

    def holds(self, shown: Preview, now: Preview) -> bool:
        """The post is as it was shown, and so is what becomes of it."""
        return shown.content == now.content

    def _must_be_left(self, change: Change, row: PostRow, before: Earlier | None, now: Millis) -> None:
        """Raises ProposalRefused where nothing is left to do, or somebody did it since this was shown."""
        if change.verb == REPOST:
            if before is not None and before.at >= change.since:
                raise ProposalRefused(wording.already(REPOST, before))
        elif change.verb == EDIT and not change.fields:
            raise ProposalRefused(AS_IT_IS)
        elif standing(change, row, now) is Standing.MADE:
            raise ProposalRefused(wording.already(change.verb, before))

    async def _earlier(self, link: Link, feature: str, post: str, now: Millis) -> Earlier | None:
        return await self._database.read(
            lambda tx: earlier.last(tx, self._effects, Which(link.creator, feature, post), now=now)
        )

    async def _more(
        self, link: Link, change: Change, row: PostRow, before: Earlier | None
    ) -> tuple[str, ...]:
        if self._verb == DELETE or "mediaUuids" in change.fields:
            buyers = await self._database.read(lambda tx: post_sales.buyers(tx, link.creator, row.uuid))
            return wording.below(row, buyers) if self._verb == DELETE else wording.bought(row, buyers)
        return wording.last(REPOST, before) if self._verb == REPOST else ()


def must_be_allowed(link: Link) -> None:
    """Raises ProposalRefused where Fanvue has not allowed it to this link."""
    lacking = [scope for scope in _SCOPES if scope not in link.scopes.split()]
    if lacking:
        raise ProposalRefused(
            f"Fanvue does not allow this for @{safe(link.handle)} yet: {' and '.join(lacking)} "
            f"{'is' if len(lacking) == 1 else 'are'} missing. {NOTHING} Run /link again and allow it."
        )
