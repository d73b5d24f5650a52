"""Which clients there are, at which version, each in a folder of its own."""

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

TOP = Path(__file__).parents[3]
FOLDER = TOP / ".cache" / "foreign_clients"
ROUNDS = Path(__file__).parent / "rounds"
LOCKS = Path(__file__).parent / "locks"
INSTALL_SECONDS = 300


class ClientNotAvailable(Exception):
    """A client that this machine cannot run; the sentence says why."""


@dataclass(frozen=True)
class ForeignClient:
    """A library, its version, the script of its round, and its registry's name for it where that differs.

    Those with a file in `locks` bring all that they need in one version with its hash; fanvue-mcp names no
    versions, so there it is what was new on the day of its own.
    """

    name: str
    version: str
    script: str
    package: str = ""
    network: Literal["discord", "fanvue"] = "discord"

    @property
    def node(self) -> bool:
        """Whether it runs in node, and not in Python."""
        return not self.script.endswith(".py")

    @property
    def pinned(self) -> str:
        """What its registry is asked for."""
        return f"{self.package or self.name}{'@' if self.node else '=='}{self.version}"

    @property
    def lock(self) -> Path | None:
        """The file of versions and hashes, where it has one."""
        file = LOCKS / f"{self.name}.{'json' if self.node else 'txt'}"
        return file if file.exists() else None

    @property
    def made_of(self) -> str:
        """What the folder was made of; with any other it is made anew."""
        return self.pinned if self.lock is None else hashlib.sha256(self.lock.read_bytes()).hexdigest()

    @property
    def folder(self) -> Path:
        """Where it is installed; another version has another folder."""
        return FOLDER / f"{self.name}-{self.version}"

    def command(self) -> list[str]:
        """What plays its round."""
        runs = found_program("node") if self.node else str(self.folder / "bin" / "python")
        return [runs, str(ROUNDS / self.script)]


CLIENTS = (
    ForeignClient("discord.js", "14.28.1", "discordjs.mjs"),
    ForeignClient("disnake", "2.12.2", "with_disnake.py"),
    ForeignClient("nextcord", "2.6.0", "with_nextcord.py"),
    ForeignClient("hikari", "2.7.0", "with_hikari.py"),
    ForeignClient("red", "3.5.24", "with_red.py", package="Red-DiscordBot"),
    ForeignClient("schemathesis", "4.32.5", "with_schemathesis.py", network="fanvue"),
    ForeignClient("fanvue-mcp", "0.1.1", "with_fanvue_mcp.py", network="fanvue"),
)


def bring(client: ForeignClient) -> None:
    """Install the client unless it is there; ClientNotAvailable where that is not possible."""
    whole = client.folder / "installed"
    if whole.exists() and whole.read_text() == client.made_of:
        return
    shutil.rmtree(client.folder, ignore_errors=True)
    client.folder.mkdir(parents=True)
    if client.node:
        _bring_to_node(client)
    else:
        _bring_to_python(client)
    whole.write_text(client.made_of)


def _bring_to_node(client: ForeignClient) -> None:
    kept_small = ["--no-audit", "--no-fund", "--ignore-scripts"]
    if client.lock is None:
        (client.folder / "package.json").write_text("{}")
        run_installer(
            [found_program("npm"), "install", "--no-package-lock", *kept_small, client.pinned], client.folder
        )
        return
    wanted = {"dependencies": {client.package or client.name: client.version}}
    (client.folder / "package.json").write_text(json.dumps(wanted))
    shutil.copy(client.lock, client.folder / "package-lock.json")
    run_installer([found_program("npm"), "ci", *kept_small], client.folder)


def _bring_to_python(client: ForeignClient) -> None:
    run_installer([sys.executable, "-m", "venv", str(client.folder)], client.folder)
    pinned = [client.pinned] if client.lock is None else ["--require-hashes", "-r", str(client.lock)]
    run_installer(
        [str(client.folder / "bin" / "python"), "-m", "pip", "install", "-q", *pinned], client.folder
    )


def found_program(program: str) -> str:
    """Where it is; ClientNotAvailable where it is not."""
    path = shutil.which(program)
    if path is None:
        raise ClientNotAvailable(f"there is no {program} here")
    return path


def run_installer(command: list[str], where: Path, *, seconds: int = INSTALL_SECONDS) -> None:
    """Run a command that installs something; ClientNotAvailable with its last words where it fails."""
    try:
        ended = subprocess.run(
            command, cwd=where, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise ClientNotAvailable(f"installing took more than {seconds} s") from None
    if ended.returncode != 0:
        said = [line for line in (ended.stderr or ended.stdout).splitlines() if line.strip()]
        raise ClientNotAvailable(f"could not be installed: {' / '.join(said[-2:])[:300]}")
