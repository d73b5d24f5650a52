"""Members press the assistant's buttons in fans' threads."""

import sqlite3
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.fanvue.people import StandInFan
from tests.features.inbox.assistant.model_server import ModelServer
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain


@dataclass
class AssistantScenario:
    """The bridge, and the server that it may ask."""

    house: LiveBridge
    server: ModelServer

    async def set(self, *, by: str = "luna", **states: str) -> InteractionAnswer:
        """/inbox assistant."""
        return await self.asked("inbox assistant", by=by, **states)

    async def asked(self, command: str, *, by: str, **values: str) -> InteractionAnswer:
        """A command in the server's first channel."""
        stage = self.house.stage
        lobby = stage.discord.world.channels[stage.guild.channel_ids[0]]
        member = stage.owner if by == "luna" else stage.members[by]
        return await (await member.slash(stage.guild, lobby, command, **values)).done(PATIENCE)

    async def allow(self, **states: str) -> str:
        """The owner says yes to the question; what they read then."""
        question = await self.set(**states)
        assert question.message is not None
        await self.house.stage.owner.click(question.message, "Allow")
        await self.house.until(lambda: "Texts go to" in question.text)
        return question.text

    def plant_consent(self) -> None:
        """Write the owner's yes to both, as somebody would who has the database and no key."""
        server = urlsplit(self.server.url).netloc
        row = (str(self.house.stage.creator.uuid), server, self.house.stage.owner.user.id)
        with closing(sqlite3.connect(self.house.database, timeout=30)) as connection, connection:
            connection.execute(
                """INSERT OR REPLACE INTO assistant_consents
                   (creator_uuid, server, uses, agreed_by, agreed_at)
                   VALUES (?, ?, 'draft translate', ?, 1)""",
                row,
            )

    async def allowed(self) -> None:
        """Both, unless they are allowed already."""
        if "Translates and drafts" not in (await self.set()).text:
            await self.allow(translate="on", draft="on")

    async def wrote(self, fan: StandInFan, words: str) -> StandInMessage:
        """The line that shows what a fan wrote."""
        await fan.write(words)
        thread = await self.house.shows(fan, words)
        return self.line(thread, words)

    async def read_by_itself(self, fan: StandInFan) -> None:
        """Return once the bridge has read all that it reads of this chat by itself.

        The last such look is the one before it says that the fan waits.
        """
        said = "SELECT 1 FROM outbox WHERE fan_uuid = ? AND kind = 'alert'"
        open_ones = "SELECT 1 FROM outbox WHERE fan_uuid = ? AND state IN ('pending', 'sending', 'unknown')"
        rows = self.house.rows
        await self.house.stored(lambda: bool(rows(said, fan.uuid)) and not rows(open_ones, fan.uuid))

    def line(self, thread: StandInChannel, words: str) -> StandInMessage:
        """The newest line with these words, as it looks now."""
        found = [m for m in self.house.messages(thread) if words in plain(m) and "Reply" in labels(m)]
        return deepcopy(found[-1])

    async def press(
        self, line: StandInMessage, label: str, *, by: str = "mara", locale: str | None = None
    ) -> InteractionAnswer:
        """A member presses a button, and reads what comes of it."""
        member = self.house.stage.members[by]
        before = member.user.locale
        member.user.locale = locale or before
        try:
            return await (await member.click(line, label)).done(PATIENCE)
        finally:
            member.user.locale = before
