"""Builds what a team writes down about fans."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.notes.about import About, Listener
from bot.notes.finding import Finding
from bot.notes.tagging import Tags
from bot.notes.writing import Notes
from bot.relay.context import Context


@dataclass(frozen=True)
class Knowing:
    """The parts that the rest of the program speaks to."""

    notes: Notes
    tags: Tags
    finding: Finding


def open_notes(on: Context, listeners: Sequence[Listener] = ()) -> Knowing:
    """`listeners`: whoever shows what is known of a fan."""
    about = About(database=on.database, trail=on.effects.trail, listeners=listeners)
    notes = Notes(about=about, sealer=on.sealer, clock=on.clock, ids=on.ids)
    tags = Tags(about=about, sealer=on.sealer, clock=on.clock, ids=on.ids)
    finding = Finding(database=on.database, sealer=on.sealer, effects=on.effects)
    return Knowing(notes, tags, finding)
