"""`Items` of a desk: nothing was sent."""

from bot.features.inbox.purchases.service import PurchaseService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    PurchaseService,
    of=lambda channel: Post(body=(f"Not sent in {channel}.",)),
    had=lambda creator, media: Post(body=(f"Nobody had any of {len(media)} of {creator}.",)),
)
