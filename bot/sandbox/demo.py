"""The demo: one evening of the real bridge, counted or to be watched."""

import asyncio
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox import mass_message_scene, tally
from bot.sandbox.evening import BLASTS, POSTS
from bot.sandbox.play import REPEATS, EveningPlay, PlayFailed, Say
from bot.sandbox.program import ProgramFailed
from bot.sandbox.stage import DemoStage, on, staged
from bot.sandbox.terminal_view import tell

SPEED = 5.0  # divides every window of both stand-ins and of the bridge
SETTLED_WITHIN = 20.0
FAST, SLOW = 0.2, 1.0  # seconds of the clock for one of the story
SLOWEST = 2.0  # seconds: the promise for a fan's message, where nothing else is done meanwhile
_LEAST = {"relayed": 72, "replied": 30, "alerts": 5, "mass": len(BLASTS), "posts": len(POSTS), "earnings": 1}


@dataclass(frozen=True)
class DemoOutcome:
    """The ledgers' figures, and the errors in them."""

    figures: dict[str, float]
    wrong: list[str]


@dataclass(frozen=True)
class DemoOptions:
    """`script`: at full speed; `without`: a generation of Fanvue's API that is not there."""

    script: bool = False
    as_json: bool = False
    database: str | None = None
    without: str | None = None


def main(options: DemoOptions) -> int:
    """Play the evening; 0 only if everything arrived once, at the right person, in time."""
    say = _to_stderr if options.script or options.as_json else _to_stdout
    begun = time.monotonic()
    try:
        outcome = asyncio.run(_evening(options, begun, say))
    except (PlayFailed, ProgramFailed, TimeoutError) as failed:
        print(f"The evening could not be played to its end: {failed}", file=sys.stderr)
        return 1
    for sentence in outcome.wrong:
        print(f"wrong: {sentence}", file=sys.stderr)
    if options.as_json:
        print(json.dumps(outcome.figures))
    else:
        print(_summary(outcome))
    return 1 if outcome.wrong else 0


async def _evening(options: DemoOptions, begun: float, say: Say) -> DemoOutcome:
    pace = FAST if options.script else SLOW

    async def pause(seconds: float) -> None:
        await asyncio.sleep(seconds * pace)

    with tempfile.TemporaryDirectory(prefix="fanvue-bridge-demo-") as folder:
        say("Starting a Discord, a Fanvue and the bridge, all on this machine. It takes about a minute.")
        async with staged(Path(folder), speed=SPEED, seed=1, **on(options.database)) as stage:
            if options.without is not None:
                switches = stage.fanvue.switches
                switches.gone, switches.v1_whole = (options.without,), options.without != "v1"
            play = EveningPlay(stage, pause, say)
            watching = asyncio.create_task(tell(stage, say)) if pace == SLOW else None
            await play.perform()
            await _settled(stage, play)
            if watching is not None:
                watching.cancel()
            return _reckoned(stage, play, time.monotonic() - begun)


async def _settled(stage: DemoStage, play: EveningPlay) -> None:
    """Wait until the ledgers show everything, or for long enough to call it lost."""

    def all_there() -> bool:
        sums = (tally.relayed(stage), tally.replied(stage, play.answered), tally.alerted(stage))
        shown = tally.states(stage)
        return all(s.lost == 0 for s in sums) and shown["Queued"] == 0 and shown["Seen"] > 0

    try:
        await stage.discord.world.until(all_there, SETTLED_WITHIN)
    except TimeoutError:
        play.say("Something is still missing; counting what is there.")
    await asyncio.sleep(0.5)  # whatever comes twice comes now


def _reckoned(stage: DemoStage, play: EveningPlay, seconds: float) -> DemoOutcome:
    fans, team = tally.relayed(stage), tally.replied(stage, play.answered)
    alerts = tally.alerted(stage)
    mass = mass_message_scene.massed(stage, BLASTS)
    posts = tally.posted(stage, POSTS)
    everything = (fans, team, alerts, mass, posts)
    webhooks, repeats = tally.deliveries(stage)
    slow = tally.p95(fans.lags)
    figures = {
        "linked": len(stage.fanvue.ledger.of("token.issued")),
        "relayed": fans.there,
        "replied": team.there,
        "alerts": alerts.there,
        "mass": mass.there,
        "posts": posts.there,
        "earnings": tally.earned(stage, play.told),
        "lost": sum(one.lost for one in everything),
        "duplicated": sum(one.duplicated for one in everything),
        "misrouted": sum(one.misrouted for one in everything),
        "relay_p95_s": round(slow, 3),
        "seconds": round(seconds, 1),
    }
    play.say(f"{webhooks} webhooks, {repeats} of them repeats; replies show {dict(tally.states(stage))}.")
    if slow > SLOWEST:  # which is no fault of the bridge where a machine has other things to do
        play.say(f"95 of 100 messages of fans took up to {slow:.1f} s: this machine is busy.")
    wrong = _wrong(figures, webhooks, repeats, tally.pings(stage))
    unlike = [*stage.discord.contract_errors, *stage.fanvue.contract_errors]
    wrong += [
        f"not as the contract says: {one}" for one in unlike[:5]
    ]  # empty where CONTRACTS_DIR is not set
    return DemoOutcome(figures, wrong)


def _wrong(figures: dict[str, float], webhooks: int, repeats: int, pings: int) -> list[str]:
    wrong = [f"{name} is {figures[name]}" for name in ("lost", "duplicated", "misrouted") if figures[name]]
    wrong += [f"{name} is only {figures[name]}" for name, least in _LEAST.items() if figures[name] < least]
    if figures["linked"] != 1:
        wrong.append(f"{figures['linked']} accounts were linked")
    if webhooks < 100 or repeats < 10:  # noqa: PLR2004 - what the evening is meant to hold
        wrong.append(f"only {webhooks} webhooks, {repeats} repeats of {REPEATS} wanted")
    if pings:
        wrong.append(f"{pings} people were pinged by what a fan wrote")
    return wrong


def _summary(outcome: DemoOutcome) -> str:
    f = outcome.figures
    return (
        f"\n{f['relayed']:.0f} messages of 12 fans arrived in their threads, {f['replied']:.0f} answers "
        f"in their chats, {f['alerts']:.0f} alerts in their channel.\n"
        f"Lost {f['lost']:.0f}, twice {f['duplicated']:.0f}, at the wrong person {f['misrouted']:.0f}. "
        f"95 of 100 messages were in Discord within {f['relay_p95_s']} s."
    )


def _to_stderr(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)


def _to_stdout(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)
