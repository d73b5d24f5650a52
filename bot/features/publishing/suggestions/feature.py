"""Builds what suggested posts are made of."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.publishing.posts.feature import PostsFeature
from bot.features.publishing.posts.proposal import NAME as POST
from bot.features.publishing.proposals.feature import ProposalsFeature
from bot.features.publishing.proposals.model import PROPOSAL_KINDS, kind_of
from bot.features.publishing.suggestions.cases import SuggestionCases
from bot.features.publishing.suggestions.decision_service import SuggestionDecisionService
from bot.features.publishing.suggestions.edit_service import SuggestionEditService
from bot.features.publishing.suggestions.effects import SuggestionHandler
from bot.features.publishing.suggestions.expiry import SuggestionExpiry
from bot.features.publishing.suggestions.home_part import suggested_part
from bot.features.publishing.suggestions.list_service import SuggestionListService
from bot.features.publishing.suggestions.notices import SuggestionNotices
from bot.features.publishing.suggestions.proposal import NAME, SuggestionProposal
from bot.relay.context import Context

T = TypeVar("T")


class PartWrapper(Protocol):
    """Wraps a part; `bot.engine.failpoints` does."""

    def __call__(self, part: str, thing: T, /) -> T:
        """The part, or what stands for it."""


class SuggestionsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(self, ctx: Context, proposing: ProposalsFeature, around: PartWrapper) -> None:
        """Suggestions of what these proposals publish."""
        clock = ctx.clock
        record, feature, telling = proposing.record, proposing.features[POST], SuggestionNotices(ctx.effects)
        cases = SuggestionCases(record=record, telling=telling, feature=feature, clock=clock)
        self.listing = around("suggestions", SuggestionListService(ctx, record=record))
        self.deciding = around(
            "suggestions",
            SuggestionDecisionService(
                ctx,
                cases=cases,
                telling=telling,
                leaving=proposing.leaving,
                feature=feature,
            ),
        )
        self.rewriting = around(
            "suggestions",
            SuggestionEditService(ctx, cases=cases, telling=telling, feature=feature),
        )
        self.lapsing = SuggestionExpiry(database=ctx.database, telling=telling, clock=clock)
        self.proposing = proposing

    def handlers(self) -> Mapping[str, EffectHandler]:
        """The kind of effect that is their own."""
        proposing = self.proposing
        return {
            kind_of(NAME): SuggestionHandler(proposing.ground, proposing.record, proposing.features[POST])
        }


def build_kind(ctx: FeatureContext) -> Feature:
    """A suggested post is proposed like a post: before the proposals."""
    kind = SuggestionProposal(ctx.get(PostsFeature).feature)
    return Feature(name="suggested posts", brings=(PROPOSAL_KINDS.of(kind),))


def build(ctx: FeatureContext) -> Feature:
    """The decisions about suggested posts."""
    proposing = ctx.get(ProposalsFeature)
    suggestions = SuggestionsFeature(ctx, proposing, ctx.points.around)
    return Feature(
        name="suggestions",
        services=(suggestions.listing, suggestions.deciding, suggestions.rewriting),
        brings=(suggested_part(suggestions.listing),),
        effects=suggestions.handlers(),
        tasks=(suggestions.lapsing.task(divisor=ctx.divisor),),
    )
