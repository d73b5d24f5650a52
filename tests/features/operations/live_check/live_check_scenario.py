"""`doctor --live` against Fanvue's stand-in, whose ways can be changed."""

import asyncio
import json
import os
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.fanvue.proven import NAME as PROVEN
from bot.features.operations.live_check import notes
from bot.features.operations.live_check.calls import Sleep
from bot.features.operations.live_check.record import NAME
from bot.features.operations.live_check.service import LiveCheckContext, Tell
from bot.features.operations.live_check.stage_webhooks import Ask
from bot.model.ports import Clock
from bot.sandbox.fanvue.switches import FanvueSwitches
from bot.settings.loader import load
from tests.proofs.faults.live_bridge import LiveBridge

SECRETS = ("FANVUE_CLIENT_SECRET", "FANVUE_WEBHOOK_SECRETS", "DISCORD_TOKEN", "PUBLIC_URL")
FAN, WORDS = "Annabelle Quist", "my dog is called Biscuit"
FOLDER, LIST, POST = "Sunday laundry", "people I adore", "a walk by the sea"


async def nobody(question: str) -> str:
    """Nobody is at the terminal."""
    raise AssertionError(f"asked {question}")


async def furnished(house: LiveBridge) -> None:
    """The creator has something of everything that a read may tell of."""
    world, creator = house.stage.fanvue.world, house.stage.creator
    fan = house.fan(FAN, handle="quist")
    await house.greeted(fan, WORDS)
    picture = world.add_media(creator, name="IMG_4711.jpg")
    world.add_folder(creator, FOLDER, [picture])
    world.add_list(creator, LIST, [fan])
    world.add_collection(creator, "the summer of Luna")
    for number in range(3):
        post = world.post_as_creator(creator, f"{POST} {number}")
    await fan.comment(post.uuid, "I was there too")
    paid = await fan.tip(1234)
    known = "SELECT 1 FROM payments WHERE payment_id = ?"
    await house.stored(lambda: bool(house.rows(known, str(paid.id))))


@dataclass(frozen=True)
class LiveCheckOutcome:
    """What one check came to."""

    code: int
    out: str
    progress: str
    report: Mapping[str, Any]  # empty where none was written
    page: str

    def step(self, name: str) -> Mapping[str, Any]:
        """The step whose name ends so."""
        (found,) = (step for known, step in self.report["steps"].items() if known.endswith(f" {name}"))
        step: Mapping[str, Any] = found
        return step

    def answer(self, question: str) -> str:
        """What was found out about a question; "" where nothing was."""
        return "; ".join(dict.fromkeys(self.report["questions"][question]["answers"].values()))

    def news(self) -> Mapping[str, str]:
        """Every step that is not as expected, without the creator's label."""
        return {
            name.split(" ", 2)[-1]: step["says"]
            for name, step in self.report["steps"].items()
            if step["verdict"] in {"bad", "warn"}
        }


@dataclass
class LiveCheckScenario:
    """A bridge that runs, and its Fanvue."""

    house: LiveBridge
    folder: Path
    capsys: pytest.CaptureFixture[str] | None = None  # None: the command is not called
    _ways: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ways = deepcopy(vars(self.switches))
        for name in (NAME, notes.NAME, PROVEN):
            self.record.with_name(name).unlink(missing_ok=True)

    @property
    def switches(self) -> FanvueSwitches:
        switches: FanvueSwitches = self.house.stage.fanvue.switches
        return switches

    @property
    def record(self) -> Path:
        """The file that keeps what was found so far."""
        return self.house.database.parent / NAME

    def context(
        self, clock: Clock, sleep: Sleep, tell: Tell, ask: Ask | None = None, **changes: str
    ) -> LiveCheckContext:
        """What the command hands on, with another clock."""
        settings = load({}, self.env_file(**changes))
        return LiveCheckContext(settings, "1.0.0", clock, os.urandom, sleep, tell, ask or nobody)

    def private(self) -> Iterator[str]:
        """Everything there that is a person's: ids, names, texts, tokens."""
        world = self.house.stage.fanvue.world
        for account in world.accounts.values():
            yield from (account.uuid, account.handle, account.display_name)
        for post in world.posts.values():
            yield from (post.uuid, post.text or "")
        for chat in world.bonds.values():
            for message in chat.messages:
                yield from (message.uuid, message.text or "")
        yield from (FAN, WORDS, FOLDER, LIST, POST, "IMG_4711", "the summer of Luna", "1234")
        yield from world.tokens._access
        yield from world.tokens._refresh
        yield from (str(self.house.stage.bridge._settings[name]) for name in SECRETS)

    def as_before(self) -> None:
        """Fanvue is as it was."""
        vars(self.switches).update(self._ways)
        self.house.stage.fanvue.faults.clear()
        self.house.stage.fanvue._gate._limits._buckets.clear()  # a window may end in a day

    def env_file(self, **changes: str) -> Path:
        """The settings of the bridge, some of them otherwise, as a file that only its owner reads."""
        env = self.folder / "settings.env"
        settings = {**self.house.stage.bridge._settings, **changes}
        env.write_text("".join(f"{name}='{value}'\n" for name, value in settings.items()))
        env.chmod(0o600)
        return env

    async def command(self, *options: str) -> LiveCheckOutcome:
        """`fanvue-bridge doctor` with these options."""
        arguments = ["doctor", "--env-file", str(self.env_file()), *options]
        code = await asyncio.to_thread(main.main, arguments)
        assert self.capsys is not None
        said = self.capsys.readouterr()
        return LiveCheckOutcome(code, said.out, said.err, {}, "")

    async def checks(self, *options: str, **changes: str) -> LiveCheckOutcome:
        """`fanvue-bridge doctor --live --report FILE`."""
        env, report = self.env_file(**changes), self.folder / "report.json"
        arguments = ["doctor", "--live", "--env-file", str(env), "--report", str(report), *options]
        code = await asyncio.to_thread(main.main, arguments)
        assert self.capsys is not None
        said = self.capsys.readouterr()
        written = json.loads(report.read_text("utf-8")) if report.exists() else {}
        page = report.with_suffix(".md").read_text("utf-8") if report.exists() else ""
        return LiveCheckOutcome(code, said.out, said.err, written, page)
