"""A desk's campaigns: there is one planned mass message."""

from bot.features.publishing.campaigns.service import CampaignService
from bot.model.ports import Picture, Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    CampaignService,
    show=Post(body=("One planned mass message.",)),
    compare=(Post(body=("One sent mass message.",)), Picture("campaigns.png", b"\x89PNG", "One bar.")),
    waits_here=False,
    like=(("New set tonight!", "aaaaaaaa-bbbb"),),
)
