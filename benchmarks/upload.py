"""A file of Fanvue's limit goes up: what it adds to the bridge's resident memory.

    python -m benchmarks.upload [--json] [--bytes N]

The real program, the real command line and the stand-ins on real sockets. The file is sparse, so that it
takes no room; it is read twice, once for its hash and once to be sent. Memory is that of the bridge:
before the command, and the highest from then on (`VmHWM`, reset before).
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import DemoStage, staged

LIMIT = 1_610_612_736
_MIB = 2**20


def _status(process: int, field: str) -> float:
    """MiB."""
    status = Path(f"/proc/{process}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith(f"{field}:")]
    return int(line.split()[1]) / 1024


def _forget_highest(process: int) -> None:
    Path(f"/proc/{process}/clear_refs").write_text("5")  # proc(5): the highest is the present one again


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


async def measure(folder: Path, size: int) -> dict[str, float]:
    """One file, from the command to its end."""
    path = folder / "large.mp4"
    _sparse(path, size)
    async with staged(folder, speed=1.0, seed=7) as stage:
        await EveningPlay(stage, _no_pause, lambda _words: None).open_house()
        running = stage.bridge._process  # noqa: SLF001 - nobody else asks for its number
        assert running is not None
        _forget_highest(running.pid)
        before, begun = _status(running.pid, "VmRSS"), time.monotonic()
        command, highest = await _command(stage, folder, path)
        seconds = time.monotonic() - begun
        stored = sum(part.size for one in stage.fanvue.world.uploads.values() for part in one.parts.values())
        (upload,) = stage.fanvue.world.uploads.values()
        assert (command, stored, upload.finished) == (0, size, True), "it is there, and whole"
        return {
            "bytes": size,
            "parts": len(upload.parts),
            "seconds": round(seconds, 1),
            "mib_per_second": round(size / _MIB / seconds, 1),
            "bridge_before_mib": round(before, 1),
            "bridge_added_mib": round(_status(running.pid, "VmHWM") - before, 1),
            "command_highest_mib": round(highest, 1),
        }


async def _command(stage: DemoStage, folder: Path, path: Path) -> tuple[int, float]:
    """The command line's exit code, and the most memory that it had."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "media", "upload", str(path), "--creator", stage.creator.handle),
        *("--env-file", os.devnull),
        cwd=folder,
        env=stage.bridge._environment(),  # noqa: SLF001 - the same settings as the bridge's
        stdout=asyncio.subprocess.DEVNULL,
    )
    highest = 0.0
    ending = asyncio.create_task(process.wait())
    while not (await asyncio.wait({ending}, timeout=0.25))[0]:
        try:
            highest = max(highest, _status(process.pid, "VmHWM"))
        except (OSError, ValueError):
            break  # it has just ended
    return await ending, highest


async def _no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument(
        "--bytes", type=int, default=LIMIT, help="how long the file is (default: %(default)s)"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(Path(folder), options.bytes))
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    sys.stdout.write("".join(f"{name}  {figure}\n" for name, figure in found.items()))


if __name__ == "__main__":
    main()
