"""Power cuts as a program: FULL loses nothing, and NORMAL is seen to lose.

python -m tests.proofs.powercut --cuts 500 --seed 1 --json
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.progress import Progress
from tests.proofs.powercut.disk_recording import compiler
from tests.proofs.powercut.power_cut_run import PowerCutFindings, cut_often


def main() -> int:
    """Exit 0 only if FULL lost nothing, no file was harmed, and NORMAL did lose."""
    parser = argparse.ArgumentParser(prog="tests.proofs.powercut")
    parser.add_argument("--cuts", type=int, default=500)
    parser.add_argument("--facts", type=int, default=360)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="nothing but one line of JSON on stdout")
    options = parser.parse_args()
    if compiler() is None:
        print("This needs Linux on 64 bits and gcc.", file=sys.stderr)
        return 2
    say = Progress()
    with tempfile.TemporaryDirectory() as folder:
        full, normal = (asyncio.run(_cut(Path(folder), mode, options, say)) for mode in ("full", "normal"))
    found = {
        "cuts": full.cuts,
        "lost": full.lost,
        "corrupt": full.corrupt,
        "normal_lost": normal.lost,
        "normal_corrupt": normal.corrupt,
        "acknowledged": full.acknowledged,
        "seconds": say.seconds,
    }
    if options.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name}: {figure}" for name, figure in found.items()))
        print(f"FULL: {full.first or 'nothing wrong'}\nNORMAL: {normal.first or 'nothing wrong'}")
    return 0 if (full.lost, full.corrupt) == (0, 0) and normal.lost else 1


async def _cut(
    folder: Path, synchronous: str, options: argparse.Namespace, say: Progress
) -> PowerCutFindings:
    return await cut_often(
        folder / synchronous,
        synchronous,
        facts=options.facts,
        cuts=options.cuts,
        seed=options.seed,
        say=lambda line: say.now_and_then(f"{synchronous}: {line}"),
    )


if __name__ == "__main__":
    sys.exit(main())
