"""Tracking links as a member reads them: all, one with its figures, its fans."""

from collections.abc import Sequence

from bot.access.roles import MoneyView
from bot.fanvue.models import UserRow
from bot.fanvue.tracking_api import TrackingRow
from bot.features.money.periods.bands import shown_to
from bot.features.publishing.links import texts
from bot.features.publishing.links.choice_rules import READS, choices, chosen, must_be_allowed
from bot.features.publishing.links.fanvue import FanvueTrackingLinks
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.errors import DeliveryFailed, TryLater
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.text.safe_text import one_line, safe
from storage.database import Transaction
from storage.inbox import threads
from storage.records import CreatorId, Link, Millis

_PAGE, _FANS, _FETCHED = 8, 12, 50
_MOST_PAGES = 40  # of fans that are shown: 480 of them
_FRESH: Millis = 60_000  # links are offered at every letter that is typed
_MOST = 50  # creators whose links are remembered
_LATER = msgid("We can't reach Fanvue right now. Try again in a moment.")


class TrackingLinkListService:
    """Read on Fanvue now; nothing is kept. Every answer is a post, or a sentence that says why not."""

    def __init__(self, ctx: Context, *, there: FanvueTrackingLinks) -> None:
        self._ctx = ctx
        self._there = there
        self._known: dict[CreatorId, tuple[Millis, Sequence[TrackingRow]]] = {}

    async def page(self, link: Link, number: int) -> Post | str:
        """Names and addresses, newest first; no figures."""
        try:
            must_be_allowed(link, READS)
            found = await self._there.listed(link.creator)
        except (ProposalRefused, DeliveryFailed) as failed:
            return _why(failed)
        pages = max(1, -(-len(found.rows) // _PAGE))
        number = min(number, pages)
        shown = found.rows[(number - 1) * _PAGE : number * _PAGE]
        small = [tr("Page {number} of {pages}.", number=number, pages=pages)] if pages > 1 else []
        if not found.whole:
            small.append(tr("We checked only {count} links.", count=len(found.rows)))
        return Post(
            title=tr("Tracking links of @{handle}", handle=safe(link.handle)),
            body=tuple(texts.about(row) for row in shown)
            or (tr("No tracking links yet. Make one with `/money links create`."),),
            small=" ".join(small) or None,
        )

    async def show(self, link: Link, typed: str, level: MoneyView) -> Post | str:
        """One of them, with what it brought."""
        try:
            row = await self._chosen(link, typed)
        except (ProposalRefused, DeliveryFailed) as failed:
            return _why(failed)
        show = None if level is MoneyView.HIDDEN else shown_to(level)
        return Post(
            title=tr("A tracking link of @{handle}", handle=safe(link.handle)),
            body=(texts.about(row), texts.figures(row, show)),
            small=show.note if show else None,
        )

    async def fans(self, link: Link, typed: str, number: int) -> Post | str:
        """A page of people who came by it."""
        number = min(number, _MOST_PAGES)
        try:
            row = await self._chosen(link, typed)
            found = await self._there.users(link.creator, row.uuid, pages=number * _FANS // _FETCHED + 1)
        except (ProposalRefused, DeliveryFailed) as failed:
            return _why(failed)
        shown = found.rows[(number - 1) * _FANS : number * _FANS]
        more = len(found.rows) > number * _FANS or not found.whole
        name = safe(one_line(row.name or "", 60)) or tr("this link")
        nobody = tr("Nobody has used it yet.") if number == 1 else tr("This page is empty.")
        return Post(
            title=tr("Fans of @{handle} who came through {name}", handle=safe(link.handle), name=name),
            body=("\n".join(await self._lines(link, shown)) or nobody,),
            small=tr("Page {number}. Next: `page:{next}`", number=number, next=number + 1)
            if more and number < _MOST_PAGES
            else None,
        )

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        """Links that fit what is typed, words and id; nothing when Fanvue does not tell."""
        now = self._ctx.clock.now()
        read_at, rows = self._known.get(link.creator, (0, ()))
        try:
            must_be_allowed(link, READS)
            if now - read_at > _FRESH:
                if len(self._known) >= _MOST:
                    self._known.clear()
                rows = (await self._there.listed(link.creator)).rows
                self._known[link.creator] = now, rows
        except (ProposalRefused, DeliveryFailed):
            return ()
        return choices(rows, typed)

    async def _chosen(self, link: Link, typed: str) -> TrackingRow:
        must_be_allowed(link, READS)
        return chosen(await self._there.listed(link.creator), typed)

    async def _lines(self, link: Link, users: Sequence[UserRow]) -> list[str]:
        async def work(tx: Transaction) -> list[str]:
            return [texts.fan(user, await _way(tx, link, user)) for user in users]

        return await self._ctx.database.read(work)


async def _way(tx: Transaction, link: Link, user: UserRow) -> str | None:
    thread = await threads.current(tx, link.creator, user.uuid)
    if thread is None or thread.thread is None or thread.state != "open":
        return None
    return f"https://discord.com/channels/{thread.guild}/{thread.thread}"


def _why(failed: ProposalRefused | DeliveryFailed) -> str:
    if isinstance(failed, ProposalRefused):
        return failed.sentence
    return tr(_LATER) if isinstance(failed, TryLater) and not failed.paused else failed.reason
