"""Builds what leads look back with."""

from dataclasses import dataclass

from bot.relay.context import Context
from bot.reviews.looks import Looks
from bot.reviews.sent import SentReplies
from bot.reviews.stopped import Attempts
from bot.reviews.words import Words


@dataclass(frozen=True)
class Reviews:
    """Both lists."""

    sent: SentReplies
    stopped: Attempts


def open_reviews(on: Context, words: Words) -> Reviews:
    """On the one ground."""
    looks, trail = Looks(clock=on.clock, ids=on.ids), on.effects.trail
    return Reviews(
        SentReplies(database=on.database, effects=on.effects, looks=looks, words=words, clock=on.clock),
        Attempts(database=on.database, trail=trail, looks=looks, words=words, clock=on.clock),
    )
