"""The newcomer's desk: both portals as stand-ins, and an empty folder."""

import errno
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.engine.clock import SystemClock
from bot.features.operations.installation.env_store import EnvStore
from bot.features.operations.installation.questions import (
    DISCORD_SECRET,
    FANVUE_ID,
    FANVUE_SECRET,
    HOOKS,
    LISTEN,
    PUBLIC,
    TOKEN,
)
from bot.features.operations.installation.service import InstallationService
from bot.sandbox.discord.model import StandInApplication, StandInGuild
from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.discord.standalone import APPLICATION_ID, BOT_RIGHTS, SECRET
from bot.sandbox.discord.standalone import TOKEN as BOT_TOKEN
from bot.sandbox.fanvue.default_world import CLIENT_ID, CLIENT_SECRET
from bot.sandbox.fanvue.server import FanvueServer
from bot.sandbox.free_ports import free_port
from bot.settings.private_file import write_privately
from storage.records import Millis

OTHER_TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMg.SANDBX.another-token-for-another-bot"
UNKNOWN_TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMw.SANDBX.a-token-that-was-reset-since"
OTHER_ID = APPLICATION_ID + 1
ORDER = (PUBLIC, LISTEN, TOKEN, DISCORD_SECRET, FANVUE_ID, FANVUE_SECRET, HOOKS)


@dataclass
class ShiftedClock:
    """The machine's clock, so many milliseconds ahead of everybody else's."""

    ahead: Millis = 0

    def now(self) -> Millis:
        return SystemClock().now() + self.ahead


@dataclass
class NewcomerDesk:
    """What a test may spoil, and what is right."""

    discord: DiscordServer
    fanvue: FanvueServer
    application: StandInApplication
    guild: StandInGuild
    folder: Path
    port: int
    stack: AsyncExitStack
    clock: ShiftedClock = field(default_factory=ShiftedClock)
    refusing: int | None = None  # errno of a disk that takes nothing
    more: dict[str, str] = field(default_factory=dict)  # further names of the environment

    @property
    def public(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env_file(self) -> Path:
        return self.folder / ".env"

    @property
    def right(self) -> dict[str, str]:
        """What the newcomer would copy and type, field by field."""
        return {
            PUBLIC: self.public,
            LISTEN: f"127.0.0.1:{self.port}",
            TOKEN: BOT_TOKEN,
            DISCORD_SECRET: SECRET,
            FANVUE_ID: CLIENT_ID,
            FANVUE_SECRET: CLIENT_SECRET,
            HOOKS: "",
        }

    @property
    def environ(self) -> dict[str, str]:
        """Where the stand-ins are; a real installation has none of these."""
        return {
            "DISCORD_API_URL": self.discord.api_url,
            "DISCORD_GATEWAY_URL": self.discord.gateway_url,
            "DISCORD_AUTHORIZE_URL": self.discord.authorize_url,
            "FANVUE_API_URL": self.fanvue.url,
            "FANVUE_AUTH_URL": self.fanvue.url,
            "DATABASE_URL": f"sqlite:///{self.folder / 'bridge.sqlite3'}",
            **self.more,
        }

    def setup(self) -> InstallationService:
        """The setup, begun anew on this folder."""
        store = EnvStore(self.env_file, self.environ, write=self.write)
        generator = random.Random(7)  # noqa: S311 - the same run twice
        return InstallationService(store, clock=self.clock, random=generator.randbytes)

    def write(self, file: Path, content: bytes) -> None:
        """A disk that can be made to refuse."""
        if self.refusing is not None:
            raise OSError(self.refusing, errno.errorcode[self.refusing])
        write_privately(file, content)

    def have_run(self) -> None:
        """A bridge was started here once."""
        (self.folder / "bridge.sqlite3").touch()

    def kept(self) -> str:
        """The file as it is now."""
        return self.env_file.read_text(encoding="utf-8") if self.env_file.exists() else ""


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[NewcomerDesk]:
    """Both portals filled in as the setup's steps say, and the bot invited."""
    port = free_port()
    public = f"http://127.0.0.1:{port}"
    generator = random.Random(11)  # noqa: S311 - the ids of a stand-in are no secrets
    async with (
        DiscordServer(seed=11) as discord,
        FanvueServer(rng=generator, speed=1.0) as fanvue,
        AsyncExitStack() as stack,
    ):
        discord.limits.enabled = False
        world = discord.world
        application = world.add_application(
            APPLICATION_ID, BOT_TOKEN, SECRET, [f"{public}/oauth/discord/callback"]
        )
        world.add_application(OTHER_ID, OTHER_TOKEN, "another-secret")
        guild = world.add_guild("Luna's studio", world.add_user("luna"))
        world.invite_bot(guild, application, BOT_RIGHTS)
        fanvue.world.add_app(CLIENT_ID, CLIENT_SECRET, [f"{public}/oauth/fanvue/callback"])
        yield NewcomerDesk(discord, fanvue, application, guild, folder, port, stack)
