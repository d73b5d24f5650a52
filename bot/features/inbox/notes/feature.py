"""Builds what a team writes down about fans."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.notes.search_service import FanSearchService
from bot.features.inbox.notes.service import NoteService
from bot.features.inbox.notes.tag_service import FanTagService
from bot.features.inbox.notes.thread_work import FanThreadWork, Listener
from bot.features.signals import FAN_CHANGED
from bot.relay.context import Context


@dataclass(frozen=True)
class NotesFeature:
    """The parts that the rest of the program speaks to."""

    notes: NoteService
    tags: FanTagService
    finding: FanSearchService


def make_notes(on: Context, listeners: Sequence[Listener] = ()) -> NotesFeature:
    """`listeners`: show what is known of a fan."""
    about = FanThreadWork(on, listeners=listeners)
    notes = NoteService(on, about=about)
    tags = FanTagService(on, about=about)
    finding = FanSearchService(on)
    return NotesFeature(notes, tags, finding)


def build(ctx: FeatureContext) -> Feature:
    """Every change is told to those that show a fan."""
    notes = make_notes(ctx, [ctx.listeners.telling(FAN_CHANGED)])
    return Feature(name="notes", parts=(notes,), services=(notes.notes, notes.tags, notes.finding))
