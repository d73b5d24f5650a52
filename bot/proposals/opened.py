"""Builds what proposals are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.engine.commands import Commands
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.model.acting_account import ActingAccountChooser, OwnAccountOnly
from bot.model.ports import Clock, Ids, Sealer
from bot.proposals.asking import Asking
from bot.proposals.carrying import Ground
from bot.proposals.features import Feature
from bot.proposals.leaving import Leaving
from bot.proposals.proposing import Proposals
from bot.proposals.record import Record
from bot.proposals.telling import Telling
from bot.proposals.verdicts import Verdicts
from storage.database import Database


@dataclass(frozen=True)
class Proposing:
    """The parts that the rest of the program speaks to."""

    proposals: Proposals
    verdicts: Verdicts
    record: Record
    ground: Ground  # what the features' deeds are made with
    leaving: Leaving
    features: Mapping[str, Feature]


@dataclass(frozen=True)
class Parts:
    """What they are built with."""

    database: Database
    commands: Commands
    effects: Effects
    sealer: Sealer
    clock: Clock
    ids: Ids
    waits: RetryWaits
    voices: ActingAccountChooser = field(default_factory=OwnAccountOnly)


def open_proposals(parts: Parts, features: Sequence[Feature], second: Asking | None = None) -> Proposing:
    """Proposals of these features; `second`: has another person asked."""
    database, effects, clock, ids = parts.database, parts.effects, parts.clock, parts.ids
    telling = Telling(commands=parts.commands, effects=effects)
    record = Record(sealer=parts.sealer, clock=clock, ids=ids, trail=effects.trail)
    leaving = Leaving(effects=effects, clock=clock)
    return Proposing(
        record=record,
        leaving=leaving,
        features={feature.name: feature for feature in features},
        proposals=Proposals(
            database=database,
            commands=parts.commands,
            effects=effects,
            record=record,
            features=features,
            clock=clock,
            leaving=leaving,
            second=second,
        ),
        verdicts=Verdicts(database=database, effects=effects, telling=telling, clock=clock),
        ground=Ground(
            database=database,
            effects=effects,
            telling=telling,
            clock=clock,
            waits=parts.waits,
            voices=parts.voices,
        ),
    )
