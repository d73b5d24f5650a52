"""`Reviews` of a desk: nothing was sent, and nothing stopped."""

from bot.features.people.reviews.model import ReviewPage
from bot.features.people.reviews.sent_service import SentRepliesService
from bot.features.people.reviews.stopped_service import StoppedRepliesService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

_NOTHING = ReviewPage(Post(body=("No matches.",)))


STAND_INS = answering(SentRepliesService, look=_NOTHING, turn=_NOTHING) | answering(
    StoppedRepliesService, look=_NOTHING, turn=_NOTHING
)
