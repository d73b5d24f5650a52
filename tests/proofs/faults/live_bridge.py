"""One house for many faults: both stand-ins, the real program, and what it stored."""

import asyncio
import os
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from bot.fanvue.signature import HEADER, sign
from bot.sandbox import patience, witness
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import DM, StandInChannel, StandInMessage, walk
from bot.sandbox.fanvue.default_world import WEBHOOK_SECRET
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.state import WebhookEvent
from bot.sandbox.fanvue.webhooks import body_of
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeInstallation, until
from bot.sandbox.stage import DemoStage
from bot.sandbox.tally import is_thread_of
from tests.virtual_stage import program_here, staged_here
from tests.warm_commands import PIPE, STDOUT, start_program

T = TypeVar("T")
_READY = 200
_ROOT = Path(__file__).resolve().parents[3]

SPEED = 20.0  # divides every wait of the bridge and every window of the Fanvue stand-in
PATIENCE = patience.SECONDS
_OFTEN = 0.25  # seconds: of what changes on Fanvue, in files and tables, Discord does not tell
_WHO = "### Who waits"
_THREAD = re.compile(r"https://discord\.com/channels/\d+/(\d+)")
_UNTOLD = "SELECT id FROM outbox WHERE fan_uuid = ? AND kind = 'post' AND state <> 'done'"


@dataclass
class LiveBridge:
    """A team that is set up and linked, and everything a test may want to break or to look at."""

    stage: DemoStage
    play: EveningPlay
    folder: Path
    names: list[str] = field(default_factory=list)

    # ── people ──

    def fan(self, name: str, *, subscribed: bool = True, handle: str = "") -> StandInFan:
        """Somebody new, whose handle no other test uses."""
        self.names.append(name)
        handle = f"{handle or name.lower()}{len(self.names):03d}"
        fan = self.stage.fanvue.world.add_fan(handle, name, self.stage.creator, subscribed)
        self.stage.fans[handle] = fan
        return fan

    async def reply(self, thread: StandInChannel, *, by: str = "mara", **values: str) -> InteractionAnswer:
        """A member answers, and reads what the bridge says to that."""
        answer = await self.stage.members[by].slash(self.stage.guild, thread, "reply", **values)
        return await answer.done(PATIENCE)

    async def also_reply(self, thread: StandInChannel, *, by: str, **values: str) -> InteractionAnswer:
        """The same beside a colleague: as often as they are asked whether they mean it, they press Send."""
        answer = await self.reply(thread, by=by, **values)
        while answer.message is not None and "Send" in labels(answer.message):
            asked = answer.text
            await self.stage.members[by].click(answer.message, "Send")
            await self.until(partial(_differs, answer, asked))
        return answer

    async def greeted(self, fan: StandInFan, words: str = "hello") -> StandInChannel:
        """The fan has written once, and has a thread that shows it; the bridge knows that it does.

        On a busy machine the answer to the post gets lost, and the repeat would meet the test's own fault.
        """
        await fan.write(words)
        thread = await self.shows(fan, words)
        await self.stored(lambda: not self.rows(_UNTOLD, fan.uuid))
        return thread

    async def answered(self, fan: StandInFan) -> StandInChannel:
        """The fan has written and was answered: what they write next is a post of its own."""
        thread = await self.greeted(fan)
        await self.reply(thread, text="hello yourself")
        await self.shows(fan, "✓ Sent")
        return thread

    async def click(self, thread: StandInChannel, label: str, *, by: str = "mara") -> InteractionAnswer:
        """A member presses the newest button with this label, once there is one."""
        await self.until(lambda: any(label in labels(m) for m in self.messages(thread)))
        message = next(m for m in reversed(self.messages(thread)) if label in labels(m))
        answer = await self.stage.members[by].click(message, label)
        return await answer.done(PATIENCE)

    # ── Discord ──

    def threads(self, fan: StandInFan) -> list[StandInChannel]:
        """Every thread of this fan, oldest first."""
        found = self.stage.discord.world.threads(self.stage.guild.id)
        return sorted((t for t in found if is_thread_of(t, fan.handle)), key=lambda t: t.id)

    def messages(self, channel: StandInChannel) -> list[StandInMessage]:
        """What a channel shows now, oldest first."""
        found = self.stage.discord.world.messages.get(channel.id, {}).values()
        return [message for message in found if not message.deleted and not message.ephemeral]

    @property
    def posted(self) -> int:
        """How many messages there were ever on Discord; quickly told, where thousands are waited for."""
        return sum(map(len, self.stage.discord.world.messages.values()))

    def lines(self, fan: StandInFan) -> list[str]:
        """What all threads of a fan show, without their cards; each text of a shared post by itself."""
        return [line for t in self.threads(fan) for m in self.messages(t)[1:] for line in said_in(m)]

    def with_words(self, fan: StandInFan, words: str) -> list[str]:
        """The lines of a fan's threads that have these words in them."""
        return [line for line in self.lines(fan) if words in line]

    def alerts(self, words: str = "") -> list[str]:
        """The lines of the alerts channel that have these words in them; not the list of who waits."""
        return [line for line in map(plain, self.reports()) if words in line and not line.startswith(_WHO)]

    def reports(self) -> list[StandInMessage]:
        """All that the alerts channel shows."""
        world = self.stage.discord.world
        channels = [world.channels[i] for i in self.stage.guild.channel_ids]
        return [m for c in channels if c.name.endswith("-alerts") for m in self.messages(c)]

    def waiting(self) -> list[StandInMessage]:
        """Every message that lists who waits; there is one at most."""
        return [message for message in self.reports() if plain(message).startswith(_WHO)]

    def drawn(self, text: str) -> str:
        """What a person reads: Discord draws the address of a thread as its name."""
        channels = self.stage.discord.world.channels
        return _THREAD.sub(lambda found: f"#{channels[int(found[1])].name}", text.replace("\\", ""))

    async def shows(self, fan: StandInFan, words: str) -> StandInChannel:
        """The newest thread of a fan, once one of them shows these words."""
        await self.until(lambda: bool(self.with_words(fan, words)))
        return self.threads(fan)[-1]

    async def alerted(self, words: str) -> None:
        """Return once the alerts channel has these words."""
        await self.until(lambda: bool(self.alerts(words)))

    def private_messages(self) -> list[str]:
        """What the bot wrote privately to whoever linked the creator, without the receipts of links."""
        world = self.stage.discord.world
        private = [channel for channel in world.channels.values() if channel.type == DM]
        told = [plain(m) for channel in private for m in self.messages(channel)]
        return [words for words in told if "A Fanvue account was connected" not in words]

    async def owner_told(self, number: int) -> list[str]:
        """The same, once there are so many."""
        await self.until(lambda: len(self.private_messages()) == number)
        return self.private_messages()

    async def status(self, *, by: str = "mara") -> str:
        """What a member reads under /inbox status."""
        lobby = self.stage.discord.world.channels[self.stage.guild.channel_ids[0]]
        answer = await self.stage.members[by].slash(self.stage.guild, lobby, "inbox status")
        await answer.done(PATIENCE)
        assert answer.ephemeral
        return answer.text

    async def board(self, words: str) -> str:
        """The list of what waits for a person, once it has these words in it."""
        await self.until(lambda: bool(self.boards(words)))
        return self.boards(words)[0]

    def boards(self, words: str) -> list[str]:
        """The lists of what waits for a person that have these words in them."""
        return [line for line in self.alerts(words) if "This needs your attention" in line]

    async def until(self, true: Callable[[], bool]) -> None:
        """Return when it looks like this; TimeoutError with the bridge's last words."""
        world = self.stage.discord.world
        try:
            await world.until(true, PATIENCE, often=_OFTEN)
        except TimeoutError:
            seen = [plain(m)[:200] for ms in list(world.messages.values())[-6:] for m in ms.values()]
            raise TimeoutError(f"{self.stage.bridge.last_words()}\nDiscord shows: {seen[-8:]}") from None

    # ── Fanvue ──

    def posts_to(self, fan: StandInFan) -> int:
        """How many times Fanvue was asked to send this fan a message, carried out or not."""
        ledger, path = self.stage.fanvue.ledger, f"/{fan.uuid}/message"

        def count(kind: str, *faults: str) -> int:
            entries = [e for e in ledger.of(kind, method="POST") if e["path"].endswith(path)]
            return sum(1 for e in entries if not faults or e["fault"] in faults)

        # What a fault kept from being carried out at once is in the ledger as a fault, and if it is
        # carried out late, as a request too.
        held = count("fault", "error_before", "too_many", "execute_late", "down")
        return count("request") + held - count("executed_late")

    async def told(self, deed: Awaitable[object]) -> list[bytes]:
        """Something happens on Fanvue, and its webhooks are kept back: their bodies."""
        heard: list[WebhookEvent] = []
        fanvue = self.stage.fanvue
        fanvue.world.listeners.append(heard.append)
        fanvue.faults.webhooks.off = True
        try:
            await deed
        finally:
            fanvue.faults.webhooks.off = False
            fanvue.world.listeners.remove(heard.append)
        return [body_of(event) for event in heard]

    # ── the bridge from outside ──

    def setting(self, name: str) -> str:
        """A setting of the program."""
        return self.stage.bridge._settings[name]

    def program(self, log: str, **changes: str) -> BridgeInstallation:
        """Another process of the same installation, with other settings."""
        settings = {**self.stage.bridge._settings, **changes}
        return program_here()(settings, admin=settings["ADMIN_LISTEN"], log=self.folder / log)

    async def restart(self, **changes: str) -> None:
        """Kill the program and start it again, with other settings."""
        await self.stage.bridge.kill()
        self.stage.bridge._settings.update(changes)
        await self.stage.bridge.start()

    async def command(self, *words: str) -> str:
        """The operator runs the program's command line; what it prints."""
        process = await start_program(
            *("bot", *words, "--env-file", os.devnull),
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(_ROOT), **self.stage.bridge._settings},
            stdout=PIPE,
            stderr=STDOUT,
        )
        said, _ = await process.communicate()
        witness.heard("what a command prints", said)
        assert process.returncode == 0, said.decode()
        return said.decode()

    def sealed(self, raw: bytes, *, late: int = 0, secret: str = WEBHOOK_SECRET) -> str:
        """The signature that Fanvue would send with this body."""
        return sign(raw, secret, int(time.time()) - late)

    async def post(self, raw: bytes, signature: str | None = "", **headers: str) -> int:
        """Deliver a body as Fanvue does; `signature`: "" for the right one, None for none."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if signature is not None:
            sent[HEADER] = signature or self.sealed(raw)
        async with aiohttp.ClientSession() as session, session.post(self.hook, data=raw, headers=sent) as got:
            return got.status

    @property
    def hook(self) -> str:
        """Where webhooks go."""
        return f"http://{self.setting('LISTEN')}/webhooks/fanvue"

    async def admin(self, path: str) -> tuple[int, str]:
        """What the operator's port answers."""
        url = f"http://{self.setting('ADMIN_LISTEN')}/{path}"
        async with aiohttp.ClientSession() as session, session.get(url) as got:
            return got.status, await got.text()

    async def unready(self, words: str) -> str:
        """What `/readyz` says of a program that is not ready, if it has these words in it; else nothing."""
        try:
            status, said = await self.admin("readyz")
        except aiohttp.ClientError:
            return ""  # it does not listen yet
        return said if status != _READY and words in said else ""

    async def counted(self, outcome: str) -> float:
        """How many webhooks ended so, in the program that runs now."""
        _, text = await self.admin("metrics")
        found = [
            line for line in text.splitlines() if f'bridge_webhooks_total{{outcome="{outcome}"}}' in line
        ]
        return sum(float(line.rsplit(" ", 1)[1]) for line in found)

    @property
    def log(self) -> str:
        """All that the program has logged."""
        return (self.folder / "bridge.log").read_text(errors="replace")

    @property
    def pid(self) -> int:
        """The process that runs now."""
        process = self.stage.bridge._process
        assert process is not None
        return process.pid

    @property
    def runs(self) -> bool:
        """Whether there is a process."""
        process = self.stage.bridge._process
        return process is not None and process.returncode is None

    def resident(self) -> int:
        """How much memory the process holds, in bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    # ── what is stored ──

    @property
    def database(self) -> Path:
        """The file."""
        return self.folder / "bridge.sqlite3"

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """What a question to the database answers, beside the program that writes it."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql, values)]

    async def swept(self, fan: StandInFan) -> None:
        """The sweep has found a fan's subscription, which no event told: it comes at no other moment."""
        await self.stored(lambda: bool(self.rows("SELECT 1 FROM subscribers WHERE fan_uuid = ?", fan.uuid)))

    def sends(self, fan: StandInFan) -> list[dict[str, Any]]:
        """The effects that send to a fan, oldest first."""
        return self.rows(
            "SELECT * FROM outbox WHERE kind = 'chat.send' AND fan_uuid = ? ORDER BY seq", fan.uuid
        )

    async def stored(self, look: Callable[[], T]) -> T:
        """The first true answer of a look into the database."""

        async def looked() -> T:
            return look()

        return await until(looked, PATIENCE)


def _differs(answer: InteractionAnswer, before: str) -> bool:
    return answer.text != before


def labels(message: StandInMessage) -> list[str]:
    """The labels of a message's buttons."""
    return [str(one["label"]) for one in walk(message.components) if one.get("label")]


def said_in(message: StandInMessage) -> list[str]:
    """What a reader takes for one message each: the texts of a burst, each with the post's small print."""
    replies = [one["custom_id"] for one in walk(message.components) if one.get("label") == "Reply"]
    if not any("." in ref for ref in replies):  # the button names one message
        return [plain(message)]
    texts = [text.replace("\\", "") for text in message.displays()]
    small = [text for text in texts if text.startswith("-# ")]
    return ["\n".join([text, *small]) for text in texts if not text.startswith("-# ")]


def plain(message: StandInMessage) -> str:
    """A message as a reader sees it, without the escapes."""
    return message.text.replace("\\", "")


@asynccontextmanager
async def housed(
    folder: Path, *, seed: int = 7, open_house: bool = True, **more: str
) -> AsyncIterator[LiveBridge]:
    """A house with its program running. Discord keeps its own times: nobody's click must be in a hurry.

    `more` are further settings of the bridge, by their names in the environment.
    """
    async with staged_here(folder, speed=SPEED, seed=seed, **more) as stage:
        stage.discord.world.speed = 1.0
        stage.discord.interactions.first_answer = PATIENCE  # a busy machine takes more than three seconds
        stage.discord.limits.enabled = False
        play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None)
        house = LiveBridge(stage, play, folder)
        if open_house:
            await play.open_house()
        yield house
        stage.discord.faults.clear()
        stage.fanvue.faults.clear()
