"""Starts the bridge as a process for the fuzz, and looks at what it kept."""

import asyncio
import base64
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.features.people.accounts.keyring import Keyring, MasterKey
from bot.sandbox.free_ports import free_port
from tests.proofs.fuzz.fuzz_creators import KEY_DIGESTS, KEY_SECRETS
from tests.proofs.fuzz.fuzz_requests import SECRETS
from tests.proofs.fuzz.page_requests import FuzzPage

_ROOT = Path(__file__).resolve().parents[3]
_KEY = bytes(range(32))
RING: Final = Keyring([MasterKey("1", _KEY)])
_NAMED = {
    "DISCORD_TOKEN": "discord-token-of-the-bridge",
    "DISCORD_CLIENT_SECRET": "discord-secret-of-the-bridge",
    "FANVUE_CLIENT_SECRET": "fanvue-secret-of-the-bridge",
    "FANVUE_WEBHOOK_SECRETS": ",".join(SECRETS),
    "ENCRYPTION_KEYS": f"1:{base64.b64encode(_KEY).decode()}",
}
HIDDEN: Final = (*SECRETS, *_NAMED.values(), base64.b64encode(_KEY).decode(), _KEY.hex())
"""Secrets of the settings, as they stand there and on their own."""
HIDDEN_WORDS: Final = KEY_SECRETS | KEY_DIGESTS
"""Secrets of keys and their digests, each one word of 43 letters or more."""


@dataclass(frozen=True)
class FuzzServer:
    """The running process."""

    port: int
    pid: int
    pages: Sequence[FuzzPage]

    @property
    def peak(self) -> float:
        """The most memory that the process ever held, in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[FuzzServer]:
    """Run it as long as the block lasts."""
    port, admin = free_port(), free_port()
    with (folder / "server.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.proofs.fuzz.server_process",
            cwd=_ROOT,
            env={**_kept_environment(), **_settings(folder, port, admin)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            first = await process.stdout.readline()
        assert first, (folder / "server.log").read_text()[-2_000:]
        told = json.loads(first)
        pages = [
            FuzzPage(admin if operator else port, operator, method, path, told["things"])
            for operator, method, path in told["pages"]
        ]
        yield FuzzServer(port, process.pid, pages)
    finally:
        process.stdin.close()
        try:
            async with asyncio.timeout(20):
                await process.wait()
        except TimeoutError:
            process.send_signal(signal.SIGKILL)
            await process.wait()


def kept(folder: Path) -> Iterator[bytes]:
    """Every body that was kept, opened."""
    with closing(sqlite3.connect(folder / "bridge.sqlite3")) as connection:
        for fact, creator, sealed in connection.execute("SELECT id, creator_uuid, body_ct FROM inbox"):
            yield RING.open(f"inbox|body|{fact}|{creator}", sealed)


def _kept_environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def _settings(folder: Path, port: int, admin: int) -> dict[str, str]:
    nobody = f"http://127.0.0.1:{free_port()}"  # nobody answers what the bridge asks for
    public = f"http://127.0.0.1:{port}"
    return {
        **_NAMED,
        "DISCORD_APPLICATION_ID": "1000000000000000001",
        "DISCORD_REDIRECT_URI": f"{public}/oauth/discord/callback",
        "DISCORD_API_URL": nobody,
        "DISCORD_GATEWAY_URL": nobody.replace("http", "ws"),
        "DISCORD_AUTHORIZE_URL": nobody,
        "FANVUE_CLIENT_ID": "client",
        "FANVUE_REDIRECT_URI": f"{public}/oauth/fanvue/callback",
        "FANVUE_API_URL": nobody,
        "FANVUE_AUTH_URL": nobody,
        "PUBLIC_URL": public,
        "TRUSTED_PROXIES": "127.0.0.1",  # agents come from many addresses, each at its pace
        "LISTEN": f"127.0.0.1:{port}",
        "ADMIN_LISTEN": f"127.0.0.1:{admin}",
        "DATABASE_URL": f"sqlite:///{folder / 'bridge.sqlite3'}",
    }
