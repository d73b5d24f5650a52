"""Reads who waits: for the board of a creator, and for a member across creators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.access.roles import MoneyView
from bot.features.inbox.board import texts
from bot.features.inbox.board.lines import BoardLine, BoardList, asking, belonging, counted, line_of, ordered
from bot.features.inbox.board.priority import FanPriority, PriorityBand
from bot.model.choices import Choice
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import held_replies, routing_offers, waiting_fans
from storage.operations import attention
from storage.people import creators
from storage.records import CreatorId, DiscordId

_MOST = 2_000  # talks, and what asks for a person, of one creator that are looked at; the longest wait first


@dataclass(frozen=True)
class BoardPage:
    """A page of a member's list, and the other lists that can be chosen."""

    post: Post
    choice: Choice | None


class BoardService:
    """Callers ask who may see what; `of` says how exactly a member sees each creator's figures."""

    def __init__(self, ctx: Context, *, worth: FanPriority) -> None:
        self._ctx = ctx
        self._worth = worth

    async def unanswered(self, tx: Transaction, creator: CreatorId) -> list[BoardLine]:
        """List all who wait for this creator, the heaviest first, as one without figures may know."""
        lines = await self._talks(tx, creator, MoneyView.HIDDEN)
        return ordered((line for line in lines if line.unanswered), now=self._ctx.clock.now())

    async def held(self, tx: Transaction, creator: CreatorId) -> int:
        """Count replies waiting for a lead."""
        return await held_replies.number(tx, creator, now=self._ctx.clock.now())

    async def page_of(
        self, of: Mapping[CreatorId, MoneyView], member: DiscordId, ref: str, *, settles: bool
    ) -> BoardPage:
        """The page that a reference names; the first one of all who wait for any other."""
        which, number = texts.page_in(ref)
        return await self.page(of, member, which, number, settles=settles)

    async def list_of(
        self, of: Mapping[CreatorId, MoneyView], member: DiscordId, chosen: Sequence[str], *, settles: bool
    ) -> BoardPage:
        """The first page of the list that was chosen."""
        which, _ = texts.page_in(f"{next(iter(chosen), '')}0")
        return await self.page(of, member, which, settles=settles)

    async def page(
        self,
        of: Mapping[CreatorId, MoneyView],
        member: DiscordId,
        which: BoardList,
        number: int = 0,
        *,
        settles: bool = False,
    ) -> BoardPage:
        """One page of what a member sees of these creators; `settles`: whether they may decide for any."""
        lines, handles = await self._ctx.database.read(lambda tx: self._all(tx, of))
        shown = ordered(belonging(lines, which, member), now=self._ctx.clock.now())
        post = texts.page(shown, which, number, handles=handles, member=member, settles=settles)
        return BoardPage(post, texts.choice(counted(lines, member)))

    async def urgent(
        self, of: Mapping[CreatorId, MoneyView], member: DiscordId
    ) -> tuple[list[BoardLine], list[BoardLine], Mapping[CreatorId, str]]:
        """All who wait, the heaviest first; those of them who are this member's; creators' handles."""
        lines, handles = await self._ctx.database.read(lambda tx: self._all(tx, of))
        waiting = ordered(belonging(lines, BoardList.UNANSWERED, member), now=self._ctx.clock.now())
        return waiting, belonging(waiting, BoardList.MINE, member), handles

    async def on_page(
        self, of: Mapping[CreatorId, MoneyView], member: DiscordId, ref: str
    ) -> Sequence[BoardLine]:
        """The fans whom the page that a reference names shows at this moment."""
        which, number = texts.page_in(ref)
        lines, _ = await self._ctx.database.read(lambda tx: self._all(tx, of))
        return texts.on_page(ordered(belonging(lines, which, member), now=self._ctx.clock.now()), number)

    async def _all(
        self, tx: Transaction, of: Mapping[CreatorId, MoneyView]
    ) -> tuple[list[BoardLine], dict[CreatorId, str]]:
        """All lines about these creators, and the creators' handles where there are several."""
        found: list[BoardLine] = []
        handles: dict[CreatorId, str] = {}
        for creator, sees in of.items():
            known = await creators.get(tx, creator)
            if known is not None and len(of) > 1:
                handles[creator] = known.handle
            found += await self._talks(tx, creator, sees)
            found += asking(await attention.waiting(tx, creator, limit=_MOST))
        return found, handles

    async def _talks(self, tx: Transaction, creator: CreatorId, sees: MoneyView) -> list[BoardLine]:
        now = self._ctx.clock.now()
        bands = await self._worth.of(tx, creator, sees)
        found = await waiting_fans.standing(tx, creator, now=now, limit=_MOST)
        offers = await routing_offers.standing(tx, creator, now=now)
        return [
            line_of(
                one,
                bands.get(one.talk.fan, PriorityBand.USUAL),
                now=now,
                offered=offers.get(one.talk.fan),
            )
            for one in found
        ]
