"""Builds what proposals are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.engine.commands import Commands
from bot.engine.outbox import Effects
from bot.engine.retry import RetryWaits
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.publishing.proposals.effects import ProposalContext
from bot.features.publishing.proposals.model import PROPOSAL_KINDS, PROPOSAL_WRAPS, ProposalKind
from bot.features.publishing.proposals.notices import ProposalNotices
from bot.features.publishing.proposals.ports import SECOND_PERSON, SecondPersonPort
from bot.features.publishing.proposals.records import ProposalRecords
from bot.features.publishing.proposals.release_service import ProposalReleaseService
from bot.features.publishing.proposals.service import ProposalService
from bot.features.publishing.proposals.unattended_service import UnattendedProposalService
from bot.features.publishing.proposals.verdict_service import ProposalVerdictService
from bot.model.acting_account import ActingAccountChooser, OwnAccountOnly
from bot.model.ports import Clock, Ids, Sealer
from storage.database import Database


@dataclass(frozen=True)
class ProposalsFeature:
    """The parts that the rest of the program speaks to."""

    proposals: ProposalService
    verdicts: ProposalVerdictService
    record: ProposalRecords
    ground: ProposalContext  # what the features' handlers are made with
    leaving: ProposalReleaseService
    features: Mapping[str, ProposalKind]


@dataclass(frozen=True)
class ProposalParts:
    """The parts of proposals."""

    database: Database
    commands: Commands
    effects: Effects
    sealer: Sealer
    clock: Clock
    ids: Ids
    waits: RetryWaits
    voices: ActingAccountChooser = field(default_factory=OwnAccountOnly)


def make_proposals(
    parts: ProposalParts, features: Sequence[ProposalKind], second: SecondPersonPort | None = None
) -> ProposalsFeature:
    """Proposals of these features; `second`: has another person asked."""
    database, effects, clock, ids = parts.database, parts.effects, parts.clock, parts.ids
    telling = ProposalNotices(commands=parts.commands, effects=effects)
    record = ProposalRecords(sealer=parts.sealer, clock=clock, ids=ids, trail=effects.trail)
    leaving = ProposalReleaseService(effects=effects, clock=clock)
    return ProposalsFeature(
        record=record,
        leaving=leaving,
        features={feature.name: feature for feature in features},
        proposals=ProposalService(
            database=database,
            commands=parts.commands,
            effects=effects,
            record=record,
            features=features,
            clock=clock,
            leaving=leaving,
            second=second,
        ),
        verdicts=ProposalVerdictService(database=database, effects=effects, telling=telling, clock=clock),
        ground=ProposalContext(
            database=database,
            effects=effects,
            telling=telling,
            clock=clock,
            waits=parts.waits,
            voices=parts.voices,
        ),
    )


def build(ctx: FeatureContext) -> Feature:
    """Every kind that features built before bring, looked at by what these wrap around it, in this order."""
    parts = ProposalParts(
        database=ctx.database,
        commands=ctx.commands,
        effects=ctx.effects,
        sealer=ctx.sealer,
        clock=ctx.clock,
        ids=ctx.ids,
        waits=ctx.waits,
        voices=ctx.accounts,
    )
    kinds = ctx.brought(PROPOSAL_KINDS, "proposals")
    for wrap in ctx.brought(PROPOSAL_WRAPS, "proposals"):
        kinds = [wrap(kind) for kind in kinds]
    second = next(iter(ctx.brought(SECOND_PERSON, "proposals")), None)
    made = make_proposals(parts, kinds, second)
    unattended = UnattendedProposalService(
        database=ctx.database,
        commands=ctx.commands,
        effects=ctx.effects,
        record=made.record,
        features=made.features,
        leaving=made.leaving,
    )
    around = ctx.points.around("proposals", made.proposals)
    return Feature(name="proposals", parts=(made, unattended), services=(around, made.verdicts))
