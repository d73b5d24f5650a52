"""/team blocked: replies that did not leave as written, page by page, for leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.access.permits import Actor, Permit
from bot.features.people.reviews import choice_rules, files, sent_texts
from bot.features.people.reviews import stopped_texts as words_of
from bot.features.people.reviews.choice_rules import PAGE
from bot.features.people.reviews.model import ReviewPage, ReviewWords, permitted
from bot.features.people.reviews.page_records import ReviewPageRecords
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.fan_labels import FanKey, labels_of
from bot.relay.review_wishes import StoppedRepliesWish
from storage.database import Transaction
from storage.inbox import fans, threads
from storage.people import creators, stopped_attempts
from storage.people.stopped_attempts import StoppedAttempt, StoppedAttemptFilter
from storage.records import CreatorId, DraftId, Fan, Millis, Pseudonym

_DAY: Millis = 86_400_000
_MOST = 2_000  # attempts that are looked at, of all creators together
_FEWEST = 200  # of each


@dataclass(frozen=True)
class _StoppedRepliesFound:
    rows: list[StoppedAttempt]
    lines: list[words_of.StoppedReplyLine]  # of the page
    fans: Mapping[str, Fan]  # of the page, or of all where a file is wanted
    handles: Mapping[CreatorId, str]
    cut: bool


class StoppedRepliesService:
    """Permission is checked before every page. There is no text and no word in it."""

    def __init__(self, ctx: Context, *, looks: ReviewPageRecords, words: ReviewWords) -> None:
        self._ctx = ctx
        self._looks = looks
        self._words = words

    async def look(self, permits: Sequence[Permit], wish: StoppedRepliesWish, *, as_file: bool) -> ReviewPage:
        """One page; `as_file`: and all of it as a file."""
        of, reader = list(permitted(permits, wish.creator)), permits[0].actor
        if not of:
            return ReviewPage(Post(body=(tr(sent_texts.NOT_THERE),)))
        found = await self._ctx.database.read(lambda tx: self._read(tx, of, wish, whole=as_file))
        wish = replace(wish, number=choice_rules.cut(wish.number, len(found.rows)))
        newer, older = await self._ctx.database.write(
            lambda tx: self._noted(tx, reader, wish, found, as_file=as_file)
        )
        shown = words_of.StoppedReplyPage(
            wish=wish,
            lines=found.lines,
            handles=found.handles,
            guild=reader.guild,
            number=len(found.rows),
            cut=found.cut,
            newer=newer,
            older=older,
            has_file=as_file,
        )
        return ReviewPage(words_of.page(shown, self._words.packs), self._file(found) if as_file else None)

    async def turn(self, permits: Sequence[Permit], ref: str) -> ReviewPage:
        """The page that a button leads to."""
        actor = permits[0].actor
        wish = await self._ctx.database.read(lambda tx: self._looks.stopped(tx, ref, actor))
        if wish is None:
            return ReviewPage(Post(body=(tr(sent_texts.CLOSED, command="/team blocked"),)))
        return await self.look(permits, wish, as_file=False)

    async def _read(
        self, tx: Transaction, of: Sequence[CreatorId], wish: StoppedRepliesWish, *, whole: bool
    ) -> _StoppedRepliesFound:
        since, most = self._ctx.clock.now() - wish.days * _DAY, max(_MOST // len(of), _FEWEST)
        rows: list[StoppedAttempt] = []
        handles: dict[CreatorId, str] = {}
        more = False
        for creator in of:
            found = await stopped_attempts.found(
                tx, StoppedAttemptFilter(creator, since, wish.member, wish.what), limit=most
            )
            rows += found
            more = more or len(found) == most
            known = await creators.get(tx, creator)
            handles[creator] = known.handle if known is not None else ""
        rows.sort(key=lambda one: one.at, reverse=True)
        first = choice_rules.cut(wish.number, len(rows)) * PAGE
        page = rows[first:][:PAGE]
        known_fans = await self._fans(tx, rows if whole else page)
        on_page = [known_fans[one.fan] for one in page if one.fan in known_fans]
        names = await labels_of(tx, on_page)
        lines = [await self._line(tx, one, known_fans, names) for one in page]
        return _StoppedRepliesFound(rows, lines, known_fans, handles, more)

    async def _fans(self, tx: Transaction, rows: Sequence[StoppedAttempt]) -> dict[str, Fan]:
        """The fans behind the pseudonyms, except those forgotten."""
        named: dict[CreatorId, set[Pseudonym]] = {}
        for one in rows:
            if one.fan is not None:
                named.setdefault(one.creator, set()).add(one.fan)
        found: dict[str, Fan] = {}
        for creator, names in named.items():
            for name, fan in (await self._ctx.trail.pseudonyms.whose(tx, creator, names)).items():
                known = await fans.get(tx, creator, fan)
                if known is not None:
                    found[name] = known
        return found

    async def _line(
        self,
        tx: Transaction,
        one: StoppedAttempt,
        known: Mapping[str, Fan],
        names: Mapping[FanKey, str],
    ) -> words_of.StoppedReplyLine:
        fan = known.get(one.fan or "")
        thread = await threads.current(tx, one.creator, fan.id) if fan is not None else None
        name = names[fan.creator, fan.id] if fan is not None else None
        return words_of.StoppedReplyLine(one, name, thread)

    async def _noted(
        self,
        tx: Transaction,
        reader: Actor,
        wish: StoppedRepliesWish,
        found: _StoppedRepliesFound,
        *,
        as_file: bool,
    ) -> tuple[DraftId | None, DraftId | None]:
        """The references of the page's buttons; a file, which has none, is recorded."""
        if not as_file:
            return await self._looks.around(tx, wish, len(found.rows), reader)
        for creator in sorted({one.creator for one in found.rows}):
            await self._ctx.trail.write(tx, "review.file", "done", actor=reader.user, creator=creator)
        return None, None

    def _file(self, found: _StoppedRepliesFound) -> bytes:
        rows = [
            (one, words_of.what(one.action, self._words.packs), words_of.became(one)) for one in found.rows
        ]
        return files.stopped(rows, found.handles, found.fans)
