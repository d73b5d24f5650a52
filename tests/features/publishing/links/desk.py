"""What a desk says of tracking links: every creator has one."""

from bot.features.publishing.links.list_service import TrackingLinkListService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    TrackingLinkListService,
    page=Post(body=("A page of links.",)),
    show=lambda level: Post(body=(f"A link, {level}.",)),
    fans=Post(body=("Fans.",)),
    like=(("spring bio", "11111111-2222-4333-8444-555555555555"),),
)
