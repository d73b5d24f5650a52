"""`/home` of a desk: nothing waits."""

from bot.features.people.home.service import HomeService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(HomeService, show=Post(body=("Home.",)), command=None)
