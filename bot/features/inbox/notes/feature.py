"""Builds what a team writes down about fans."""

from collections.abc import Sequence

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.notes.search_service import FanSearchService
from bot.features.inbox.notes.service import NoteService
from bot.features.inbox.notes.tag_service import FanTagService
from bot.features.inbox.notes.thread_work import FanThreadWork, Listener
from bot.features.signals import FAN_CHANGED
from bot.relay.context import Context


class NotesFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, listeners: Sequence[Listener] = ()) -> None:
        """`listeners`: show what is known of a fan."""
        about = FanThreadWork(on, listeners=listeners)
        self.notes = NoteService(on, about=about)
        self.tags = FanTagService(on, about=about)
        self.finding = FanSearchService(on)


def build(ctx: FeatureContext) -> Feature:
    """Every change is told to those that show a fan."""
    notes = NotesFeature(ctx, [ctx.listeners.telling(FAN_CHANGED)])
    return Feature(name="notes", parts=(notes,), services=(notes.notes, notes.tags, notes.finding))
