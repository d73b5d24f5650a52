"""What the gateway sends is packed as the client asks: zlib, zstd, or not at all."""

import json
import zlib
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
import zstandard

from bot.sandbox.discord.standalone import TOKEN
from tests.sandbox.discord.conftest import FurnishedDiscord, SandboxDiscordClient

INTENTS = 1 | 1 << 9 | 1 << 15  # guilds, messages and what they say
IDENTIFY = {"token": TOKEN, "intents": INTENTS, "properties": {"os": "x", "browser": "x", "device": "x"}}
WAYS = ["", "zlib-stream", "zstd-stream"]


def _unpacking(way: str) -> Callable[[Any], str]:
    """One context for the whole connection, as clients have it."""
    if way == "zlib-stream":
        inflate = zlib.decompressobj()
        return lambda data: inflate.decompress(data).decode()
    if way == "zstd-stream":
        unpack = zstandard.ZstdDecompressor().decompressobj()
        return lambda data: unpack.decompress(data).decode()
    return str


class GatewayWire:
    """One connection without a library; each websocket message is one payload."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, way: str) -> None:
        """`way` is what the client asked for."""
        self.kind = aiohttp.WSMsgType.BINARY if way else aiohttp.WSMsgType.TEXT
        self._socket, self._unpack = socket, _unpacking(way)

    async def __call__(self) -> tuple[int, dict[str, Any]]:
        """How long the next message was on the wire, and what it says."""
        message = await self._socket.receive(timeout=5)
        assert message.type is self.kind
        return len(message.data), json.loads(self._unpack(message.data))

    async def of(self, event: str) -> tuple[int, dict[str, Any]]:
        """The same, of the next event of a kind."""
        while True:
            size, payload = await self()
            if payload["t"] == event:
                return size, payload["d"]

    async def identify(self) -> None:
        """Sign in."""
        assert (await self())[1]["op"] == 10
        await self._socket.send_str(json.dumps({"op": 2, "d": IDENTIFY}))


def _address(studio: FurnishedDiscord, way: str) -> str:
    return studio.server.gateway_url + "?v=10&encoding=json" + (f"&compress={way}" if way else "")


@pytest.mark.parametrize("way", WAYS)
async def test_each_payload_can_be_read_as_it_comes(studio: FurnishedDiscord, way: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(_address(studio, way)) as socket,
    ):
        wire = GatewayWire(socket, way)
        await wire.identify()
        assert (await wire.of("READY"))[1]["application"]
        assert (await wire.of("GUILD_CREATE"))[1]["name"] == "Studio"
        for text in ("one", "two – ☕", "three"):
            await studio.person("maya").say(studio.lobby, text)
            assert (await wire.of("MESSAGE_CREATE"))[1]["content"] == text
    asked = studio.server.ledger.of("gateway_identified")[0].data
    assert asked["compress"] == (way or None)


@pytest.mark.parametrize("way", WAYS[1:])
async def test_what_was_sent_before_makes_what_follows_smaller(studio: FurnishedDiscord, way: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(_address(studio, way)) as socket,
    ):
        wire = GatewayWire(socket, way)
        await wire.identify()
        await wire.of("GUILD_CREATE")
        sizes = []
        for _ in range(2):
            await studio.person("maya").say(studio.lobby, "the same as before")
            size, payload = await wire.of("MESSAGE_CREATE")
            sizes.append((size, len(json.dumps(payload))))
    assert sizes[1][0] < sizes[0][0]
    assert sizes[1][0] < sizes[1][1] / 3


@pytest.mark.parametrize("way", WAYS)
async def test_a_payload_of_many_blocks_is_one_message(studio: FurnishedDiscord, way: str) -> None:
    for number in range(300):
        studio.server.world.add_channel(studio.guild, f"channel-{number}", topic=f"topic {number} " * 80)
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(_address(studio, way), max_msg_size=0) as socket,
    ):
        wire = GatewayWire(socket, way)
        await wire.identify()
        _, guild = await wire.of("GUILD_CREATE")
    assert len(json.dumps(guild)) > 1 << 18  # a block of zstd has 128 KiB at most
    assert len(guild["channels"]) > 300


async def test_two_connections_have_contexts_of_their_own(studio: FurnishedDiscord) -> None:
    address = _address(studio, "zstd-stream")
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(address) as first,
        session.ws_connect(address) as second,
    ):
        wires = [GatewayWire(first, "zstd-stream"), GatewayWire(second, "zstd-stream")]
        for wire in wires:
            await wire.identify()
            await wire.of("GUILD_CREATE")
        for text in ("to both", "to both again"):
            await studio.person("maya").say(studio.lobby, text)
            assert [(await wire.of("MESSAGE_CREATE"))[1]["content"] for wire in wires] == [text, text]


async def test_the_library_takes_zstd_by_itself(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    assert client.is_ready()
    assert [one.data["compress"] for one in studio.server.ledger.of("gateway_identified")] == ["zstd-stream"]


@pytest.mark.parametrize("way", ["zlib", "payload", "br-stream"])
async def test_another_way_is_refused(studio: FurnishedDiscord, way: str) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(_address(studio, way))
    assert refused.value.status == 400
