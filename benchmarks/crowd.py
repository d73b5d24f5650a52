"""A crowd writes at once, and an answer of Fanvue's is lost in the middle of it: what waits, and how long.

    python -m benchmarks.crowd [--json] [--texts N] [--seconds N] [--fans N] [--silent N] [--kills N]
                               [--speed N]

Fanvue allows 200 calls in 60 seconds. 60 fans, who have threads, write 400 texts in 80 s, every tenth with a
picture. In the middle a member answers one of them and Fanvue's answer is cut off; the member answers again,
and the creator writes to the same fan on Fanvue. Then 27 others, who never wrote before, write a message each
of which the webhook tells no text. With `--kills` nobody answers in the middle: the bridge is killed so often
while texts are written, and nothing may wait for longer than two minutes. All seconds are undivided:
`--speed` divides every wait of all three, and a busy machine then counts for so much more.
"""

import argparse
import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.discord.world import GatewayEvent
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeInstallation
from bot.sandbox.stage import DemoStage, staged
from bot.sandbox.tally import is_thread_of
from bot.text.media_words import MEDIA_ICONS
from tests.proofs.soak.creator_setup import labels

BOUNDS = {
    "settled_s": 10.0,
    "next_reply_s": 12.0,
    "own_line_s": 15.0,
    "last_text_s": 60.0,
    "calls_a_text": 0.3,
}
KILLED = {"line_last_s": 120.0, "picture_last_s": 120.0, "last_text_s": 120.0}
_PICTURE_EVERY = 10
_WINDOW = 60.0  # Fanvue's
_PATIENCE = 400.0  # seconds, undivided
_LOST, _NEXT, _OWN = "is this one there?", "and this one?", "written by herself"
_SETTLED = (
    "SELECT settled_at FROM outbox WHERE kind = 'chat.send' AND state = 'done' AND doubted_at IS NOT NULL"
)


@dataclass(frozen=True)
class CrowdSize:
    """How much of everything."""

    texts: int = 400
    seconds: float = 80.0
    fans: int = 60
    silent: int = 27
    kills: int = 0
    speed: float = 1.0


class _PatientBridge(BridgeInstallation):
    """The bridge on a machine that does other things as well."""

    ready_within = 120.0


@dataclass
class CrowdScenario:
    """The stage, and when which words were first seen on Discord."""

    stage: DemoStage
    database: Path
    speed: float
    words: set[str] = field(default_factory=set)
    seen: dict[str, float] = field(default_factory=dict)
    pictures: dict[str, float] = field(default_factory=dict)

    def told(self, event: GatewayEvent) -> None:
        """Discord shows a message, or shows it otherwise."""
        if event.message is None or event.name not in {"MESSAGE_CREATE", "MESSAGE_UPDATE"}:
            return
        text, now = event.message.text, time.time()
        for word in self.words - self.seen.keys():
            if word in text:
                self.seen[word] = now
        for word in self.words - self.pictures.keys():
            if word in text and any(icon in text for icon in MEDIA_ICONS):
                self.pictures[word] = now

    def thread(self, fan: StandInFan) -> StandInChannel:
        """A fan's thread."""
        found = self.stage.discord.world.threads(self.stage.guild.id)
        return next(one for one in found if is_thread_of(one, fan.handle))

    async def sleep(self, seconds: float) -> None:
        """So many of Fanvue's."""
        await asyncio.sleep(seconds / self.speed)

    async def until(self, words: set[str], where: dict[str, float]) -> None:
        """Return once all of them were seen."""
        await self.stage.discord.world.until(lambda: words <= where.keys(), _PATIENCE / self.speed)

    def since(self, began: float, ended: float) -> float:
        """Seconds between two moments, undivided."""
        return round((ended - began) * self.speed, 1)

    def calls(self) -> int:
        """How many requests Fanvue has counted."""
        return len(self.stage.fanvue.ledger.of("request"))

    def refused(self) -> int:
        """How many of them were too many."""
        return len(self.stage.fanvue.ledger.of("request", status=429))


async def measure(folder: Path, size: CrowdSize) -> dict[str, float]:
    """Both halves, on one stage."""
    async with staged(folder, _PatientBridge, speed=size.speed, seed=7) as stage:
        await EveningPlay(stage, _no_pause, lambda _words: None).open_house()
        crowd = CrowdScenario(stage, folder / "bridge.sqlite3", size.speed)
        stage.discord.world.listeners.append(crowd.told)
        people = stage.fanvue.world.add_crowd(stage.creator, size.fans, "writer", subscribed=True)
        strangers = stage.fanvue.world.add_crowd(stage.creator, size.silent, "stranger", subscribed=True)
        await _greet(crowd, people)
        calls = crowd.calls()
        began = time.time()
        async with asyncio.TaskGroup() as tasks:
            written = tasks.create_task(_write(crowd, people, size))
            middle = tasks.create_task(
                _killed(crowd, size) if size.kills else _middle(crowd, people[0], size.seconds / 2)
            )
        lines, pictured = written.result()
        await crowd.until(set(lines), crowd.seen)
        await crowd.until(set(pictured), crowd.pictures)
        spent = crowd.calls() - calls
        waits = sorted(crowd.since(at, crowd.seen[word]) for word, at in lines.items())
        looks = sorted(crowd.since(at, crowd.pictures[word]) for word, at in pictured.items())
        figures = {
            "texts": len(lines),
            "fans": size.fans,
            **middle.result(),
            "line_p50_s": waits[len(waits) // 2],
            "line_last_s": waits[-1],
            "picture_p50_s": looks[len(looks) // 2],
            "picture_last_s": looks[-1],
            "calls_a_text": round(spent / len(lines), 2),
            "first_half_s": crowd.since(began, time.time()),
        }
        return figures | await _silent(crowd, strangers) | {"http_429": crowd.refused(), "speed": size.speed}


async def _greet(crowd: CrowdScenario, people: list[StandInFan]) -> None:
    """Everybody has a thread, and what is asked about somebody new was asked."""
    words = {f"hello {number:05d}": fan for number, fan in enumerate(people)}
    crowd.words |= words.keys()
    for word, fan in words.items():
        await fan.write(word)
        await crowd.sleep(0.5)
    await crowd.until(set(words), crowd.seen)
    await crowd.sleep(_WINDOW)


async def _write(
    crowd: CrowdScenario, people: list[StandInFan], size: CrowdSize
) -> tuple[dict[str, float], dict[str, float]]:
    """Everybody in turn; when each was written, and of those with a picture."""
    lines: dict[str, float] = {}
    pictured: dict[str, float] = {}
    began = time.time()
    for number in range(size.texts):
        due = began + number * size.seconds / size.texts / crowd.speed
        await asyncio.sleep(max(due - time.time(), 0))
        word = f"text {number:05d}"
        crowd.words.add(word)
        with_picture = number % _PICTURE_EVERY == _PICTURE_EVERY // 2
        lines[word] = time.time()
        if with_picture:
            pictured[word] = lines[word]
        await people[number % len(people)].write(word, media=int(with_picture))
    return lines, pictured


async def _killed(crowd: CrowdScenario, size: CrowdSize) -> dict[str, float]:
    """Die as by a power cut, again and again."""
    for _ in range(size.kills):
        await crowd.sleep(size.seconds / (size.kills + 1))
        await crowd.stage.bridge.kill()
        await crowd.stage.bridge.start()
    return {"kills": size.kills}


async def _middle(crowd: CrowdScenario, fan: StandInFan, after: float) -> dict[str, float]:
    """A reply whose answer is lost, the next one, and the creator's own line."""
    await crowd.sleep(after)
    stage, member = crowd.stage, next(iter(crowd.stage.members))
    thread = crowd.thread(fan)
    crowd.words.add(_OWN)
    stage.fanvue.faults.add("lose_answer", "POST", rf"/chats/{fan.uuid}/message$")
    began = time.time()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_reply(crowd, thread, member, _LOST))
        await stage.fanvue.world.until(lambda: bool(_sent(fan, _LOST)), _PATIENCE / crowd.speed)
        lost = time.time()
        tasks.create_task(_reply(crowd, thread, member, _NEXT))
        stage.fanvue.world.write_as_creator(fan, _OWN)
        await stage.fanvue.world.until(lambda: bool(_sent(fan, _NEXT)), _PATIENCE / crowd.speed)
        followed = time.time()
        await crowd.until({_OWN}, crowd.seen)
    settled = await asyncio.to_thread(_settled, crowd.database)
    return {
        "asked_s": crowd.since(began, lost),
        "settled_s": crowd.since(lost, settled / 1000),
        "next_reply_s": crowd.since(lost, followed),
        "own_line_s": crowd.since(lost, crowd.seen[_OWN]),
    }


async def _reply(crowd: CrowdScenario, thread: StandInChannel, by: str, text: str) -> None:
    """Whoever is asked whether they mean it says yes."""
    stage = crowd.stage
    answer = await stage.members[by].slash(stage.guild, thread, "reply", text=text)
    await answer.done(_PATIENCE / crowd.speed)
    while answer.message is not None and "Send" in labels(answer.message):
        asked = answer.text
        await stage.members[by].click(answer.message, "Send")
        await stage.discord.world.until(partial(_differs, answer, asked), _PATIENCE / crowd.speed)


def _differs(answer: InteractionAnswer, text: str) -> bool:
    return answer.text != text


def _sent(fan: StandInFan, text: str) -> list[str]:
    return [message.uuid for message in fan.inbox() if message.text == text]


def _settled(database: Path) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        return int(opened.execute(_SETTLED).fetchone()[0])


async def _silent(crowd: CrowdScenario, strangers: list[StandInFan]) -> dict[str, float]:
    """Messages of which only Fanvue itself knows the text."""
    crowd.stage.fanvue.world.switches.text_in_events = False
    calls, began = crowd.calls(), {}
    for number, fan in enumerate(strangers):
        word = f"silent {number:05d}"
        crowd.words.add(word)
        began[word] = time.time()
        await fan.write(word)
    await crowd.until(set(began), crowd.seen)
    waits = sorted(crowd.since(at, crowd.seen[word]) for word, at in began.items())
    return {
        "silent": len(strangers),
        "silent_p50_s": waits[len(waits) // 2],
        "last_text_s": waits[-1],
        "silent_calls_a_text": round((crowd.calls() - calls) / max(len(strangers), 1), 2),
    }


def broken(figures: dict[str, float]) -> list[str]:
    """What is above its bound, in words."""
    return [
        f"{name} is {figures[name]}, and {bound} is the most"
        for name, bound in (KILLED if figures.get("kills") else BOUNDS).items()
        if figures.get(name, 0.0) > bound
    ]


async def _no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


def main() -> int:
    """Measure and print; 1 if anything waited for longer than it may."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    for name, kind, words in (
        ("texts", int, "with text"),
        ("seconds", float, "in which they are written"),
        ("fans", int, "who write them in turn"),
        ("silent", int, "messages without text"),
        ("kills", int, "of the bridge meanwhile"),
        ("speed", float, "divides every wait"),
    ):
        default = getattr(CrowdSize, name)
        parser.add_argument(f"--{name}", type=kind, default=default, help=f"{words} (default: {default:g})")
    options = vars(parser.parse_args())
    as_json = options.pop("json")
    with tempfile.TemporaryDirectory(prefix="crowd-") as folder:
        figures = asyncio.run(measure(Path(folder), CrowdSize(**options)))
    wrong = broken(figures)
    sys.stderr.write("".join(f"{sentence}\n" for sentence in wrong))
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        sys.stdout.write("".join(f"{name:<20} {figure:g}\n" for name, figure in figures.items()))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
