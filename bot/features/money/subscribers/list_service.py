"""/money subscribers list: who subscribes, since when, for what, and what renews."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.fanvue.figures import SubscriberRow
from bot.features.money.periods.bands import shown_to
from bot.features.money.periods.fanvue import FanvueCreatorFigures
from bot.features.money.periods.read_limit import told
from bot.features.money.subscribers import list_texts
from bot.features.money.subscribers.list_texts import PAGE, SubscriberEntry
from bot.model.language import msgid, number_text, tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.fan_labels import labels_of
from storage.database import Transaction
from storage.money import subscribers
from storage.money.subscribers import SubscriptionTerms
from storage.records import CreatorId, Fan, FanId, Link

MOST = 10_000  # of a file: what Fanvue's limits let through in ten minutes
_TOO_MUCH = msgid("Fanvue's list is too long to read in ten minutes. Ask for one page, without `as_file:`.")


@dataclass(frozen=True)
class SubscriberListPage:
    """A page, and the file that goes with it."""

    post: Post
    file: bytes | None = None


class SubscriberListService:
    """Whether somebody may ask was looked up before. Raises CannotTell."""

    def __init__(self, ctx: Context, *, reading: FanvueCreatorFigures) -> None:
        self._ctx = ctx
        self._reading = reading

    async def page(self, link: Link, permit: Permit, number: int, *, as_file: bool) -> SubscriberListPage:
        """`number`: which page, from 1 on; `as_file`: and everybody as a file, which is written down."""
        most = MOST if as_file else number * PAGE + 1
        rows, whole = await told(lambda: self._reading.subscribers(link.creator, most), too_much=_TOO_MUCH)
        begin = (number - 1) * PAGE
        shown = rows if as_file else rows[begin : begin + PAGE]

        async def work(tx: Transaction) -> tuple[list[SubscriberEntry], dict[FanId, str]]:
            return await entries_of(tx, link.creator, shown), await _names(tx, link.creator, rows, begin)

        people, names = await self._ctx.database.read(work)
        part = people[begin : begin + PAGE] if as_file else people
        named = [(names[one.fan], one) for one in part]
        show, now = shown_to(permit.money), self._ctx.clock.now()
        post = list_texts.page(named, link, show, begin=begin, of=len(rows), whole=whole, at=now)
        if not as_file:
            return SubscriberListPage(post)
        await self._ctx.database.write(
            lambda tx: self._ctx.trail.write(
                tx,
                "subscribers.file",
                "done",
                target="",
                actor=permit.actor.user,
                creator=link.creator,
            )
        )
        if not whole:
            post = replace(post, small=f"{post.small}\n{tr(list_texts.CUT, number=number_text(len(people)))}")
        return SubscriberListPage(post, list_texts.file(people, show, exact=permit.money is MoneyView.EXACT))


async def entries_of(
    tx: Transaction, creator: CreatorId, rows: Sequence[SubscriberRow]
) -> list[SubscriberEntry]:
    """Fanvue's rows; a live event may have told what a row does not."""
    found = []
    for row in rows:
        fan = FanId(row.uuid)
        known = await subscribers.get(tx, creator, fan)
        terms = known.terms if known is not None and known.active else SubscriptionTerms()
        found.append(_person(row, fan, terms))
    return found


async def _names(
    tx: Transaction, creator: CreatorId, rows: Sequence[SubscriberRow], begin: int
) -> dict[FanId, str]:
    """What those of the page are called; among all who were read, of whom not all are known here."""
    read = [Fan(creator, FanId(row.uuid), row.handle, row.display_name, None, 0) for row in rows]
    found = await labels_of(tx, read[begin : begin + PAGE], among=read)
    return {fan: label for (_, fan), label in found.items()}


def _person(row: SubscriberRow, fan: FanId, terms: SubscriptionTerms) -> SubscriberEntry:
    told_there = row.subscription
    renews = terms.renews if told_there is None else told_there.auto_renewal_enabled
    ends = terms.ends_at if told_there is None else told_there.current_period_end
    return SubscriberEntry(
        fan=fan,
        handle=row.handle,
        name=row.display_name,
        since=row.first_subscribed_at or terms.since,
        price=None if told_there is None else told_there.price,
        renews=renews,
        ends=ends,
    )
