"""Builds the board of who waits, and says what of it runs in the background."""

from collections.abc import Mapping

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.board.effects import KIND, BoardHandler
from bot.features.inbox.board.home_part import waiting_part
from bot.features.inbox.board.priority import FanPriority, Marked
from bot.features.inbox.board.scheduling import BoardScheduler
from bot.features.inbox.board.service import BoardService
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.signals import (
    CONVERSATION_CHANGED,
    HELD_REPLIES_CHANGED,
    MESSAGE_DELETED,
    OFFERS_CHANGED,
    THREAD_OPENED,
)
from bot.model.discord_ports import MessageRemovalPort
from bot.relay.context import Context


class BoardFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, marked: Marked) -> None:
        """The caller has it told of every conversation that changed (`noticing.changed`)."""
        worth = FanPriority(on, marked=marked)
        self.reading = BoardService(on, worth=worth)
        self.noticing = BoardScheduler(on, reading=self.reading)
        self.on = on

    def handlers(self, discord: MessageRemovalPort) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are the board's own."""
        show = BoardHandler(self.on, discord=discord, reading=self.reading)
        return {KIND: show}


def build(ctx: FeatureContext) -> Feature:
    """The board hears of every conversation and held reply, and is made again when it was deleted."""
    board = BoardFeature(ctx, ctx.get(NotesFeature).tags.vips)
    noticing = board.noticing
    return Feature(
        name="board",
        parts=(board,),
        services=(board.reading,),
        effects=lambda on: board.handlers(on.discord),
        tasks=(noticing.task(divisor=ctx.divisor),),
        brings=(waiting_part(board.reading),),
        listeners=(
            CONVERSATION_CHANGED.to(noticing.conversation_changed),
            HELD_REPLIES_CHANGED.to(noticing.changed),
            OFFERS_CHANGED.to(noticing.changed),
            THREAD_OPENED.to(noticing.thread_opened),
            MESSAGE_DELETED.to(noticing.deleted),
        ),
    )
