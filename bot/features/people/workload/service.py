"""Reads a team's figures when a lead asks, and keeps nothing."""

from bot.access.roles import MoneyView
from bot.features.people.workload import sums, texts
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.people import creators, workload
from storage.records import CreatorId, Millis

_DAY: Millis = 86_400_000
_ANSWERS = 50_000  # of a busy creator's month; more would be felt by whoever else reads


class WorkloadService:
    """The caller checks who may ask."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def of(self, creator: CreatorId, period: str, money: MoneyView) -> tuple[Post, bytes]:
        """The post for one of `wording.PERIODS`, and the same as a CSV file."""
        since = self._ctx.clock.now() - int(period) * _DAY

        async def work(tx: Transaction) -> tuple[Post, bytes]:
            known = await creators.get(tx, creator)
            assert known is not None, "the permit is about a creator who is known"
            sent = await workload.sent(tx, creator, since=since)
            answered = await workload.answered(tx, creator, since=since, limit=_ANSWERS)
            members, team = sums.rows(sent, answered), sums.total(sent, answered)
            post = texts.shown(known.handle, period, team, members, money, cut=len(answered) == _ANSWERS)
            return post, texts.as_csv(members, money)

        return await self._ctx.database.read(work)
