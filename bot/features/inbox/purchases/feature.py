"""Builds what remembers which items were sold."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.inbox.purchases.arrival_service import MassMessageArrivalService
from bot.features.inbox.purchases.check import PurchaseCheck
from bot.features.inbox.purchases.mass_contents import MassMessageContents
from bot.features.inbox.purchases.memory import PurchaseMemory
from bot.features.inbox.purchases.proposal_decorator import PurchaseProposalDecorator
from bot.features.inbox.purchases.service import PurchaseService
from bot.features.publishing.proposals.model import ProposalKind
from bot.relay.context import Context


@dataclass(frozen=True)
class PurchasesFeature:
    """The parts that the rest of the program speaks to."""

    check: PurchaseCheck  # before a reply leaves
    items: PurchaseService


def open_sold(on: Context, mass_kind: str) -> PurchasesFeature:
    """`mass_kind`: of the effects that are mass messages."""
    recall = _recall(on, mass_kind)
    items = PurchaseService(database=on.database, recall=recall, clock=on.clock)
    return PurchasesFeature(PurchaseCheck(recall, on.effects.ids), items)


def remembered(on: Context, features: Sequence[ProposalKind], mass_kind: str) -> list[ProposalKind]:
    """These features, in whose previews it stands what went to many before."""
    recall, ids = _recall(on, mass_kind), on.effects.ids
    return [
        PurchaseProposalDecorator(feature, database=on.database, recall=recall, ids=ids)
        for feature in features
    ]


def open_arriving(on: Context, mass_kind: str) -> MassMessageArrivalService:
    """Told of chats as the sweeps find them."""
    masses = MassMessageContents(on.effects, mass_kind)
    return MassMessageArrivalService(database=on.database, effects=on.effects, masses=masses, clock=on.clock)


def _recall(on: Context, mass_kind: str) -> PurchaseMemory:
    return PurchaseMemory(MassMessageContents(on.effects, mass_kind), on.clock)
