"""From one command in a terminal to the first relayed message."""

import asyncio
import os
import pty
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot.features.operations.installation.questions import (
    APPLICATION,
    BY_NAME,
    DISCORD_REDIRECT,
    FANVUE_REDIRECT,
    HOOKS,
    KEYS,
    SUBSCRIBE,
)
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeInstallation, BridgeProcess
from bot.sandbox.stage import DemoStage, staged
from tests.architecture.source_tree import TOP
from tests.newcomer.page_person import PagePerson
from tests.proofs.faults.live_bridge import LiveBridge
from tests.sandbox.page.chromium import Chromium

_ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/[\w-]{43}/")
_SPEED = 20.0
# On another one `./run` would make the environment anew, in which this very test runs.
SAME_PYTHON = {name: os.environ[name] for name in ("PYTHON",) if name in os.environ}
# What a setup finds out or asks for: none of it is in the environment here.
ASKED = {*BY_NAME, APPLICATION, DISCORD_REDIRECT, FANVUE_REDIRECT, KEYS, SUBSCRIBE}


@dataclass(frozen=True)
class FirstEvening:
    """What it took."""

    typed_values: int
    shell_commands: int
    files_edited: int
    seconds: float
    shown: str  # all that the terminal showed


class TypedInstallation(BridgeInstallation):
    """An installation without settings: a person starts it at a terminal and fills the page in."""

    ready_within = 120.0
    person: PagePerson
    commands = 0

    async def __aenter__(self) -> Self:
        """Nothing runs yet: the person has not come."""
        return self

    async def _spawn(self) -> BridgeProcess:
        self.commands += 1
        values = {name: self._settings.get(name, "") for name in BY_NAME} | {HOOKS: ""}
        self._settings = {name: value for name, value in self._settings.items() if name not in ASKED}
        near, far = pty.openpty()
        env_file = self._log.parent / ".env"
        process = await asyncio.create_subprocess_exec(
            str(TOP / "run"),
            "run",
            "--env-file",
            str(env_file),
            env={**self._environment(), **SAME_PYTHON},
            stdin=far,
            stdout=far,
            stderr=far,
            start_new_session=True,
        )
        os.close(far)
        await self._filled_in(_Screen(near, self._log), values)
        return process

    async def _filled_in(self, screen: "_Screen", values: dict[str, str]) -> None:
        await self.person.browser.open((await screen.address()).decode())
        await self.person.picture("empty")
        for name, value in values.items():
            if value:
                await self.person.answer(name, value)
        await self.person.picture("whole")
        await self.person.browser.click("Start the bridge", "button")
        await self.person.browser.sees("The bridge is starting")
        await self.person.picture("started")


class _Screen:
    """What the terminal shows, kept as it comes."""

    def __init__(self, near: int, log: Path) -> None:
        self._near, self._log, self._shown = near, log, b""
        self._found: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().add_reader(near, self._read)

    async def address(self) -> bytes:
        """The page's, once it is shown."""
        async with asyncio.timeout(TypedInstallation.ready_within):
            return await self._found

    def _read(self) -> None:
        try:
            more = os.read(self._near, 65_536)
        except OSError:  # the program has ended
            more = b""
        if not more:
            asyncio.get_running_loop().remove_reader(self._near)
            with suppress(OSError):
                os.close(self._near)
            return
        with self._log.open("ab") as log:
            log.write(more)
        self._shown += more
        found = _ADDRESS.search(self._shown)
        if found is not None and not self._found.done():
            self._found.set_result(found[0])


async def first_evening(folder: Path, browser: Chromium, pictures: Path | None = None) -> FirstEvening:
    """Play it: the portals as the steps say, one command, the page, `/setup`, `/link`, a fan."""
    person = PagePerson(browser, pictures=pictures)
    async with staged(folder, TypedInstallation, speed=_SPEED, seed=5) as stage:
        assert isinstance(stage.bridge, TypedInstallation)
        stage.bridge.person = person
        stage.fanvue.switches.private_webhook_urls = True
        for app in stage.fanvue.world.apps.values():
            app.webhook_url = None  # nobody ticks an event: the bridge subscribes
        begun = time.monotonic()
        await stage.bridge.start()
        await _relayed(stage, folder)
        seconds = time.monotonic() - begun
        commands = stage.bridge.commands
    shown = (folder / "bridge.log").read_text(errors="replace")
    return FirstEvening(person.typed, commands, 0, round(seconds, 1), shown)


async def _relayed(stage: DemoStage, folder: Path) -> None:
    """Channels, account, and a fan whose first words stand in their thread."""
    play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None)
    await play.open_house()
    house = LiveBridge(stage, play, folder)
    fan = house.fan("Nora")
    await fan.write("is anybody there?")
    await house.shows(fan, "is anybody there?")
