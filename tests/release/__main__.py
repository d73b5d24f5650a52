"""Builds a release twice, compares the bytes, runs it from the wheel alone.

python -m tests.release --json [--out dist]
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.cli.checksums import SUMS, sha256
from bot.model.version import version
from tests.architecture.source_tree import TOP
from tests.release.building import ONE, OTHER, BuiltRelease, build, built, times_in, unpacked
from tests.release.image_layers import layer
from tests.release.installing import (
    InstalledWheel,
    demo_by_uvx,
    is_harmless,
    keeps_its_data,
    survives_tampering,
)
from tests.release.sbom import sbom, told, wanted

_NO_TIME = {"1980-01-01", "1970-01-01"}  # what zip and tar have where there is none
_SBOM = "sbom.cdx.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0 only if everything is equal and the wheel runs by itself."""
    parser = argparse.ArgumentParser(prog="tests.release")
    parser.add_argument("--json", action="store_true", help="nothing but one line of JSON on stdout")
    parser.add_argument(
        "--out", type=Path, help="leave the files of the release in this folder, with SHA256SUMS"
    )
    options = parser.parse_args(arguments)
    if options.out is not None and (changes := _uncommitted()):
        parser.error(f"a release is made of what is committed; this is not: {changes[:200]}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        release, document, found = _examined(Path(folder))
        if options.out is not None:
            _leave(options.out, release, document)
    found |= {"version": version(), "seconds": round(time.monotonic() - began, 1)}
    print(json.dumps(found) if options.json else "\n".join(f"{name}: {it}" for name, it in found.items()))
    return 0 if all(it is not False for it in found.values()) else 1


def _examined(folder: Path) -> tuple[BuiltRelease, str, dict[str, Any]]:
    one, other = build(folder / "builds", ONE), build(folder / "builds", OTHER)
    again = built(unpacked(one.sdist, folder / "unpacked"), "wheel", ONE)
    document = sbom()
    found: dict[str, Any] = {
        "wheel_equal": one.wheel.read_bytes() == other.wheel.read_bytes(),
        "sdist_equal": one.sdist.read_bytes() == other.sdist.read_bytes(),
        "wheel_from_sdist_equal": again.read_bytes() == one.wheel.read_bytes(),
        "no_time_of_a_build": times_in(one) <= _NO_TIME,
        "sbom_equal": told(document) == wanted() and document == _sbom_of_another_process(),
        "sbom_packages": len(told(document)),
        "image_layer_equal": _layers_equal(folder / "image"),
    }
    installed = InstalledWheel.install(folder / "away", one.wheel)
    figures = demo_by_uvx(folder / "uvx", one.wheel)
    found |= {
        "version_from_wheel": installed.say("--version").strip() == f"fanvue-bridge {version()}",
        "data_from_wheel": keeps_its_data(installed),
        "verify_from_wheel": survives_tampering(installed, one.wheel),
        "demo_from_wheel": is_harmless(figures),
        "demo": figures,
        "wheel_sha256": sha256(one.wheel),
        "sdist_sha256": sha256(one.sdist),
        "sbom_sha256": hashlib.sha256(document.encode()).hexdigest(),
    }
    return one, document, found


def _uncommitted() -> str:
    command = ["git", "status", "--porcelain"]
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True).stdout.strip()


def _sbom_of_another_process() -> str:
    """Sets come in another order there."""
    code = "from tests.release.sbom import sbom; print(sbom(), end='')"
    env = OTHER.environment() | {"PYTHONPATH": str(TOP)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout


def _layers_equal(place: Path) -> bool:
    """One after the other at the same place, which stands for the image's /."""
    layers = []
    for machine in (ONE, OTHER):
        shutil.rmtree(place, ignore_errors=True)
        layers.append(layer(place, machine))
    first, second = layers
    differ = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    for name in differ[:20]:
        print(f"differs in the image: {name}", file=sys.stderr)
    return len(first) > len(wanted()) and not differ


def _leave(out: Path, release: BuiltRelease, document: str) -> None:
    """The files of the release, and their sums as `sha256sum -c` and `fanvue-bridge verify` read them."""
    out.mkdir(parents=True, exist_ok=True)
    names = [Path(shutil.copy2(file, out)).name for file in (release.wheel, release.sdist)]
    (out / _SBOM).write_text(document, encoding="utf-8")
    lines = [f"{sha256(out / name)}  {name}\n" for name in sorted([*names, _SBOM])]
    (out / SUMS).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
