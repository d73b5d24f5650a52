"""Starts `demo`: stage, story and page until Ctrl-C, or the evening as text."""

import asyncio
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.sandbox import demo
from bot.sandbox.page.live_updates import ChangeBell
from bot.sandbox.page.server import served
from bot.sandbox.page.story import EveningStory
from bot.sandbox.program import ProgramFailed
from bot.sandbox.stage import DemoStage, on, staged

SPEED = 2.0  # divides the windows: people read and type, and nobody wants to wait five minutes for a sweep
SWEEP = "20"  # seconds before that division; the real default is 300
PACE, GRACE = 2.0, 3.0
STARTING = "Starting a Discord, a Fanvue and the bridge, all on this machine …"
READY = "Touch something and the evening waits for you; Ctrl-C ends the demo."


def main(options: demo.DemoOptions, *, text: bool) -> int:
    """Serve the page until Ctrl-C; 0 then, 1 when the bridge could not be started.

    As text, as a script or with figures the evening is played in the terminal (`bot.sandbox.demo`).
    """
    if text or options.script or options.as_json:
        return demo.main(options)
    try:
        asyncio.run(_show(options.database))
    except ProgramFailed as failed:
        print(f"The demo could not be started: {failed}", file=sys.stderr)
        return 1
    return 0


async def _show(database: str | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    print(STARTING, file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="fanvue-bridge-demo-") as folder:
        async with staged(Path(folder), speed=SPEED, seed=1, SWEEP_SECONDS=SWEEP, **on(database)) as stage:
            invite_outsider(stage)
            bell = ChangeBell()
            story = EveningStory(stage, bell.ring, pace=PACE, grace=GRACE)
            async with served(stage, story, bell) as url:
                print(f"{url}\n{READY}", flush=True)
                playing = asyncio.create_task(story.perform())
                await stop.wait()
                playing.cancel()
                with suppress(asyncio.CancelledError):
                    await playing
            print("Stopping …", file=sys.stderr, flush=True)


def invite_outsider(stage: DemoStage) -> None:
    """Add a person outside the team to the server: what she cannot see is not shown to her."""
    world = stage.discord.world
    world.add_member(stage.guild, world.add_user("nina"))
