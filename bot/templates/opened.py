"""Builds templates: found, kept, filled in, handed over and taken in."""

from dataclasses import dataclass

from bot.relay.context import Context
from bot.templates.filling import Filling
from bot.templates.finding import Finding
from bot.templates.handing import Handing
from bot.templates.importing import Importing
from bot.templates.keeping import Keeping


@dataclass(frozen=True)
class Templates:
    """The parts that the rest of the program speaks to."""

    finding: Finding
    keeping: Keeping
    filling: Filling
    handing: Handing
    importing: Importing


def open_templates(on: Context) -> Templates:
    """All of it, on the one ground."""
    finding = Finding(database=on.database, sealer=on.sealer)
    keeping = Keeping(database=on.database, finding=finding, effects=on.effects, clock=on.clock, ids=on.ids)
    return Templates(
        finding,
        keeping,
        Filling(database=on.database, finding=finding, clock=on.clock),
        Handing(database=on.database, finding=finding, keeping=keeping),
        Importing(database=on.database, finding=finding, keeping=keeping, clock=on.clock, ids=on.ids),
    )
