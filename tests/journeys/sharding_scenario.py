"""One bot on two servers of different shards; of three gateways two speak."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.discord.model import StandInGuild, StandInUser
from bot.sandbox.discord.routing import RestCall
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import until
from bot.sandbox.request_hold import RequestHold
from bot.sandbox.stage import DemoStage, staged
from tests.bridge_cluster import GATEWAY, ONE, WEB, BridgeCluster
from tests.journeys.conftest import SPEED
from tests.journeys.second_server_fixtures import next_door, no_pause
from tests.journeys.test_processes import STRUCK_OUT, cluster

SHARDS = 2


class DividedGateways(BridgeCluster):
    """Two gateways speak, and the third stands by."""

    gateways: Sequence[str] = (GATEWAY, "gateway two", "gateway three")
    names = (WEB, *gateways, ONE)

    def send(self, name: str, what: int) -> None:
        """A signal to one of them."""
        process = self.parts[name]._process
        assert process is not None
        process.send_signal(what)

    async def holder(self, shard: int) -> str | None:
        """Which gateway has this session, by its own word; None: nobody whose time is not over."""
        rows = await self.asked(
            "SELECT m.name FROM bridge_shards s JOIN bridge_members m ON m.token = s.holder "  # noqa: S608 - our own
            f"WHERE s.shard = {shard} AND s.until >= clock_timestamp()"
        )
        return self._part_of(rows) if rows else None

    async def held(self) -> dict[int, str]:
        """Who has which session, once somebody has each."""

        async def all_of_them() -> list[str] | None:
            found = [await self.holder(shard) for shard in range(SHARDS)]
            return [name for name in found if name] if all(found) else None

        found = await until(all_of_them, STRUCK_OUT)
        assert found is not None
        return dict(enumerate(found))


class CombinedProcesses(DividedGateways):
    """Each speaks, and works for both servers."""

    gateways = ("gateway,worker", "gateway,worker two")
    names = (WEB, *gateways)


@dataclass
class ShardedServers:
    """`first` is Luna's play on her server, `second` Mila's, of the other shard. `calls`: first answers."""

    first: EveningPlay
    second: EveningPlay
    calls: list[str]
    holds: list[RequestHold] = field(default_factory=list)  # requests that Discord does not take yet

    @property
    def bridge(self) -> DividedGateways:
        """Its processes."""
        found = cluster(self.first)
        assert isinstance(found, DividedGateways)
        return found

    def play_of(self, shard: int) -> EveningPlay:
        """The play on the server that this shard hears of."""
        return next(play for play in (self.first, self.second) if shard_of(play.stage.guild) == shard)

    def identified(self, shard: int) -> int:
        """How often a session of this shard was begun."""
        ledger = self.first.stage.discord.ledger
        return sum(one.data["shard"] == shard for one in ledger.of("gateway_identified"))

    def first_answers(self, interaction: int) -> int:
        """How many first answers Discord was sent for this interaction, also those that it refused."""
        return sum(f"/interactions/{interaction}/" in path for path in self.calls)


def shard_of(guild: StandInGuild) -> int:
    """As Discord divides servers."""
    return (guild.id >> 22) % SHARDS


@asynccontextmanager
async def divided(
    folder: Path, url: str, processes: type[DividedGateways] = DividedGateways, **further: str
) -> AsyncIterator[ShardedServers]:
    """Both creators are linked, and every session is held. `further` settings."""
    more = {"DATABASE_URL": url, "DISCORD_SHARDS": str(SHARDS), **further}
    async with staged(folder, processes, speed=SPEED, seed=7, **more) as stage:
        discord = stage.discord
        discord.gateway.starts.every = 5 / SPEED
        calls: list[str] = []
        discord.listeners.append(lambda call: calls.append(call.path) if _is_first(call) else None)
        first, second = (
            EveningPlay(one, no_pause, lambda _words: None) for one in (stage, _other_server(stage))
        )
        servers = ShardedServers(first, second, calls)
        await servers.bridge.held()
        await first.open_house()
        await second.open_house()
        yield servers
        assert discord.contract_errors == []
        assert stage.fanvue.contract_errors == []
        assert discord.ledger.of("gateway_hurried") == []


def _is_first(call: RestCall) -> bool:
    return call.method == "POST" and call.path.endswith("/callback")


def _other_server(stage: DemoStage) -> DemoStage:
    """A server of the other shard, which the same bot serves."""
    owner = stage.discord.world.add_user("luna.of.mila")
    (bot,) = stage.discord.world.applications.values()
    return next_door(stage, bot, _of_another_shard(stage, owner), owner)


def _of_another_shard(stage: DemoStage, owner: StandInUser) -> StandInGuild:
    """An id is the time at which it was made: one of the next milliseconds is of the other shard."""
    while True:
        guild = stage.discord.world.add_guild("Mila's studio", owner)
        if shard_of(guild) != shard_of(stage.guild):
            return guild
        del stage.discord.world.guilds[guild.id]


async def taken_over(servers: ShardedServers, shard: int, before: int) -> None:
    """Return once a session of this shard was begun once more; how soon, the cluster bench measures."""
    await servers.first.stage.discord.world.until(lambda: servers.identified(shard) > before, STRUCK_OUT)
