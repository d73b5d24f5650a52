"""A desk's followed posts, and the buttons in their threads."""

from bot.features.publishing.post_threads.follow_service import PostFollowService
from bot.features.publishing.post_threads.service import PostThreadService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    PostFollowService,
    PostThreadService,
    set=lambda on: "Followed." if on else "Not followed.",
    post_of="11111111-2222-4333-8444-555555555555",
    answered="",
    figures=Post(body=("Figures.",)),
)
