"""A town of creators: both stand-ins, many servers, one real bridge."""

import base64
import random
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.discord import channel_layout
from bot.sandbox.discord.interactions import FIRST_ANSWER_SECONDS
from bot.sandbox.discord.model import StandInChannel, StandInGuild, StandInRole
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.discord.standalone import APPLICATION_ID, BOT_RIGHTS, TOKEN
from bot.sandbox.discord.standalone import SECRET as DISCORD_SECRET
from bot.sandbox.discord.world import DiscordWorld
from bot.sandbox.fanvue import DEFAULT_SCOPES
from bot.sandbox.fanvue.default_world import CLIENT_ID, CLIENT_SECRET, WEBHOOK_SECRET
from bot.sandbox.fanvue.default_world import settings as fanvue_settings
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import AccountRecord
from bot.sandbox.fanvue.server import FanvueServer, utc_now
from bot.sandbox.free_ports import free_port
from bot.sandbox.program import BridgeInstallation
from bot.sandbox.tally import is_thread_of

# Two fans of every creator share a display name: names must never decide anything.
_NAMES = ("Sam", "Robin", "Alex", "Sam", "Kim", "Noor", "Jo", "Max", "Lou", "Ira", "Sol", "Bo")

# How long Fanvue tries is not known. Here it tries often, so that what piles up while the bridge is dead
# does not make the end wait, and then gives up: that must be found by looking.
_RETRIES = (5.0, 10.0, 20.0, *(40.0,) * 10)


@dataclass
class SoakCreator:
    """One creator: her account, her server with its team, and her fans."""

    number: int
    guild: StandInGuild
    lobby: StandInChannel
    team: StandInRole
    owner: DiscordPerson
    members: list[DiscordPerson]
    creator: AccountRecord
    fans: list[StandInFan]
    media: list[str]
    threads: dict[str, StandInChannel] = field(default_factory=dict)  # where a member last saw a fan's thread

    @property
    def name(self) -> str:
        """What /setup is told: the channels are called after it."""
        return f"Creator {self.number}"

    def owns(self, channel: StandInChannel | None) -> bool:
        """Whether this is one of her channels: a server may have several creators."""
        if channel is None or channel.guild_id != self.guild.id:
            return False
        return channel_layout.stem(channel.name) in channel_layout.names(self.name)


Adding = Callable[[DiscordServer, FanvueServer, int, int], SoakCreator]


@dataclass
class SoakScenario:
    """Everything that takes part. Only `bridge` is ever killed."""

    discord: DiscordServer
    fanvue: FanvueServer
    bridge: BridgeInstallation
    houses: list[SoakCreator]
    folder: Path
    speed: float
    public_url: str

    @property
    def database(self) -> str:
        """The URL of the bridge's database."""
        return self.bridge._settings["DATABASE_URL"]

    @property
    def late(self) -> int:
        """How many requests will still be carried out late."""
        pipeline = self.discord._pipeline
        return len(self.fanvue._saboteur._late) + (len(pipeline._late) if pipeline else 0)

    def thread_of(self, house: SoakCreator, fan: StandInFan) -> StandInChannel | None:
        """The thread that a member would open for this fan: the newest one whose name says so."""
        known = house.threads.get(fan.handle)
        if known is not None and known.id in self.discord.world.channels:
            return known
        for thread in self.discord.world.threads(house.guild.id):
            if is_of(thread, fan):
                house.threads[fan.handle] = thread
                return thread
        return None


def is_of(thread: StandInChannel, fan: StandInFan) -> bool:
    """Whether a thread's name says that it is this fan's.

    Without a name if nobody could tell it when the thread was opened: then by the four digits of the id.
    """
    return is_thread_of(thread, fan.handle) or thread.name == f"fan · {fan.uuid[:4]}"


@asynccontextmanager
async def built(
    folder: Path,
    *,
    speed: float,
    seed: int,
    houses: int,
    fans: int,
    more: Mapping[str, str] | None = None,
    program: type[BridgeInstallation] = BridgeInstallation,
    adding: Adding | None = None,
    now: Callable[[], datetime] = utc_now,
    ports: Callable[[], int] = free_port,
) -> AsyncIterator[SoakScenario]:
    """The town, with a bridge that is not started yet; `speed` divides all windows of all three but one.

    A busy machine computes no faster when time is divided: the first answer has all its seconds.
    `adding` makes each house; by default each has a server of its own. `now`: the networks' clock.
    """
    port, admin = ports(), ports()
    public = f"http://127.0.0.1:{port}"
    async with (
        DiscordServer(seed=seed, speed=speed, clock=now) as discord,
        FanvueServer(now=now, rng=random.Random(seed), speed=speed) as fanvue,  # noqa: S311 - ids of a stand-in
    ):
        discord.interactions.first_answer = FIRST_ANSWER_SECONDS
        fanvue.switches.idempotency = "ignored"
        fanvue.switches.webhook_retry_seconds = _RETRIES
        settings = _settings(discord, fanvue, public, folder) | {
            "LISTEN": f"127.0.0.1:{port}",
            "ADMIN_LISTEN": f"127.0.0.1:{admin}",
            "WINDOW_DIVISOR": str(speed),
            "COMMANDS_PER_MINUTE": "0",
            "UNREAD_SECONDS": "0",
            "CARD_CALM_SECONDS": "10",  # the end of a run waits for every card
            "BOARD_CALM_SECONDS": "5",
            **(more or {}),
        }
        bridge = program(settings, admin=f"127.0.0.1:{admin}", log=folder / "bridge.log")
        _applications(discord, fanvue, public)
        made = [(adding or add_house)(discord, fanvue, number, fans) for number in range(houses)]
        for guild in {house.guild.id: house.guild for house in made}.values():
            discord.world.invite_bot(guild, discord.world.applications[APPLICATION_ID], BOT_RIGHTS)
        try:
            yield SoakScenario(discord, fanvue, bridge, made, folder, speed, public)
        finally:
            await bridge.stop()


_SCOPES = (*DEFAULT_SCOPES, "read:tracking_links", "write:tracking_links")


def _settings(discord: DiscordServer, fanvue: FanvueServer, public: str, folder: Path) -> dict[str, str]:
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {
        **fanvue_settings(fanvue.url, public),
        "FANVUE_SCOPES": " ".join(_SCOPES),
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_APPLICATION_ID": str(APPLICATION_ID),
        "DISCORD_CLIENT_SECRET": DISCORD_SECRET,
        "DISCORD_REDIRECT_URI": f"{public}/oauth/discord/callback",
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
        "DISCORD_AUTHORIZE_URL": discord.authorize_url,
        "PUBLIC_URL": public,
        "DATABASE_URL": f"sqlite:///{folder / 'bridge.sqlite3'}",
        "ENCRYPTION_KEYS": f"{secrets.randbelow(10**9)}:{key}",
    }


def _applications(discord: DiscordServer, fanvue: FanvueServer, public: str) -> None:
    discord.world.add_application(APPLICATION_ID, TOKEN, DISCORD_SECRET, [f"{public}/oauth/discord/callback"])
    fanvue.world.add_app(
        CLIENT_ID,
        CLIENT_SECRET,
        [f"{public}/oauth/fanvue/callback"],
        scopes=_SCOPES,
        webhook_url=f"{public}/webhooks/fanvue",
        webhook_secret=WEBHOOK_SECRET,
    )


def add_house(discord: DiscordServer, fanvue: FanvueServer, number: int, fans: int) -> SoakCreator:
    """A server with a team, a creator, and her fans; the bot is not there yet."""
    world = discord.world
    owner = world.add_user(f"owner{number}")
    guild = world.add_guild(f"Studio {number}", owner)
    team = world.add_role(guild, "Chat team")
    creator = fanvue.world.add_creator(f"creator{number}", f"Creator {number}")
    return SoakCreator(
        number=number,
        guild=guild,
        lobby=world.add_channel(guild, "lobby"),
        team=team,
        owner=discord.person(owner.id),
        members=[_member(discord, world, guild, team, f"member{number}x{which}") for which in ("one", "two")],
        creator=creator,
        fans=[
            fanvue.world.add_fan(f"fan{which}of{number}", _NAMES[which % len(_NAMES)], creator)
            for which in range(fans)
        ],
        media=[str(fanvue.world.add_media(creator, name=f"Set {which}").uuid) for which in range(3)],
    )


def _member(
    discord: DiscordServer, world: DiscordWorld, guild: StandInGuild, team: StandInRole, name: str
) -> DiscordPerson:
    user = world.add_user(name)
    world.add_member(guild, user, [team])
    return discord.person(user.id)
