"""The image built twice from the Dockerfile, compared by its layers, and played.

python -m tests.release.image --json [--base python:3.13-slim@sha256:…]
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.model.version import version
from bot.sandbox import tally
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import staged
from tests.release.building import ONE, OTHER
from tests.release.contained_program import ContainedProgram
from tests.release.image_building import BuiltImage, ImageBuilder, missing

_UNAVAILABLE = 69
_SPEED = 5.0
_SETTLED_WITHIN = 20.0
_SAID = ("--version", "verify", "health")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0 only if both are equal and an evening was played from one; 69 if none can be built here."""
    parser = argparse.ArgumentParser(prog="tests.release.image")
    parser.add_argument("--json", action="store_true", help="nothing but one line of JSON on stdout")
    parser.add_argument(
        "--base", help="an image that Buildah can pull; otherwise one is made of Debian's packages"
    )
    options = parser.parse_args(arguments)
    if reason := missing():
        print(f"no image was built: {reason}", file=sys.stderr)
        return _UNAVAILABLE
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="image-") as folder:
        found = _examined(ImageBuilder(Path(folder)), options.base)
    found |= {"version": version(), "seconds": round(time.monotonic() - began, 1)}
    print(json.dumps(found) if options.json else "\n".join(f"{name}: {it}" for name, it in found.items()))
    return 0 if all(it is not False for it in found.values()) else 1


def _examined(builder: ImageBuilder, base: str | None) -> dict[str, Any]:
    below = base or builder.made_base()
    one, other = (builder.build(machine, below) for machine in (ONE, OTHER))
    found: dict[str, Any] = {
        "base": base or "made of Debian's packages",
        "layers_equal": one.layers == other.layers,
        "config_equal": one.config == other.config,
        "layers": one.layers,
    }
    with builder.root(one) as root:
        return found | asyncio.run(_played(ContainedProgram.of(one, root), builder.folder, one))


async def _played(program: type[ContainedProgram], folder: Path, image: BuiltImage) -> dict[str, Any]:
    """An evening with a power cut in it, both stand-ins outside."""
    place = folder / "evening"
    place.mkdir()

    async with staged(place, program, speed=_SPEED, seed=1) as stage:
        play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _said: None)
        await play.perform()

        def sums() -> tuple[tally.RelayCount, ...]:
            return tally.relayed(stage), tally.replied(stage, play.answered), tally.alerted(stage)

        await stage.discord.world.until(lambda: not any(one.lost for one in sums()), _SETTLED_WITHIN)
        bridge = stage.bridge
        assert isinstance(bridge, ContainedProgram)
        said = {word: await asyncio.to_thread(bridge.say, "fanvue-bridge", word) for word in _SAID}
        wrote, _ = await asyncio.to_thread(bridge.say, "touch", "/app/written")
        counted = sums()
    return {
        "commands_end_with_0": all(code == 0 for code, _ in said.values()),
        "version_from_image": said["--version"][1].strip() == f"fanvue-bridge {version()}",
        "root_is_read_only": wrote != 0,
        "runs_as": program.seen[-1],
        "stops_with_0": program.codes == [0],
        "data_in_the_volume": (place / "data" / "bridge.sqlite3").stat().st_size > 0,
        "relayed": counted[0].there,
        "replied": counted[1].there,
        "harmless": not any(one.lost or one.duplicated or one.misrouted for one in counted),
    }


if __name__ == "__main__":
    sys.exit(main())
