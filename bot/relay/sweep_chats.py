"""Finds messages that no webhook told, by their ids (R8)."""

import logging
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from bot.engine.lasting_pseudonyms import all_known_as, known_as
from bot.model.errors import DeliveryRefused, TargetGone
from bot.model.events import TO_MANY, CreatorWrote, FanWrote, NotUnderstood, Person, Understood
from bot.model.language import msgid, tr, tr_stored
from bot.model.ports import ChatMessage
from bot.relay.context import Context
from bot.relay.fact_bodies import Meaning
from bot.relay.sweep_findings import SweepFindings
from bot.relay.sweep_ports import ChatHead, Skipping, SweepPage, SweepPort, unnoticed
from storage.database import Transaction
from storage.inbox import watermarks
from storage.inbox.watermarks import ChatMark, Watermark
from storage.operations import gaps
from storage.records import CreatorId, FanId, Millis

log = logging.getLogger(__name__)

OVERLAP: Millis = 600_000
DEEPEST: Millis = 7 * 86_400_000  # as far as a sweep of full depth looks, and as long as orphans wait (A7)
_AT_ONCE = 50
_AUTOMATED = "AUTOMATED"
_OTHER = msgid("Its list of chats does not say whose or when, as far as we can read it.")


class ChatSweep:
    """Reads one creator's chats. A watermark says where to look first; it hides nothing."""

    def __init__(self, ctx: Context, *, port: SweepPort, finding: SweepFindings) -> None:
        self._ctx = ctx
        self._port = port
        self._finding = finding
        self._names = ctx.trail.pseudonyms
        self.skipping: Skipping = unnoticed

    async def read(self, mark: Watermark, *, full: bool) -> int:
        """Keep every message that is news; how many. Ends at a page of which every chat is old.

        `full`: every chat of the last week is looked into, whether it seems to have changed or not.
        """
        border = self._border(mark, full=full)
        heard = await self._ctx.database.read(lambda tx: self._heard(tx, mark))
        kept = 0
        async with aclosing(self._port.chats(mark.creator)) as leaves:
            async for leaf in leaves:
                self._look(leaf)
                kept += await self._leaf(mark, leaf.rows, None if not full else border, heard=heard)
                if leaf.rows and all((head.last_at or 0) < border for head in leaf.rows):
                    break
        return kept

    def _look(self, leaf: SweepPage[ChatHead]) -> None:
        """Count what of a page says nothing. Raises Refused where all of it does: it is no list of chats."""
        timeless = sum(1 for head in leaf.rows if head.last is not None and head.last_at is None)
        number = timeless + len(leaf.unreadable)
        if number:
            log.warning("rows of a list of chats were passed over: Fanvue does not tell whose or when")
            self.skipping("chats", number)
        if number and timeless == len(leaf.rows):
            raise DeliveryRefused(_OTHER)

    def _border(self, mark: Watermark, *, full: bool) -> Millis:
        if full:
            return max(mark.floor, self._ctx.clock.now() - DEEPEST)
        return (mark.floor if mark.swept_at is None else mark.swept_at) - OVERLAP

    async def _heard(self, tx: Transaction, mark: Watermark) -> bool:
        """Whether live events came all the while since the last sweep, as far as is known."""
        if mark.swept_at is None:
            return False
        now, since = self._ctx.clock.now(), mark.swept_at - OVERLAP
        around = await gaps.around(tx, mark.creator, now), await gaps.around(tx, mark.creator, since)
        return not any(around) and not await gaps.since(tx, mark.creator, since)

    async def _leaf(
        self, mark: Watermark, heads: Sequence[ChatHead], deep_from: Millis | None, *, heard: bool
    ) -> int:
        marks = await self._ctx.database.read(lambda tx: self._marks(tx, mark.creator, heads))
        wanted: list[_ChatToRead] = []
        for head in heads:
            before = marks.get(head.fan.id)
            if head.last_at is None or head.last_at < mark.floor:
                continue
            if heard and _is_covered(head):
                # What was there before is not told by this head, so the mark stays: whatever is found to be
                # missing when the chat goes on is below it.
                if deep_from is not None and before is not None and (before.last_at or 0) >= deep_from:
                    wanted.append(_ChatToRead(head, deep_from))
            elif deep_from is not None and head.last_at >= deep_from:
                wanted.append(_ChatToRead(head, deep_from))
            elif before != _mark_of(head):
                wanted.append(_ChatToRead(head, max(mark.floor, (before and before.last_at) or mark.floor)))
        kept = 0
        for start in range(0, len(wanted), _AT_ONCE):
            kept += await self._changed(mark, wanted[start : start + _AT_ONCE])
        return kept

    async def _changed(self, mark: Watermark, wanted: Sequence["_ChatToRead"]) -> int:
        newest = await self._port.newest(mark.creator, [one.head.fan.id for one in wanted])
        kept = 0
        for one in wanted:
            fan = one.head.fan.id
            if newest is not None and fan not in newest:
                continue  # Fanvue did not show this one; it still counts as changed
            try:
                kept += await self._chat(mark, one, newest[fan] if newest is not None else None)
            except (TargetGone, DeliveryRefused) as nothing:
                # One chat that cannot be read must not hide the others (B4); the next message tries again.
                log.warning("a chat could not be read: %s", nothing.reason)
            await self._ctx.database.write(partial(self._seen, creator=mark.creator, head=one.head))
        return kept

    async def _marks(
        self, tx: Transaction, creator: CreatorId, heads: Sequence[ChatHead]
    ) -> Mapping[FanId, ChatMark]:
        names = await all_known_as(tx, self._names, creator, [head.fan.id for head in heads])
        marks = await watermarks.chat_marks(tx, creator, list(names.values()))
        return {fan: marks[name] for fan, name in names.items() if name in marks}

    async def _seen(self, tx: Transaction, creator: CreatorId, head: ChatHead) -> None:
        fan = await known_as(tx, self._names, creator, head.fan.id)
        await watermarks.chat_read(tx, creator, fan, _mark_of(head))

    async def _chat(self, mark: Watermark, one: "_ChatToRead", first: SweepPage[ChatMessage] | None) -> int:
        """Read a chat down to its known part; `first` is the page of a batch read.

        It is kept only when it was read to the end, the oldest page first: a read torn in the middle
        leaves no page that looks known above one that was never read.
        """
        if first is not None:
            pages = [self._found(mark, one.head, first)]
            if not first.more or await self._enough(mark, one, first, pages[0]):
                return await self._keep(mark, pages)
        pages = []
        async with aclosing(self._port.messages(mark.creator, one.head.fan.id)) as leaves:
            async for leaf in leaves:
                pages.append(self._found(mark, one.head, leaf))
                if await self._enough(mark, one, leaf, pages[-1]):
                    break
        return await self._keep(mark, pages)

    async def _enough(
        self, mark: Watermark, one: "_ChatToRead", leaf: SweepPage[ChatMessage], found: Sequence[Meaning]
    ) -> bool:
        """Whether a full page is known, and it reaches down to where everything was read once.

        Known alone is not enough: above what got lost in a gap there may be a page of live messages.
        """
        if not leaf.rows or min(row.sent_at for row in leaf.rows) > one.down_to:
            return False
        return not await self._ctx.database.read(lambda tx: self._finding.unknown(tx, mark.creator, found))

    async def _keep(self, mark: Watermark, pages: Sequence[Sequence[Meaning]]) -> int:
        kept = 0
        for page in reversed(pages):
            kept += await self._ctx.database.write(
                partial(self._finding.keep, creator=mark.creator, found=page)
            )
        return kept

    def _found(self, mark: Watermark, head: ChatHead, leaf: SweepPage[ChatMessage]) -> list[Meaning]:
        # Of the newest the list of chats tells the time as well; of another nobody knows whether it is news.
        timed = [
            (row, row.sent_at or head.last_at or 0)
            for row in leaf.rows
            if row.sent_at or row.message == head.last
        ]
        if number := len(leaf.rows) - len(timed):
            log.warning("messages of a chat were passed over: Fanvue does not tell when they were sent")
            self.skipping("messages", number)
        if leaf.unreadable:
            self.skipping("messages", len(leaf.unreadable))
        found: list[Meaning] = [
            meaning_of(mark.creator, head.fan, row, at=at) for row, at in timed if at >= mark.floor
        ]
        return found + [
            NotUnderstood(
                reason=tr("A row of the chat could not be read: {reason}", reason=tr_stored(row.reason)),
                kind="message.unreadable",
                # Which row of whose chat, in no words: the key outlives a fan who is forgotten.
                key=sha256(f"{head.fan.id}:{row.mark}".encode()).hexdigest(),
                creator=mark.creator,
                at=head.last_at,
                fan=head.fan,
            )
            for row in leaf.unreadable
        ]


@dataclass(frozen=True)
class _ChatToRead:
    """A chat to read, and how far down nothing is certain."""

    head: ChatHead
    down_to: Millis


def _is_covered(head: ChatHead) -> bool:
    """Whether a message to many is all that is known to be new.

    Fanvue makes it every recipient's newest message, a hundred thousand at once, and shows it in no chat.
    """
    return (head.kind or "").upper() in TO_MANY and head.unread == 0


def _mark_of(head: ChatHead) -> ChatMark:
    return ChatMark(head.last, head.last_at)


def meaning_of(creator: CreatorId, fan: Person, row: ChatMessage, *, at: Millis) -> Understood:
    """What a message in a chat says, under the key that its webhook has."""
    event: FanWrote | CreatorWrote
    if row.from_creator or row.unclear:
        event = CreatorWrote(
            creator,
            fan,
            row.message,
            at,
            row.text,
            media=len(row.media),
            price=row.price,
            automated=(row.kind or "").startswith(_AUTOMATED),
            kind=row.kind,
            unclear=row.unclear,
            media_type=row.media_type,
            wordless=row.wordless,
        )
    else:
        event = FanWrote(
            creator,
            fan,
            row.message,
            at,
            row.text,
            media=len(row.media),
            price=row.price,
            kind=row.kind,
            whole=True,
            media_type=row.media_type,
        )
    return Understood(event, "message", row.message)
