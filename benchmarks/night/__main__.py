"""A night of a whole agency, and whether anything was lost or refused.

    python -m benchmarks.night [--json] [--fans N] [--creators N] [--chats N] [--hours N] [--seed N]

Everything on one Discord server, with every window of both stand-ins and of the bridge divided by twenty.
Exit 0 only if nothing was lost, came twice or went astray, and neither network said "too many requests".
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.night.night_run import night
from benchmarks.night.night_script import NightSize
from tests.progress import Progress

_SHOWN = 40  # sentences; one mistake can make thousands


def main() -> int:
    """Play, and print."""
    options = _options()
    size = NightSize(
        fans=options.fans,
        share=options.share,
        creators=options.creators,
        chats=options.chats,
        hours=options.hours,
        seed=options.seed,
        speed=options.speed,
        stamina=options.stamina,
    )
    with tempfile.TemporaryDirectory(prefix="night-") as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        figures, findings = asyncio.run(night(place, size, Progress()))
    wrong = list(findings.sentences())
    for sentence in wrong[:_SHOWN]:
        sys.stderr.write(sentence + "\n")
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        sys.stdout.write("\n".join(f"{name:<26} {figure:g}" for name, figure in figures.items()) + "\n")
    return 1 if wrong or figures["http_429"] else 0


def _options() -> argparse.Namespace:
    default = NightSize()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.night", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--fans", type=int, default=default.fans, help="who are active in a day")
    parser.add_argument(
        "--share", type=float, default=default.share, help="of them, who write in a whole night"
    )
    parser.add_argument("--creators", type=int, default=default.creators, help="each with a forum")
    parser.add_argument(
        "--chats", type=int, default=default.chats, help="of each creator, known to the bridge"
    )
    parser.add_argument("--hours", type=float, default=default.hours, help="of the night")
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--speed", type=float, default=default.speed, help="divides every wait of all three")
    parser.add_argument("--stamina", type=float, default=default.stamina, help="seconds for the last answers")
    parser.add_argument("--keep", type=Path, help="a folder for the database and the log, kept afterwards")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
