"""`Profiles` of a desk: says how exactly it was asked."""

from bot.features.inbox.profiles.service import ProfileAnswer, ProfileService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    ProfileService,
    of=lambda level: ProfileAnswer(Post(body=(f"A fan, figures {level}.",))),
    lists=Post(body=("On no list.",)),
)
