"""Several fans of a list are put off at once: whom, until when, and how it ended."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.access.roles import MoneyView
from bot.engine.input_windows import InputWindowExpired, InputWindowHolder, InputWindows
from bot.features.inbox.snooze import bulk_texts as wording
from bot.features.inbox.snooze.service import SnoozeOutcome, SnoozeService
from bot.model.choices import Choice
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.fan_labels import choices_of
from bot.relay.impostors import label_of
from bot.text.reply_rules import ReplyRefused
from bot.text.safe_text import one_line
from storage.database import Transaction
from storage.inbox import fans, threads
from storage.people import creators
from storage.records import CreatorId, DiscordId, DraftId, Millis

WINDOW = "snooze.several"  # a draft
_LONGEST, _HANDLE = 100, 30  # characters of a choice, and of a creator's handle in it


class SnoozableFan(Protocol):
    """A fan on a page of a list."""

    @property
    def creator(self) -> CreatorId:
        """Their creator."""

    @property
    def guild(self) -> DiscordId | None:
        """On which server their thread is; None where there is none."""

    @property
    def thread(self) -> DiscordId | None:
        """Their thread."""

    @property
    def since(self) -> Millis | None:
        """Since when they wait."""


PageOf = Callable[[Mapping[CreatorId, MoneyView], DiscordId, str], Awaitable[Sequence[SnoozableFan]]]


@dataclass(frozen=True)
class BulkSnoozeQuestion:
    """A question, and what to choose from."""

    post: Post
    choice: Choice | None = None


class BulkSnoozeService:
    """`may`: the creators whose fans this member may put off here, asked at the door at each step."""

    def __init__(self, ctx: Context, *, aside: SnoozeService, pages: PageOf) -> None:
        """`pages`: the fans on the page of a member's list that a reference names."""
        self._ctx = ctx
        self._aside = aside
        self._pages = pages
        self._windows = InputWindows(WINDOW, clock=ctx.clock, ids=ctx.ids)

    async def whom(
        self,
        of: Mapping[CreatorId, MoneyView],
        holder: InputWindowHolder,
        page: str,
        may: Collection[CreatorId],
    ) -> BulkSnoozeQuestion:
        """Ask which fans of a page; `of`: the creators whom that list is about."""
        looked = self._ctx.clock.now()
        found = {
            one.thread: one
            for one in await self._pages(of, holder.member, page)
            if one.thread is not None and one.guild == holder.guild and one.creator in may and one.since
        }
        if not found:
            return BulkSnoozeQuestion(wording.nobody(page))
        target = {
            "page": page,
            "looked": looked,
            "threads": {str(t): one.creator for t, one in found.items()},
        }

        async def work(tx: Transaction) -> tuple[DraftId, dict[DiscordId, str]]:
            return await self._windows.open(tx, holder, target), await _choices(tx, list(found))

        ref, called = await self._ctx.database.write(work)
        names = [
            (str(thread), called[thread], looked - (one.since or looked)) for thread, one in found.items()
        ]
        return BulkSnoozeQuestion(wording.whom(page), wording.fans(ref, names))

    async def until(
        self, holder: InputWindowHolder, ref: DraftId, chosen: Sequence[str], may: Collection[CreatorId]
    ) -> BulkSnoozeQuestion:
        """Ask until when; `ref`: the question before."""

        async def work(tx: Transaction) -> tuple[DraftId, dict[str, Any], list[str]] | str:
            try:
                asked = await self._windows.saving(tx, ref, holder)
            except InputWindowExpired:
                return tr(wording.OVER)
            picked = {one: of for one, of in asked["threads"].items() if one in chosen and of in may}
            target = {**asked, "threads": picked}
            return (
                await self._windows.open(tx, holder, target),
                target,
                [await _name(tx, DiscordId(int(one))) for one in picked],
            )

        found = await self._ctx.database.write(work)
        if isinstance(found, str):
            return BulkSnoozeQuestion(Post(body=(found,)))
        window, target, names = found
        if not names:
            return BulkSnoozeQuestion(wording.nobody(target["page"]))
        times: dict[str, str] = {}
        for creator in dict.fromkeys(target["threads"].values()):
            times |= {value: words for words, value in await self._aside.times(creator)}
        return BulkSnoozeQuestion(wording.until(target["page"], names), wording.times(window, times))

    async def put_off(
        self, holder: InputWindowHolder, ref: DraftId, typed: str, may: Collection[CreatorId]
    ) -> Post:
        """Snooze each by the rules of /fan snooze, in its own commit; lines since the list were not read."""
        try:
            asked = await self._ctx.database.read(lambda tx: self._windows.saving(tx, ref, holder))
        except InputWindowExpired:
            return Post(body=(tr(wording.OVER),))
        ended = [
            (await self._named(thread), await self._one(holder, thread, typed, may, asked["looked"]))
            for thread in (DiscordId(int(one)) for one in asked["threads"])
        ]
        return wording.ended(asked["page"], ended)

    async def _one(
        self,
        holder: InputWindowHolder,
        thread: DiscordId,
        typed: str,
        may: Collection[CreatorId],
        looked: Millis,
    ) -> SnoozeOutcome:
        try:
            return await self._aside.put_off(holder.member, thread, typed, among=may, looked=looked)
        except ReplyRefused as refused:
            return SnoozeOutcome(str(refused))

    async def _named(self, thread: DiscordId) -> str:
        return await self._ctx.database.read(lambda tx: _name(tx, thread))


async def _choices(tx: Transaction, channels: Sequence[DiscordId]) -> dict[DiscordId, str]:
    """The names of the fans of these threads; with their creators' where these are several."""
    known = {one: await threads.by_discord(tx, one) for one in channels}
    people = {
        channel: fan
        for channel, thread in known.items()
        if thread is not None and (fan := await fans.get(tx, thread.creator, thread.fan)) is not None
    }
    several = {fan.creator for fan in people.values()}
    handles = {one: await _whose(tx, one) for one in several} if len(several) > 1 else {}
    ends = [handles.get(fan.creator, "") for fan in people.values()]
    longest = _LONGEST - max(map(len, ends), default=0)
    words = await choices_of(tx, list(people.values()), longest=longest)
    found = {channel: f"{said}{end}" for channel, said, end in zip(people, words, ends, strict=True)}
    return {one: found.get(one) or tr("fan") for one in channels}


async def _whose(tx: Transaction, creator: CreatorId) -> str:
    known = await creators.get(tx, creator)
    return tr(" of @{handle}", handle=one_line(known.handle, _HANDLE)) if known is not None else ""


async def _name(tx: Transaction, thread: DiscordId) -> str:
    known = await threads.by_discord(tx, thread)
    fan = await fans.get(tx, known.creator, known.fan) if known is not None else None
    return await label_of(tx, fan) if fan is not None else f"<#{thread}>"
