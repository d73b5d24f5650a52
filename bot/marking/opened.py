"""Builds what marks chats on Fanvue."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effect_handler import EffectHandler
from bot.marking.deed import KIND, MarkChat, MarksPort
from bot.marking.marking import Marking
from bot.model.acting_account import ActingAccountChooser
from bot.relay.context import Context


@dataclass(frozen=True)
class Marks:
    """The parts that the rest of the program speaks to."""

    marking: Marking
    deed: MarkChat

    def deeds(self) -> Mapping[str, EffectHandler]:
        """The kind of effect that is the marks' own."""
        return {KIND: self.deed}


def open_marking(on: Context, there: MarksPort, voices: ActingAccountChooser) -> Marks:
    """`there`: the chats on Fanvue; `voices` chooses through whose account."""
    deed = MarkChat(database=on.database, there=there, effects=on.effects, clock=on.clock, voices=voices)
    return Marks(Marking(database=on.database, effects=on.effects, ids=on.ids), deed)
