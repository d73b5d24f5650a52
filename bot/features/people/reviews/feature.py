"""Builds what leads look back with."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.guard.texts import AUDIT_NAMES
from bot.features.money.periods.bands import floor_of, shown_to
from bot.features.people.reviews.model import ReviewWords
from bot.features.people.reviews.page_records import ReviewPageRecords
from bot.features.people.reviews.sent_service import SentRepliesService
from bot.features.people.reviews.stopped_service import StoppedRepliesService
from bot.relay.context import Context


class ReviewsFeature:
    def __init__(self, on: Context, words: ReviewWords) -> None:
        looks = ReviewPageRecords(on)
        self.sent = SentRepliesService(on, looks=looks, words=words)
        self.stopped = StoppedRepliesService(on, looks=looks, words=words)


def build(ctx: FeatureContext) -> Feature:
    """Money and the guard's lists are named as everywhere else."""
    words = ReviewWords(shown_to, floor_of, AUDIT_NAMES)
    reviews = ReviewsFeature(ctx, words)
    return Feature(name="reviews", services=(reviews.sent, reviews.stopped))
