"""Both stand-ins for one team and one creator, the real bridge in between."""

import base64
import random
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.sandbox.discord.interactions import FIRST_ANSWER_SECONDS
from bot.sandbox.discord.model import StandInChannel, StandInGuild, StandInRole
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.discord.standalone import APPLICATION_ID, BOT_RIGHTS, TOKEN
from bot.sandbox.discord.standalone import SECRET as DISCORD_SECRET
from bot.sandbox.evening import CREATOR, GUESTS, TEAM
from bot.sandbox.fanvue.default_world import CLIENT_ID, CLIENT_SECRET, WEBHOOK_SECRET
from bot.sandbox.fanvue.default_world import settings as fanvue_settings
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import AccountRecord
from bot.sandbox.fanvue.server import FanvueServer, utc_now
from bot.sandbox.free_ports import free_port
from bot.sandbox.program import BridgeInstallation

STUDIO = "Luna's studio"


@dataclass
class DemoStage:
    discord: DiscordServer
    fanvue: FanvueServer
    bridge: BridgeInstallation
    public_url: str
    guild: StandInGuild
    lobby: StandInChannel
    team: StandInRole
    owner: DiscordPerson
    members: dict[str, DiscordPerson]
    creator: AccountRecord
    fans: dict[str, StandInFan]
    media: list[str]


@asynccontextmanager
async def staged(
    folder: Path,
    program: type[BridgeInstallation] = BridgeInstallation,
    now: Callable[[], datetime] = utc_now,
    ports: Callable[[], int] = free_port,
    /,
    *,
    speed: float,
    seed: int,
    **more: str,
) -> AsyncIterator[DemoStage]:
    """A Discord, a Fanvue and a bridge that knows only their addresses; `speed` divides all windows.

    `program` says how the bridge begins; `now` is the networks' clock; `more` are further settings of the
    bridge, by their names in the environment.
    """
    port, admin = ports(), ports()
    public = f"http://127.0.0.1:{port}"
    rng = random.Random(seed)  # noqa: S311 - the ids of a stand-in are no secrets
    async with (
        DiscordServer(seed=seed, speed=speed, clock=now) as discord,
        FanvueServer(now=now, rng=rng, speed=speed) as fanvue,
    ):
        # A busy machine computes no faster when time is divided: the first answer has all its seconds.
        discord.interactions.first_answer = FIRST_ANSWER_SECONDS
        settings = _settings(discord, fanvue, public, folder) | {
            "LISTEN": f"127.0.0.1:{port}",
            "ADMIN_LISTEN": f"127.0.0.1:{admin}",
            "WINDOW_DIVISOR": str(speed),
            "COMMANDS_PER_MINUTE": "0",  # a program gives them faster than a person
            "UNREAD_SECONDS": "0",  # whoever plays here reads as fast as the stand-ins show
            "CARD_CALM_SECONDS": "10",  # and looks at the card and the board after each message
            "BOARD_CALM_SECONDS": "5",
            "REPLY_LINE_SECONDS": "0",
            **more,
        }
        bridge = program(settings, admin=f"127.0.0.1:{admin}", log=folder / "bridge.log")
        wanted = ["message_content"] if settings.get("MESSAGE_CONTENT") == "on" else []
        stage = _furnished(discord, fanvue, bridge, public, wanted)
        async with bridge:
            yield stage


def on(database: str | None) -> dict[str, str]:
    """The setting for a stage whose bridge keeps what it knows elsewhere than in the stage's folder."""
    return {"DATABASE_URL": database} if database else {}


def _settings(discord: DiscordServer, fanvue: FanvueServer, public: str, folder: Path) -> dict[str, str]:
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {
        **fanvue_settings(fanvue.url, public),
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


def _furnished(
    discord: DiscordServer,
    fanvue: FanvueServer,
    bridge: BridgeInstallation,
    public: str,
    intents: Sequence[str],
) -> DemoStage:
    world = discord.world
    application = world.add_application(
        APPLICATION_ID, TOKEN, DISCORD_SECRET, [f"{public}/oauth/discord/callback"], intents
    )
    owner = world.add_user("luna")
    guild = world.add_guild(STUDIO, owner)
    team = world.add_role(guild, "Chat team")
    members = _members(discord, guild, team)
    world.invite_bot(guild, application, BOT_RIGHTS)
    lobby = world.add_channel(guild, "lobby")
    _app(fanvue, public)
    creator = fanvue.world.add_creator(*CREATOR)
    media = [str(fanvue.world.add_media(creator, name=f"Set {number}").uuid) for number in range(1, 7)]
    _rest_of_vault(fanvue, creator)
    return DemoStage(
        discord=discord,
        fanvue=fanvue,
        bridge=bridge,
        public_url=public,
        guild=guild,
        lobby=lobby,
        team=team,
        owner=discord.person(owner.id),
        members=members,
        creator=creator,
        fans={
            guest.handle: fanvue.world.add_fan(guest.handle, guest.name, creator, guest.subscribed)
            for guest in GUESTS
        },
        media=media,
    )


def _members(discord: DiscordServer, guild: StandInGuild, team: StandInRole) -> dict[str, DiscordPerson]:
    """The team, by their names."""
    members = {}
    for name, shown in TEAM:
        user = discord.world.add_user(name)
        user.global_name = shown
        discord.world.add_member(guild, user, [team])
        members[name] = discord.person(user.id)
    return members


def _app(fanvue: FanvueServer, public: str) -> None:
    """The bridge's, as its owner makes it in Fanvue's Developer Area."""
    fanvue.world.add_app(
        CLIENT_ID,
        CLIENT_SECRET,
        [f"{public}/oauth/fanvue/callback"],
        webhook_url=f"{public}/webhooks/fanvue",
        webhook_secret=WEBHOOK_SECRET,
    )


def _rest_of_vault(fanvue: FanvueServer, creator: AccountRecord) -> None:
    """Add to the sets in /media: other kinds, a price, a folder, something unfinished."""
    world = fanvue.world
    for days, known in enumerate(list(world.media.values())[::-1], start=2):
        known.created_at -= timedelta(days=days)
    beach = [world.add_media(creator, name=f"Beach {word}") for word in ("morning", "noon", "evening")]
    beach[0].recommended_price = 999
    world.add_folder(creator, "Beach", beach)
    video = world.add_media(creator, "video", name="Behind the scenes")
    video.recommended_price = 1500
    audio = world.add_media(creator, "audio", name="Good night")
    for hours, made in enumerate((video, *beach[::-1], audio), start=3):
        made.created_at -= timedelta(hours=hours)
    world.add_media(creator, status="processing")
