"""Builds what takes typed messages, and what is asked about them."""

from collections.abc import Mapping

from bot.engine.effect_handler import EffectHandler
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.checks.feature import ChecksFeature
from bot.features.inbox.message_replies import setting_rows
from bot.features.inbox.message_replies.card_refresh import ThreadCardRefresh, WantCard
from bot.features.inbox.message_replies.catch_up_service import MessageCatchUpService
from bot.features.inbox.message_replies.change_service import MessageChangeService
from bot.features.inbox.message_replies.effects import MessageRemovalHandler
from bot.features.inbox.message_replies.lines import MessageLines
from bot.features.inbox.message_replies.listening_marks import MARK, ListeningMarks
from bot.features.inbox.message_replies.question_service import MessageQuestionService
from bot.features.inbox.message_replies.service import MessageReplyService
from bot.features.inbox.message_replies.setting import MessageReplySetting
from bot.features.inbox.message_replies.stopped_message_service import StoppedMessageService
from bot.features.inbox.message_replies.tasks import MessageIntakeTask
from bot.features.signals import FAN_CHANGED
from bot.relay.context import Context
from bot.relay.removal_port import RemovalPort
from bot.relay.reply_queue import TYPED_GONE

_LATE = 60_000  # older than this, nobody expects any more that it goes out by itself


class MessageRepliesFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, answering: ChecksFeature, *, want: WantCard, listens: bool) -> None:
        """`want`: has a fan's card shown. `listens`: whether Discord is asked for what people type."""
        # One list of what is built and of what each is given, in the order in which they need one another.
        lines = MessageLines(on)
        kept = answering.kept
        self.taking = MessageReplyService(
            on, replies=answering.replies, kept=kept, lines=lines, late=max(int(_LATE / on.divisor), 1)
        )
        self.changing = MessageChangeService(database=on.database, kept=kept, lines=lines)
        self.setting = MessageReplySetting(
            on, redrawing=ThreadCardRefresh(database=on.database, want=want), listens=listens
        )
        self.hearing = MessageIntakeTask(taking=self.taking, changing=self.changing, listens=listens)
        self.pressing = MessageQuestionService(on, taking=self.taking)
        self.looking = StoppedMessageService(on, taking=self.taking, checks=answering.checks, kept=kept)
        self.catching = MessageCatchUpService(
            on, taking=self.taking, marks=ListeningMarks(on.serving.named(MARK), on.serving.shard)
        )
        self.on = on

    def handlers(self, discord: RemovalPort) -> Mapping[str, EffectHandler]:
        """The kind of effect that takes away what was typed."""
        return {TYPED_GONE: MessageRemovalHandler(database=self.on.database, discord=discord)}


def build(ctx: FeatureContext) -> Feature:
    """Nothing runs where Discord tells nothing of what people type."""
    typed = MessageRepliesFeature(
        ctx,
        ctx.get(ChecksFeature),
        want=ctx.listeners.telling(FAN_CHANGED),
        listens=ctx.settings.message_content,
    )
    heard = (typed.hearing.task(), typed.catching.task()) if typed.hearing.listens else ()
    return Feature(
        name="message replies",
        parts=(typed,),
        services=(typed.setting, typed.pressing, typed.looking),
        effects=lambda on: typed.handlers(on.discord),
        tasks=[PlacedTask(task, TaskPlacement.GATEWAY) for task in heard],
        resumes=(typed.setting.resume,),
        brings=setting_rows.ROWS,
    )
