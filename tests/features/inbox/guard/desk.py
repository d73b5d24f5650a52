"""`Guarding` of a desk: it looks for nothing."""

from bot.features.inbox.guard.setting import GuardSetting
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    GuardSetting,
    show=Post(body=("Nothing is looked for.",)),
    put=lambda pack, level: f"{pack}: {level}.",
    test=Post(body=("It would leave.",)),
)
