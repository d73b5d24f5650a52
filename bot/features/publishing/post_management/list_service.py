"""Lists of a creator's posts, and what is offered while somebody chooses one."""

from collections.abc import Sequence

from bot.fanvue.figures import CommentRow, PostRow
from bot.features.publishing.post_management import texts
from bot.features.publishing.post_management.change_rules import is_out
from bot.features.publishing.post_management.comment_fanvue import FanvueComments
from bot.features.publishing.post_management.fanvue import FanvuePostManagement, ListedPosts
from bot.features.publishing.post_management.input_rules import post_of
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.errors import DeliveryFailed
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.text.moments import spelled
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from bot.text.typed_times import NO_ZONE
from storage.money import digests
from storage.records import CreatorId, Link, Millis

_COMMENTS, _LONG, _NAME = 8, 150, 40
_PAGE = 7  # with the longest names of zones and texts of signs alone, that many fit into one message
_SHORT = 100  # characters of a text in a list
_CHOICES, _CHOICE = 25, 100  # Discord's limits
_FRESH: Millis = 60_000  # posts are offered at every letter that is typed; previews always read anew
_MOST = 50  # creators whose posts are remembered
_OFFERED_PAGES = 3
_NONE = {
    "published": msgid("No published posts yet."),
    "scheduled": msgid("No scheduled posts. Schedule one with `/post new when:`."),
    "drafts": msgid("No drafts on Fanvue."),
}
_TITLES = {
    "published": msgid("Published posts of @{handle}"),
    "scheduled": msgid("Scheduled posts of @{handle}"),
    "drafts": msgid("Draft posts of @{handle}"),
}


class PostListService:
    """A creator's posts as a member reads them, privately."""

    def __init__(self, ctx: Context, *, there: FanvuePostManagement, comments: FanvueComments) -> None:
        self._ctx = ctx
        self._there = there
        self._comments = comments
        self._known: dict[CreatorId, tuple[Millis, Sequence[PostRow]]] = {}

    async def page(self, link: Link, show: str, number: int) -> Post | str:
        """One page: the newest published, the next scheduled, or the drafts."""
        name, now = await self._zone(link), self._ctx.clock.now()
        try:
            listed = await self._there.listed(link.creator, unpublished=show != "published")
        except DeliveryFailed as failed:
            return failed.reason
        rows = _sorted(show, listed, now)
        pages = max(1, -(-len(rows) // _PAGE))
        number = min(number, pages)
        start = (number - 1) * _PAGE
        zone = name or DEFAULT_ZONE
        lines = [
            _line(place, row, now, zone)
            for place, row in enumerate(rows[start : start + _PAGE], start=start + 1)
        ]
        small = [tr("Page {number} of {pages}.", number=number, pages=pages)] if pages > 1 else []
        if not listed.whole:
            small.append(tr("We checked only the newest {count} posts.", count=len(listed.rows)))
        if name is None:
            small.append(tr(NO_ZONE))
        return Post(
            title=tr(_TITLES[show], handle=safe(link.handle)),
            body=tuple(lines) or (tr(_NONE[show]),),
            small=" ".join(small) or None,
        )

    async def below(self, link: Link, post: str) -> Post | str:
        """The newest comments of a post."""
        name, now = await self._zone(link), self._ctx.clock.now()
        try:
            chosen = post_of({"post": post})
            found = (await self._comments.below(link.creator, chosen)).rows
        except ProposalRefused as refused:
            return refused.sentence
        except DeliveryFailed as failed:
            return failed.reason
        shown = found[:_COMMENTS]
        lines = [_comment(one, link.creator, now, name or DEFAULT_ZONE) for one in reversed(shown)]
        small = (
            tr("The newest {shown} of {all}.", shown=len(shown), all=len(found))
            if len(found) > len(shown)
            else None
        )
        title = tr("Comments below a post of @{handle}", handle=safe(link.handle))
        return Post(title=title, body=tuple(lines) or (tr("Nobody has commented yet."),), small=small)

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        """Posts that fit what is typed, words and id; nothing when Fanvue does not tell."""
        zone, now = await self._zone(link) or DEFAULT_ZONE, self._ctx.clock.now()
        try:
            rows = await self._recent(link.creator, now)
        except DeliveryFailed:
            return ()
        wanted = typed.casefold().strip()
        offered = [(_choice(row, now, zone), row) for row in rows]
        fitting = [
            (words, row.uuid)
            for words, row in offered
            if wanted in f"{words} {row.text or ''}".casefold() or wanted == row.uuid
        ]
        return fitting[:_CHOICES]

    async def _recent(self, creator: CreatorId, now: Millis) -> Sequence[PostRow]:
        read_at, rows = self._known.get(creator, (0, ()))
        if now - read_at > _FRESH:
            if len(self._known) >= _MOST:
                self._known.clear()
            rows = (await self._there.listed(creator, unpublished=True, pages=_OFFERED_PAGES)).rows
            self._known[creator] = now, rows
        return rows

    async def _zone(self, link: Link) -> str | None:
        return await self._ctx.database.read(lambda tx: digests.zone(tx, link.creator))


def _sorted(show: str, listed: ListedPosts, now: Millis) -> list[PostRow]:
    match show:
        case "published":
            found = [row for row in listed.rows if is_out(row, now)]
            return sorted(found, key=lambda row: (row.published_at or 0, row.uuid), reverse=True)
        case "scheduled":
            found = [row for row in listed.rows if not is_out(row, now) and row.publish_at is not None]
            return sorted(found, key=lambda row: (row.publish_at or 0, row.uuid))
        case _:
            found = [row for row in listed.rows if not is_out(row, now) and row.publish_at is None]
            return sorted(found, key=lambda row: (row.created_at or 0, row.uuid), reverse=True)


def _line(place: int, row: PostRow, now: Millis, zone: str) -> str:
    below = f" · {texts.counts(row)}" if is_out(row, now) else ""
    text = safe(one_line(row.text, _SHORT)) if row.text else tr("(no text)")
    return f"**{place}.** {texts.about(row, now, zone)}{below}\n> {text}"


def _comment(one: CommentRow, creator: CreatorId, now: Millis, zone: str) -> str:
    who = tr("someone who is no longer there")
    if one.user is not None:
        known = one.user.display_name or one.user.handle or tr("somebody")
        who = tr("the creator") if str(one.user.uuid) == str(creator) else safe(one_line(known, _NAME))
    at = spelled(one.created_at, now, zone_of(zone)) if one.created_at is not None else tr("at some time")
    return f"**{who}**, {at}\n> {safe(one_line(one.text or '', _LONG)) or tr('(no text)')}"


def _choice(row: PostRow, now: Millis, zone: str) -> str:
    words = f"{texts.when(row, now, zone).removesuffix(f' ({zone})')}: {row.text or tr('(no text)')}"
    return one_line(words, _CHOICE) or row.uuid
