"""A desk's pausing: nothing is ever paused."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Collection, Sequence

from bot.access.permits import Actor
from bot.features.people.pausing.lift_service import PauseLiftService
from bot.features.people.pausing.service import PauseService
from bot.features.people.pausing.today_service import TodayMessagesService
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId, DraftId
from tests.discord.desk import Desk, DeskServices


class DeskPausing:
    """Says what was asked for; a button is about whomever the desk says that waits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def member(self, by: Actor, creator: CreatorId, member: Actor) -> Post:
        return Post(body=(f"<@{member.user}> is paused for {creator}.",))

    async def creator(self, by: Actor, creator: CreatorId) -> Post:
        return Post(body=(f"{creator} is paused.",))

    async def everything(self, by: Actor) -> Post:
        return Post(body=("All is paused.",))

    async def concerns(self, ref: str) -> Sequence[CreatorId]:
        return [about for waits, about in self._desk.waiting.items() if waits == ref]

    async def begin(self, actor: DiscordId, guild: DiscordId, mine: Collection[CreatorId]) -> Post | str:
        return "Nothing is paused."

    async def ask(self, ref: str, actor: DiscordId, guild: DiscordId) -> Post | str:
        return "Nothing is paused."

    async def settle(self, ref: DraftId, actor: DiscordId, *, send: bool) -> Post | str:
        return "Nothing is paused."

    async def open(self, creator: CreatorId, actor: DiscordId, guild: DiscordId) -> Post:
        return Post(body=(f"Nothing in the name of {creator} today.",))

    async def turn(self, ref: DraftId, actor: DiscordId, *, texts: bool) -> Post | str:
        return "Nothing."


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskPausing(desk)
    return {PauseLiftService: one, PauseService: one, TodayMessagesService: one}
