"""`OneFan` of a desk: every question is Mila's, about one fan."""

from bot.features.publishing.safety.trial_service import FanTrial, TrialSendService
from bot.model.ports import Post
from storage.records import DiscordId
from tests.discord.desk import MILA
from tests.discord.desk_answers import answering

_THREAD = DiscordId(1)


STAND_INS = answering(
    TrialSendService,
    whose=MILA,
    like=(),
    ask=None,
    trial=FanTrial("", "", _THREAD),
    take=None,
    shown=lambda said: Post(body=(said,)) if isinstance(said, str) else said,
)
