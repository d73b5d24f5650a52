"""One server of an agency with all its creators, both stand-ins and the bridge."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.night.night_script import NightSize
from bot.discord import channel_layout
from bot.sandbox.discord.interactions import FIRST_ANSWER_SECONDS
from bot.sandbox.discord.model import StandInChannel, StandInGuild, StandInRole
from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.fanvue.server import FanvueServer
from tests.proofs.soak.creator_setup import open_house
from tests.proofs.soak.soak_scenario import SoakCreator, SoakScenario, built

Say = Callable[[str], None]
_AT_ONCE = 8  # webhooks under way to the bridge; one by one, they would wait for each other and not for it
_MANAGES = 1 << 5  # Manage Server
_BETWEEN = 15.0  # seconds, to be divided: nobody sets up all at once, and Discord would not take it
# As in life, of what the town makes shorter.
_REAL = {"UNREAD_SECONDS": "3", "CARD_CALM_SECONDS": "120", "BOARD_CALM_SECONDS": "120"}


class _SharedServerFounding:
    """Makes houses that all stand on one server."""

    def __init__(self) -> None:
        self._guild: StandInGuild | None = None
        self._lobby: StandInChannel | None = None
        self._team: StandInRole | None = None
        self._owners: StandInRole | None = None

    def house(self, discord: DiscordServer, fanvue: FanvueServer, number: int, _fans: int) -> SoakCreator:
        """One creator, the one who answers her fans, and nobody who writes yet."""
        world = discord.world
        if self._guild is None:
            self._guild = world.add_guild("The agency", world.add_user("boss"))
            self._lobby = world.add_channel(self._guild, "lobby")
            self._team = world.add_role(self._guild, "Chat team")
            self._owners = world.add_role(self._guild, "Creators", _MANAGES)
        assert self._lobby is not None
        assert self._team is not None
        assert self._owners is not None
        owner, chatter = world.add_user(f"owner{number}"), world.add_user(f"chatter{number}")
        world.add_member(self._guild, owner, [self._owners])
        world.add_member(self._guild, chatter, [self._team])
        creator = fanvue.world.add_creator(f"creator{number}", f"Creator {number}")
        return SoakCreator(
            number=number,
            guild=self._guild,
            lobby=self._lobby,
            team=self._team,
            owner=discord.person(owner.id),
            members=[discord.person(chatter.id)],
            creator=creator,
            fans=[],
            media=[str(fanvue.world.add_media(creator, name=f"Set {which}").uuid) for which in range(3)],
        )


@asynccontextmanager
async def opened(folder: Path, size: NightSize, say: Say) -> AsyncIterator[SoakScenario]:
    """Every creator has her channels and is linked; nobody has written yet, and the bridge runs."""
    founding = _SharedServerFounding()
    async with built(
        folder,
        speed=size.speed,
        seed=size.seed,
        houses=size.creators,
        fans=0,
        more=_REAL | {"ACTIVE_THREADS": str(size.active)},
        adding=founding.house,
    ) as town:
        # A busy machine computes no faster when time is divided: the first answer has all its seconds.
        town.discord.interactions.first_answer = FIRST_ANSWER_SECONDS
        town.fanvue.switches.webhooks_at_once = _AT_ONCE
        await town.bridge.start()
        for house in town.houses:
            await open_house(town, house)
            await asyncio.sleep(_BETWEEN / size.speed)
        say(f"{len(town.houses)} creators have linked, on one server")
        yield town


def channels(town: SoakScenario, house: SoakCreator) -> tuple[StandInChannel, StandInChannel]:
    """A creator's first forum and her alerts channel."""
    world = town.discord.world
    mine = [world.channels[which] for which in house.guild.channel_ids if house.owns(world.channels[which])]
    forum, alerts = channel_layout.names(house.name)
    return next(one for one in mine if one.name == forum), next(one for one in mine if one.name == alerts)
