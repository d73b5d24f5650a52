"""Which peers there are, how each is brought here, and how it is started."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.compare.peers import n8n_program
from benchmarks.compare.relay_variants import ProcessVariant
from bot.sandbox.discord.standalone import TOKEN
from bot.sandbox.fanvue.default_world import WEBHOOK_SECRET
from bot.sandbox.free_ports import free_port
from bot.sandbox.stage import DemoStage
from tests.proofs.foreign_clients.clients import (
    CLIENTS,
    ClientNotAvailable,
    ForeignClient,
    bring,
    found_program,
)

_HERE: Final = Path(__file__).parent
_KNOWN: Final = {client.name: client for client in CLIENTS}


@dataclass(frozen=True)
class PeerProgram:
    """What is brought, and what is made of it in a folder: its command; `prepare` adds to its environment."""

    client: ForeignClient
    prepare: Callable[[ForeignClient, Path, dict[str, str]], list[str]]
    install: Callable[[ForeignClient], None] = bring


def _discordjs(client: ForeignClient, _folder: Path, environment: dict[str, str]) -> list[str]:
    environment["PEER_FOLDER"] = str(client.folder)
    return [found_program("node"), str(_HERE / "discordjs_bot.mjs")]


def _red(client: ForeignClient, _folder: Path, _environment: dict[str, str]) -> list[str]:
    return [str(client.folder / "bin" / "python"), str(_HERE / "red_cog.py")]


def _node_red(client: ForeignClient, folder: Path, environment: dict[str, str]) -> list[str]:
    flow = folder / "flow.json"  # it writes beside it
    flow.write_text((_HERE / "node_red_flow.json").read_text(encoding="utf-8"), encoding="utf-8")
    start = client.folder / "node_modules" / "node-red" / "red.js"
    return [found_program("node"), str(start), "-u", str(folder), "-p", environment["PEER_PORT"], str(flow)]


# Of Node's programs the newest that Node 20 runs. None of their packages' scripts is run.
PEERS: Final[Mapping[str, PeerProgram]] = {
    "discord.js": PeerProgram(_KNOWN["discord.js"], _discordjs),
    "red": PeerProgram(_KNOWN["red"], _red),
    "node-red": PeerProgram(ForeignClient("node-red", "4.1.8", "node_red_flow.json"), _node_red),
    "n8n": PeerProgram(
        ForeignClient("n8n", "1.123.81", "n8n_workflow.json"), n8n_program.prepare, n8n_program.install
    ),
}


def brought(names: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Which of these are here now, and why each of the others is not."""
    here, missing = [], {}
    for name in names:
        try:
            PEERS[name].install(PEERS[name].client)
            here.append(name)
        except ClientNotAvailable as reason:
            missing[name] = str(reason)
    return here, missing


async def peer(name: str, stage: DemoStage, folder: Path) -> ProcessVariant:
    """One that was brought, on this stage; its own files are in `folder`."""
    program, own, port = PEERS[name], folder / name, free_port()
    own.mkdir()
    about = {
        "PEER_PORT": str(port),
        "PEER_SECRET": WEBHOOK_SECRET,
        "PEER_CHANNEL": str(stage.lobby.id),
        "PEER_API": stage.discord.api_url.removesuffix("/v10"),
        "PEER_TOKEN": TOKEN,
    }
    command = await asyncio.to_thread(program.prepare, program.client, own, about)
    return ProcessVariant(command, port=port, log=own / "log", environment=about)
