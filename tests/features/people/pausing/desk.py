"""A desk's pausing: nothing is ever paused."""

from bot.features.people.pausing.lift_service import PauseLiftService
from bot.features.people.pausing.service import PauseService
from bot.features.people.pausing.today_service import TodayMessagesService
from bot.model.ports import Post
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_answers import answering


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return answering(
        PauseLiftService,
        PauseService,
        TodayMessagesService,
        member=lambda creator, member: Post(body=(f"<@{member.user}> is paused for {creator}.",)),
        creator=lambda creator: Post(body=(f"{creator} is paused.",)),
        everything=Post(body=("All is paused.",)),
        concerns=lambda ref: [about for waits, about in desk.waiting.items() if waits == ref],
        begin="Nothing is paused.",
        ask="Nothing is paused.",
        settle="Nothing is paused.",
        open=lambda creator: Post(body=(f"Nothing in the name of {creator} today.",)),
        turn="Nothing.",
    )
