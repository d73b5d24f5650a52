"""/team sent: replies of members to fans, page by page, for their leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.access.permits import Actor, Permit
from bot.access.roles import MoneyView
from bot.features.people.reviews import choice_rules, files, sent_texts
from bot.features.people.reviews.choice_rules import PAGE, ReviewRow
from bot.features.people.reviews.model import ReviewPage, ReviewWords, permitted
from bot.features.people.reviews.page_records import ReviewPageRecords
from bot.model.errors import SealDamaged, TextErased
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.fan_labels import FanKey, labels_of
from bot.relay.review_wishes import SentRepliesWish
from bot.relay.send_effects import outgoing
from storage.database import Transaction
from storage.engine import outbox
from storage.people import creators, privacy_modes, sent_replies
from storage.people.privacy_modes import PrivacyMode
from storage.people.sent_replies import SentReplyFilter
from storage.records import CreatorId, DraftId, Fan, Millis

_DAY: Millis = 86_400_000
_MOST = 10_000  # replies that are looked at, of all creators together
_FEWEST = 500  # of each


@dataclass(frozen=True)
class _SentRepliesFound:
    rows: list[ReviewRow]
    lines: list[sent_texts.SentReplyLine]  # of the page
    handles: Mapping[CreatorId, str]
    cut: bool  # there are more than were looked at


class SentRepliesService:
    """Permission is checked before every page; the permits say how exactly each sees figures."""

    def __init__(self, ctx: Context, *, looks: ReviewPageRecords, words: ReviewWords) -> None:
        self._ctx = ctx
        self._looks = looks
        self._words = words

    async def look(self, permits: Sequence[Permit], wish: SentRepliesWish, *, as_file: bool) -> ReviewPage:
        """One page; `as_file`: and all of it as a file."""
        of = permitted(permits, wish.creator)
        if not of:
            return ReviewPage(Post(body=(tr(sent_texts.NOT_THERE),)))
        all_of_them = len(of)
        if choice_rules.about_money(wish):
            of = {creator: money for creator, money in of.items() if money is not MoneyView.HIDDEN}
            if not of:
                return ReviewPage(Post(body=(tr(sent_texts.NO_FIGURES),)))
        found = await self._ctx.database.read(lambda tx: self._read(tx, of, wish))
        wish = replace(wish, number=choice_rules.cut(wish.number, len(found.rows)))
        reader = permits[0].actor
        newer, older = await self._ctx.database.write(
            lambda tx: self._noted(tx, reader, wish, found, as_file=as_file)
        )
        shown = sent_texts.SentReplyPage(
            wish=wish,
            lines=found.lines,
            handles=found.handles,
            guild=reader.guild,
            number=len(found.rows) if choice_rules.countable(found.rows, wish) else None,
            bought=choice_rules.bought(found.rows),
            cut=found.cut,
            newer=newer,
            older=older,
            has_file=as_file,
            left_out=len(of) < all_of_them,
        )
        return ReviewPage(
            sent_texts.page(shown, self._words.shown_to), self._file(found, reader) if as_file else None
        )

    async def turn(self, permits: Sequence[Permit], ref: str) -> ReviewPage:
        """The page that a button leads to."""
        actor = permits[0].actor
        wish = await self._ctx.database.read(lambda tx: self._looks.sent(tx, ref, actor))
        if wish is None:
            return ReviewPage(Post(body=(tr(sent_texts.CLOSED, command="/team sent"),)))
        return await self.look(permits, wish, as_file=False)

    async def _read(
        self, tx: Transaction, of: Mapping[CreatorId, MoneyView], wish: SentRepliesWish
    ) -> _SentRepliesFound:
        since, most = self._ctx.clock.now() - wish.days * _DAY, max(_MOST // len(of), _FEWEST)
        rows: list[ReviewRow] = []
        handles: dict[CreatorId, str] = {}
        more = False
        for creator, money in of.items():
            wanted = SentReplyFilter(creator, since, wish.member, wish.priced)
            found = await sent_replies.found(tx, wanted, limit=most)
            rows += [ReviewRow(one, money) for one in found]
            more = more or len(found) == most
            known = await creators.get(tx, creator)
            handles[creator] = known.handle if known is not None else ""
        rows = choice_rules.chosen(rows, wish, self._words.floor_of)
        first = choice_rules.cut(wish.number, len(rows)) * PAGE
        page = rows[first:][:PAGE]
        names = await _names(tx, page)
        lines = [await self._line(tx, row, names[row.reply.creator, row.reply.fan]) for row in page]
        return _SentRepliesFound(rows, lines, handles, more)

    async def _line(self, tx: Transaction, row: ReviewRow, fan: str) -> sent_texts.SentReplyLine:
        # The strictest ever chosen: no text shows more openly here than in its thread.
        if await privacy_modes.strictest(tx, row.reply.creator, since=0) is PrivacyMode.PRIVATE:
            return sent_texts.SentReplyLine(row, fan, None, tr(sent_texts.IN_THREAD))
        effect = await outbox.get(tx, row.reply.effect)
        assert effect is not None, "it was found by this very row"
        try:
            message = outgoing(self._ctx.effects.body(effect))
        except TextErased:
            return sent_texts.SentReplyLine(row, fan, None, tr(sent_texts.GONE))
        except SealDamaged:
            return sent_texts.SentReplyLine(row, fan, None, tr(sent_texts.UNREADABLE))
        items = len(message.media)
        said = tr("{items} from the vault", items=items) if items else ""
        return sent_texts.SentReplyLine(row, fan, message.text or None, said)

    async def _noted(
        self,
        tx: Transaction,
        reader: Actor,
        wish: SentRepliesWish,
        found: _SentRepliesFound,
        *,
        as_file: bool,
    ) -> tuple[DraftId | None, DraftId | None]:
        """Record it before it is shown; return its buttons' references. A file has no buttons."""
        trail = self._ctx.effects.trail
        told = [line.row.reply for line in found.lines if line.text is not None]
        for creator in sorted({one.creator for one in told if one.member != reader.user}):
            await trail.write(tx, "review.sent", "done", actor=reader.user, creator=creator)
        if not as_file:
            return await self._looks.around(tx, wish, len(found.rows), reader)
        for creator in sorted({row.reply.creator for row in found.rows}):
            await trail.write(tx, "review.file", "done", actor=reader.user, creator=creator)
        return None, None

    def _file(self, found: _SentRepliesFound, reader: Actor) -> bytes:
        return files.sent(found.rows, found.handles, self._words.shown_to, reader.guild)


async def _names(tx: Transaction, page: Sequence[ReviewRow]) -> dict[FanKey, str]:
    replies = [row.reply for row in page]
    return await labels_of(
        tx, [Fan(one.creator, one.fan, one.fan_handle, one.fan_name, None, one.at) for one in replies]
    )
