"""Builds what claims are made of; talks themselves are kept from the ground up."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.claims.service import ClaimService
from bot.features.inbox.conversations.changes import ConversationChanges
from bot.features.inbox.conversations.tasks import ConversationExpiryTask, ExpiryRule
from bot.relay.context import Context
from storage.inbox import fan_claims

CLAIMS = ExpiryRule("claims", fan_claims.over, fan_claims.free, calm=True)


class ClaimsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context, changes: ConversationChanges) -> None:
        """`changes`: the same that the context's conversations are told of."""
        self.claiming = ClaimService(on, changes=changes)
        self.expiring = ConversationExpiryTask(on, changes=changes, what=CLAIMS)


def build(ctx: FeatureContext) -> Feature:
    """Claims, which end by themselves."""
    claims = ClaimsFeature(ctx, ctx.changes)
    return Feature(
        name="claims", services=(claims.claiming,), tasks=(claims.expiring.task(divisor=ctx.divisor),)
    )
