"""Which clients there are, at which version, each in a folder of its own."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).parents[3]
FOLDER = TOP / ".cache" / "foreign_clients"
ROUNDS = Path(__file__).parent / "rounds"
INSTALL_SECONDS = 300


class ClientNotAvailable(Exception):
    """A client that this machine cannot run; the sentence says why."""


@dataclass(frozen=True)
class ForeignClient:
    """A library, its version, the script of its round, and its registry's name for it where that differs."""

    name: str
    version: str
    script: str
    package: str = ""

    @property
    def node(self) -> bool:
        """Whether it runs in node, and not in Python."""
        return self.script.endswith(".mjs")

    @property
    def pinned(self) -> str:
        """What its registry is asked for."""
        return f"{self.package or self.name}{'@' if self.node else '=='}{self.version}"

    @property
    def folder(self) -> Path:
        """Where it is installed; another version has another folder."""
        return FOLDER / f"{self.name}-{self.version}"

    def command(self) -> list[str]:
        """What plays its round."""
        runs = _found("node") if self.node else str(self.folder / "bin" / "python")
        return [runs, str(ROUNDS / self.script)]


CLIENTS = (
    ForeignClient("discord.js", "14.28.1", "discordjs.mjs"),
    ForeignClient("disnake", "2.12.2", "with_disnake.py"),
    ForeignClient("nextcord", "2.6.0", "with_nextcord.py"),
    ForeignClient("hikari", "2.7.0", "with_hikari.py"),
    ForeignClient("red", "3.5.24", "with_red.py", package="Red-DiscordBot"),
)


def bring(client: ForeignClient) -> None:
    """Install the client unless it is there; ClientNotAvailable where that is not possible."""
    whole = client.folder / "installed"
    if whole.exists():
        return
    shutil.rmtree(client.folder, ignore_errors=True)
    client.folder.mkdir(parents=True)
    if client.node:
        (client.folder / "package.json").write_text("{}")
        kept_small = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
        _run([_found("npm"), "install", *kept_small, client.pinned], client.folder)
    else:
        _run([sys.executable, "-m", "venv", str(client.folder)], client.folder)
        python = str(client.folder / "bin" / "python")
        _run([python, "-m", "pip", "install", "-q", client.pinned], client.folder)
    whole.touch()


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise ClientNotAvailable(f"there is no {program} here")
    return path


def _run(command: list[str], where: Path) -> None:
    try:
        ended = subprocess.run(
            command, cwd=where, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ClientNotAvailable(f"installing took more than {INSTALL_SECONDS} s") from None
    if ended.returncode != 0:
        said = [line for line in (ended.stderr or ended.stdout).splitlines() if line.strip()]
        raise ClientNotAvailable(f"could not be installed: {' / '.join(said[-2:])[:300]}")
