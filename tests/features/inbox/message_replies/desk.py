"""A desk's typed: everything is everybody's, and all of it is heard."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping

from bot.access.permits import Permit
from bot.features.inbox.message_replies.question_service import MessageQuestionService
from bot.features.inbox.message_replies.setting import MessageReplySetting
from bot.features.inbox.message_replies.stopped_message_service import StoppedMessageService
from bot.model.ports import Post
from bot.relay.typed_messages import ButtonPresser, History, Reads, TypedThreadMessage
from storage.records import DiscordId, EffectId, Millis
from tests.discord.desk import Desk, DeskServices


class DeskTyped:
    """Where people type. `listens`: whether the bot asks for it."""

    def __init__(self, *, listens: bool = False) -> None:
        self.listens = listens
        self.told: list[TypedThreadMessage] = []
        self.changed: list[DiscordId] = []
        self.deleted: list[DiscordId] = []
        self.sessions: list[str] = []
        self._happened = asyncio.Event()
        self.last: Mapping[DiscordId, Millis] = {}

    async def until(self, seen: Callable[[], bool]) -> None:
        """Return when this is so."""
        async with asyncio.timeout(60):
            while not seen():
                self._happened.clear()
                await self._happened.wait()

    async def switch(
        self,
        permit: Permit,
        *,
        on: bool | None,
        inside: str | None,
        granted: bool,
        takes: Callable[[DiscordId], Awaitable[bool]],
    ) -> str:
        return f"Typing: {on}, granted: {granted}."

    def heard(self, heard: TypedThreadMessage) -> None:
        self.told.append(heard)
        self._happened.set()

    def edited(self, message: DiscordId) -> None:
        self.changed.append(message)
        self._happened.set()

    def gone(self, message: DiscordId) -> None:
        self.deleted.append(message)
        self._happened.set()

    def anew(self) -> None:
        self.sessions.append("anew")

    def dropped(self) -> None:
        self.sessions.append("dropped")

    def live(self, guilds: Collection[DiscordId] | None = None) -> None:
        self.sessions.append("resumed" if guilds is None else "ready")

    def returned(self, guild: DiscordId, last: Mapping[DiscordId, Millis], history: History) -> None:
        self.last = {**self.last, **last}

    async def theirs(self, by: ButtonPresser, line: EffectId) -> bool:
        return True

    async def send(self, by: ButtonPresser, line: EffectId, reads: Reads) -> str:
        return "Sent to the fan."

    async def keep_inside(self, line: EffectId) -> str:
        return "Kept inside."

    async def look(self, by: ButtonPresser, line: EffectId, reads: Reads) -> Post | str:
        return "This is why."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskTyped()
    return {MessageQuestionService: one, MessageReplySetting: one, StoppedMessageService: one}
