"""An operator changes the key while fans write; nobody notices."""

import asyncio
from pathlib import Path

from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import DemoStage, staged
from tests.cli.test_cli import call
from tests.database_place import settings_in
from tests.journeys.test_replying import reply, thread_with
from tests.warm_bridge import WarmProgram

FANS = ("sam_k", "night.owl", "kai.surf")


async def command(stage: DemoStage, folder: Path, *words: str) -> str:
    done = await asyncio.to_thread(call, *words, cwd=folder, **stage.bridge._settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def chatter(play: EveningPlay, stop: asyncio.Event) -> None:
    """Fans write one after the other until told to stop, each of them at least once."""
    number = 0
    while not stop.is_set() or number < len(FANS):
        fan = FANS[number % len(FANS)]
        await play.stage.fans[fan].write(f"line {number} of the night")
        await thread_with(play, fan, f"line {number} of the night")
        number += 1


async def test_a_key_goes_and_another_comes_while_everybody_writes(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    call("keys", "new", "--file", str(file), cwd=tmp_path)
    old = file.read_text(encoding="ascii").partition(":")[0]
    keys = {"ENCRYPTION_KEYS": "", "ENCRYPTION_KEYS_FILE": str(file)}
    async with staged(tmp_path, WarmProgram, speed=4.0, seed=7, **settings_in(tmp_path), **keys) as stage:
        play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None)
        await play.open_house()
        stop = asyncio.Event()
        writing = asyncio.create_task(chatter(play, stop))

        await command(stage, tmp_path, "keys", "new", "--file", str(file))
        new = file.read_text(encoding="ascii").partition(":")[0]
        turned = await command(stage, tmp_path, "keys", "rotate")
        stop.set()
        await writing
        checked = await command(stage, tmp_path, "keys", "check", "--open")

        file.write_text(file.read_text(encoding="ascii").partition("\n")[0], encoding="ascii")
        await stage.bridge.stop()
        await stage.bridge.start()
        thread = await thread_with(play, "sam_k", "of the night")
        await reply(play, thread, text="good night Sam")
        await thread_with(play, "sam_k", "✓ Sent")

    log = (tmp_path / "bridge.log").read_text(encoding="utf-8")
    assert f"all are under key {new} now" in turned
    assert f"Key {old} made 0 values: you may remove it" in checked
    assert f"encrypts with key {new} and loads a new one automatically" in checked
    assert [message.text for message in stage.fans["sam_k"].inbox()] == ["good night Sam"]
    assert "a new encryption key was taken up" in log
    assert "integrity" not in log
    assert "a drain failed" not in log
