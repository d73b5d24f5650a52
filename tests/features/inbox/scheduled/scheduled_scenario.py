"""An evening of replies that leave at their time, on a settable clock."""

from collections.abc import Collection

from bot.features.inbox.scheduled.effects import ScheduledReplyHandler
from bot.relay.replies import ReplyWish
from bot.relay.scheduled_replies import KIND
from storage.records import CommandId, DiscordId
from tests.features.inbox.checks.checks_scenario import ChecksScenario


class EverybodyThere:
    """A server that nobody leaves, with all its channels."""

    async def roles(self, guild: DiscordId, member: DiscordId) -> Collection[DiscordId] | None:  # noqa: ARG002
        return ()

    async def is_there(self, channel: DiscordId) -> bool:  # noqa: ARG002
        return True


class ScheduledScenario(ChecksScenario):
    """A world whose replies can be scheduled."""

    def build(self) -> None:
        super().build()
        there, handlers = EverybodyThere(), self.deliveries._handlers
        assert isinstance(handlers, dict)
        handlers[KIND] = ScheduledReplyHandler(
            self.ground(),
            checks=self.answering.checks,
            kept=self.answering.kept,
            replies=self.replies,
            unheard=self.unheard,
            members=there,
            channels=there,
        )

    async def schedules(self, text: str, when: str) -> CommandId:
        """Maya writes something for later."""
        command = await self.replies.stage(ReplyWish(await self.wish_of(), text, when=when))
        await self.replies.accept(command)
        return command
