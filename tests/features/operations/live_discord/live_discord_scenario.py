"""`doctor --live-discord` on the stand-in, with a person who answers, presses."""

import asyncio
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.features.operations.live_check.record import LiveRecord
from bot.features.operations.live_discord import page
from bot.features.operations.live_discord.place import NAME, RECORD
from bot.features.operations.live_discord.service import LiveDiscordContext, check, exit_code
from bot.sandbox.discord.model import FORUM, StandInChannel, StandInMessage, StandInRole
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.standalone import BOT_RIGHTS
from bot.settings.loader import load
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge
from tests.relay.clock_fixtures import TickingClock

PICTURE = ("holiday.png", b"\x89PNG\r\n\x1a\n not much of a picture")
SECRETS = ("FANVUE_CLIENT_SECRET", "DISCORD_TOKEN", "DISCORD_CLIENT_SECRET", "PUBLIC_URL", "ENCRYPTION_KEYS")

# What a person says, by a part of the question; the first that fits.
CONTENT: Mapping[str, str] = {
    "Go on?": "y",
    "Do you have one to ask?": "y",
    "user ID": "",
    "names everyone": "n",
    "line that mentions you": "y",
    "box that mentions you": "n",
    "edited line": "n",
    "the words": "y",
    "1 nothing": "1",
}


@dataclass(frozen=True)
class LiveDiscordOutcome:
    """What one check came to."""

    code: int
    record: LiveRecord
    report: Mapping[str, Any]
    page: str
    progress: Sequence[str]

    def step(self, name: str) -> tuple[str, str]:
        """The verdict of a step by its name, and what it says."""
        step = self.record.steps[name]
        return step.verdict.value, step.says

    def answers(self) -> dict[str, str]:
        """Every question that is answered."""
        return {name: one["answer"] for name, one in self.report["questions"].items() if one["answer"]}

    def news(self) -> dict[str, str]:
        """Every step that is not as expected, and what it says."""
        return {name: one.says for name, one in self.record.steps.items() if one.verdict != "ok"}


@dataclass
class LiveDiscordScenario:
    """A running bridge, its Discord, and the person at the terminal."""

    house: LiveBridge
    folder: Path
    says: dict[str, str] = field(default_factory=lambda: dict(CONTENT))
    presses: bool = True
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    waits: asyncio.Event = field(default_factory=asyncio.Event)  # for a press

    def __post_init__(self) -> None:
        for name in (RECORD, NAME):
            (self.state / name).unlink(missing_ok=True)

    @property
    def state(self) -> Path:
        """The folder that keeps what was found so far."""
        return self.house.database.parent

    @property
    def operator(self) -> DiscordPerson:
        """Who owns the server, and sits at the terminal."""
        return self.house.stage.owner

    def forums(self) -> list[StandInChannel]:
        """The test forums that are there now."""
        world = self.house.stage.discord.world
        found = (world.channels[i] for i in self.house.stage.guild.channel_ids)
        return [one for one in found if one.type == FORUM and one.name == "bridge-check-fans"]

    def messages(self) -> list[StandInMessage]:
        """Everything in the test forum's posts, oldest first."""
        world = self.house.stage.discord.world
        posts = [one for one in world.threads(self.house.stage.guild.id) if one.parent_id in self._ids()]
        return [message for post in posts for message in self.house.messages(post)]

    def _ids(self) -> set[int]:
        return {one.id for one in self.forums()}

    async def tries(
        self, *, server: int | None = None, again: bool = False, **changes: str
    ) -> LiveDiscordOutcome:
        """One check, to its end."""
        self.told.clear()
        settings = load({}, self.env_file(**changes))
        context = LiveDiscordContext(
            settings, "1.0.0", TickingClock(), os.urandom, self.sleep, self.told.append, self.ask
        )
        record = await check(context, server=server, again=again)
        report = json.loads(page.as_json(record))
        return LiveDiscordOutcome(
            exit_code(record), record, report, page.as_markdown(record), list(self.told)
        )

    async def ask(self, question: str) -> str:
        """What they answer."""
        self.asked.append(question)
        return next(answer for part, answer in self.says.items() if part in question)

    async def sleep(self, seconds: float) -> None:
        """Time goes by at once; a person who is asked to press presses meanwhile."""
        self.slept.append(seconds)
        self.waits.set()
        if self.presses and seconds == 2.0 and len(self.messages()) > 0:
            await self.press()
        else:
            await asyncio.sleep(0)

    async def press(self, **fields: Any) -> None:
        """Open the window of the test post, fill it in and send it."""
        card = self.messages()[0]
        window = await (await self.operator.click(card, "Open the window")).done(PATIENCE)
        filled = {"choice": "second", "files": PICTURE, **fields}
        await (await self.operator.submit(window, filled)).done(PATIENCE)

    def env_file(self, **changes: str) -> Path:
        """The settings of the bridge, some of them otherwise, as a file that only its owner reads."""
        env = self.folder / "settings.env"
        settings = {**self.house.stage.bridge._settings, **changes}
        env.write_text("".join(f"{name}='{value}'\n" for name, value in settings.items()))
        env.chmod(0o600)
        return env

    def private(self) -> Iterator[str]:
        """Everything there that is a person's or a secret: ids, names, texts, tokens."""
        world = self.house.stage.discord.world
        for user in world.users.values():
            yield from (str(user.id), user.name, user.global_name or user.name)
        for guild in world.guilds.values():
            yield from (str(guild.id), guild.name)
        yield from map(str, world.channels)
        for messages in world.messages.values():
            yield from map(str, messages)
        yield from (PICTURE[0], json.loads((self.state / NAME).read_text())["mark"])
        yield from (str(self.house.stage.bridge._settings[name]) for name in SECRETS)

    def bot_role(self) -> StandInRole:
        """The role that the bot has of its own."""
        (role,) = (one for one in self.house.stage.guild.roles.values() if one.managed_by is not None)
        return role

    def as_before(self) -> None:
        """Discord does what it did."""
        self.house.stage.discord.faults.clear()
        self.house.stage.discord.limits.enabled = False
        self.house.stage.discord.world.speed = 1.0
        self.bot_role().permissions = BOT_RIGHTS
        world, guild = self.house.stage.discord.world, self.house.stage.guild
        for forum in self.forums():
            guild.channel_ids.remove(forum.id)
        for other in [one for one in world.guilds if one != guild.id]:
            del world.guilds[other]
