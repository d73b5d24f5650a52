"""Builds what members do to put fans aside, and what brings these back."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.board.feature import BoardFeature
from bot.features.inbox.conversations.changes import ConversationChanges
from bot.features.inbox.conversations.tasks import ConversationExpiryTask, ExpiryRule
from bot.features.inbox.snooze.bulk_service import BulkSnoozeService, PageOf
from bot.features.inbox.snooze.service import SnoozeService
from bot.relay.context import Context
from storage.inbox import snoozes

SNOOZES = ExpiryRule("snoozes", snoozes.over, snoozes.wake)


class SnoozeFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, changes: ConversationChanges, pages: PageOf) -> None:
        """`changes`: the same that the context's conversations are told of. `pages`: of members' lists."""
        self.aside = SnoozeService(on, changes=changes, unread=on.waits.unread)
        self.several = BulkSnoozeService(on, aside=self.aside, pages=pages)
        self.waking = ConversationExpiryTask(on, changes=changes, what=SNOOZES)


def build(ctx: FeatureContext) -> Feature:
    """Fans that are put aside, one by one or a page of the board at once."""
    snooze = SnoozeFeature(ctx, ctx.changes, ctx.get(BoardFeature).reading.on_page)
    return Feature(
        name="snooze",
        services=(snooze.aside, snooze.several),
        tasks=(snooze.waking.task(divisor=ctx.divisor),),
    )
