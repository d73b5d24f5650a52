"""What a desk offers to choose from: one post of every creator."""

from bot.features.publishing.post_management.list_service import PostListService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    PostListService,
    page=Post(body=("A page of posts.",)),
    below=Post(body=("Comments.",)),
    like=(("Good morning", "11111111-2222-4333-8444-555555555555"),),
)
