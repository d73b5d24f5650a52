"""The office of tests/features/inbox/approvals, in which replies can be scheduled."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from bot.engine.retry import RetryWaits
from bot.features.inbox.approvals.list_service import ApprovalPage
from bot.features.inbox.scheduled.effects import ScheduledReplyHandler
from bot.model.ports import Post
from bot.relay.replies import ReplyWish
from bot.relay.scheduled_replies import KIND
from storage.engine.connect import open_database
from storage.records import DiscordId
from tests.database_place import database_in
from tests.features.inbox.approvals.approvals_scenario import ITEM, OLA, ROLES, TIA, ApprovalsScenario
from tests.features.inbox.checks.checks_scenario import ref_of
from tests.relay.clock_fixtures import SettableClock

HOUR = 3_600_000


class LedScheduleScenario(ApprovalsScenario):
    """Everybody is on the server, but those who `left`."""

    left: set[DiscordId]

    def build(self) -> None:
        super().build()
        if not hasattr(self, "left"):
            self.left = set()
        handlers = self.deliveries._handlers
        assert isinstance(handlers, dict)
        handlers[KIND] = ScheduledReplyHandler(
            self.ground(),
            checks=self.answering.checks,
            kept=self.answering.kept,
            replies=self.replies,
            unheard=self.unheard,
            members=self,
            channels=self,
        )

    async def roles(self, guild: DiscordId, member: DiscordId) -> Collection[DiscordId] | None:  # noqa: ARG002
        return None if member in self.left else ()

    async def is_there(self, channel: DiscordId) -> bool:  # noqa: ARG002
        return True

    async def schedules(
        self, text: str, by: DiscordId = TIA, *, when: str = "in 2 hours", price: int | None = None
    ) -> Post:
        """Somebody writes what needs a lead, for later; what they are shown."""
        media = (ITEM,) if price is not None else ()
        alone = by is not TIA
        wish = ReplyWish(await self.wish_by(by), text, price, media, alone=alone, role=ROLES[by], when=when)
        shown = await self.replies.accept(await self.replies.stage(wish))
        assert isinstance(shown, Post), shown
        await self.turn()
        return shown

    async def approved(self, who: DiscordId = OLA) -> ApprovalPage:
        """A lead opens what waits, and approves it."""
        return await self.decides(await self.list(who), "Approve", who)

    async def sends_now(self, under: Post) -> Post | str:
        """The trainee presses Send now under the line."""
        pressing = self.answering.pressing
        command = await pressing.stage(
            await self.wish_by(TIA), ref_of(under, "Send now"), reads=True, alone=False, role=ROLES[TIA]
        )
        assert command is not None
        shown = await pressing.send(command)
        assert shown is not None, "another press was faster"
        return shown

    async def discards(self, under: Post) -> Post | str | None:
        """They press Cancel."""
        pressing = self.answering.pressing
        command = await pressing.stage(await self.wish_by(TIA), ref_of(under, "Cancel"), reads=True)
        assert command is not None
        shown = await pressing.discard(command)
        await self.turn()
        return shown

    async def comes(self, hours: float = 2.0) -> None:
        """The time comes."""
        await self.pass_time(int(hours * HOUR) + 1)
        await self.approving.lane.look()
        await self.turn()

    async def thread_says(self) -> str:
        """All that the thread says."""
        return "\n".join(await self.whole_lines())


@asynccontextmanager
async def led(path: Path) -> AsyncIterator[LedScheduleScenario]:
    """An office in which Emma has written once."""
    database = await open_database(database_in(path), now=0)
    office = LedScheduleScenario(database, RetryWaits(), SettableClock())
    try:
        await office.link()
        await office.set_up()
        await office.staff()
        await office.start()
        await office.greeted()
        await office.pass_time(60_000)
        yield office
        await office.crash()
    finally:
        await database.close()
