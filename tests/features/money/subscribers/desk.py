"""A desk's subscribers: one page, and no file."""

from bot.features.money.subscribers.list_service import SubscriberListPage, SubscriberListService
from bot.features.money.subscribers.service import SubscribersService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    SubscribersService,
    subscribers=lambda link, period: (Post(body=(f"Subscribers of {link.handle}, {period}",)), None),
) | answering(
    SubscriberListService,
    page=lambda link, number: SubscriberListPage(
        Post(body=(f"Subscribers of {link.handle}, page {number}",))
    ),
)
