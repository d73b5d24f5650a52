"""Builds what remembers which items were sold."""

from dataclasses import dataclass

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.checks.model import REPLY_CHECKS
from bot.features.inbox.purchases.arrival_service import MassMessageArrivalService
from bot.features.inbox.purchases.chat_observer import CHAT_LIST_OBSERVERS, PurchaseObserver
from bot.features.inbox.purchases.check import PurchaseCheck
from bot.features.inbox.purchases.mass_contents import MassMessageContents
from bot.features.inbox.purchases.memory import PurchaseMemory
from bot.features.inbox.purchases.proposal_decorator import PurchaseProposalDecorator
from bot.features.inbox.purchases.service import PurchaseService
from bot.features.publishing.campaigns.change_proposal import CampaignChangeProposal
from bot.features.publishing.mass_messages.proposal import MassMessageProposal
from bot.features.publishing.proposals.model import PROPOSAL_WRAPS, ProposalKind, kind_of
from bot.features.signals import FAN_LEARNED, MASS_MESSAGE_ENDED

_PRICED = frozenset({MassMessageProposal.name, CampaignChangeProposal.name})


@dataclass(frozen=True)
class PurchasesFeature:
    """The parts that the rest of the program speaks to."""

    items: PurchaseService
    memory: PurchaseMemory
    noticing: PurchaseObserver  # told of chats as they are read


def build(ctx: FeatureContext) -> Feature:
    """Items that mass messages sold are remembered too, and said in the previews of what goes to many."""
    masses = MassMessageContents(ctx.effects, kind_of(MassMessageProposal.name))
    memory = PurchaseMemory(masses, ctx.clock)

    def remembered(kind: ProposalKind) -> ProposalKind:
        if kind.name not in _PRICED:
            return kind
        return PurchaseProposalDecorator(ctx, kind, recall=memory)

    items = PurchaseService(ctx, recall=memory)
    changed = ctx.listeners.telling(FAN_LEARNED)
    noticing = PurchaseObserver(ctx, changed=changed)
    arriving = MassMessageArrivalService(ctx, masses=masses)
    return Feature(
        name="purchases",
        parts=(PurchasesFeature(items, memory, noticing),),
        services=(items,),
        brings=(
            PROPOSAL_WRAPS.of(remembered),
            CHAT_LIST_OBSERVERS.of(arriving),
        ),
        listeners=(MASS_MESSAGE_ENDED.to(arriving.ended),),
    )


def build_check(ctx: FeatureContext) -> Feature:
    """The question to a reply's author about an item that the fan has: after the guard's questions."""
    check = PurchaseCheck(ctx.get(PurchasesFeature).memory, ctx.effects.ids)
    return Feature(name="purchase check", brings=(REPLY_CHECKS.of(check),))
