"""Builds the lists of forbidden words, and what looks for them."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.checks.model import REPLY_CHECKS
from bot.features.inbox.guard_words.check import GuardWordCheck
from bot.features.inbox.guard_words.import_service import GuardWordImportService
from bot.features.inbox.guard_words.proposal_decorator import GuardWordProposalDecorator
from bot.features.inbox.guard_words.service import GuardWordService
from bot.features.inbox.guard_words.setting_rows import word_row
from bot.features.inbox.guard_words.word_lists import GuardWordLists
from bot.features.publishing.proposals.model import PROPOSAL_WRAPS, ProposalKind
from bot.relay.context import Context


class GuardWordsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, on: Context) -> None:
        """All of it, on the one ground."""
        self.lists = GuardWordLists(on)
        self.keeping = GuardWordService(on, lists=self.lists)
        self.importing = GuardWordImportService(on, lists=self.lists, keeping=self.keeping)


def build(ctx: FeatureContext) -> Feature:
    """They are looked for in every reply, and in everything that is proposed."""
    made, trail = GuardWordsFeature(ctx), ctx.effects.trail

    def guarded(kind: ProposalKind) -> ProposalKind:
        return GuardWordProposalDecorator(ctx, kind, lists=made.lists)

    return Feature(
        name="guard_words",
        services=(made.keeping, made.importing),
        brings=(
            REPLY_CHECKS.of(GuardWordCheck(lists=made.lists, trail=trail)),
            PROPOSAL_WRAPS.of(guarded),
            word_row(made.lists),
        ),
    )
