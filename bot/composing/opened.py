"""Builds what puts mass messages together."""

from dataclasses import dataclass

from bot.composing.earlier import Earlier
from bot.composing.ending import Forgetting, Leaving
from bot.composing.keeping import Keeping
from bot.composing.lists import Lists, ListsPort
from bot.composing.ports import SentPort, VaultPort
from bot.composing.showing import Showing
from bot.composing.steps import Composing, Sources
from bot.composing.texts import Texts
from bot.engine.supervision import BackgroundTask
from bot.relay.context import Context
from bot.templates.opened import Templates


@dataclass(frozen=True)
class ComposingOpened:
    """The parts that the rest of the program speaks to."""

    composing: Composing
    leaving: Leaving
    forgetting: Forgetting

    def duty(self, *, divisor: float) -> BackgroundTask:
        """What must run for drafts to go after a week."""
        return self.forgetting.duty(divisor=divisor)


def open_composing(
    on: Context, lists: ListsPort, templates: Templates, vault: VaultPort, sent: SentPort
) -> ComposingOpened:
    """`lists`, `vault` and `sent` read on Fanvue."""
    keeping = Keeping(sealer=on.sealer, clock=on.clock, ids=on.ids)
    offered = Lists(lists, database=on.database, effects=on.effects, clock=on.clock)
    composing = Composing(
        database=on.database,
        keeping=keeping,
        on=Showing(database=on.database, keeping=keeping, lists=offered, clock=on.clock),
        lists=offered,
        sources=Sources(
            Texts(templates.finding, templates.filling),
            vault,
            Earlier(sent, database=on.database, effects=on.effects, clock=on.clock),
        ),
        clock=on.clock,
    )
    return ComposingOpened(composing, Leaving(), Forgetting(database=on.database, clock=on.clock))
