"""The kill soak as a program: faults and SIGKILL, then three ledgers.

python -m tests.proofs.soak --events 5000 --kills 20 --seed 1 --json
"""

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bot.sandbox.program import BridgeInstallation
from tests import postgres
from tests.postgres_of_run import VARIABLE
from tests.postgres_servers import SinglePostgres, single
from tests.progress import Progress
from tests.proofs.soak.script_progress import ScriptProgress
from tests.proofs.soak.soak_cluster import SoakCluster, SoakProcess
from tests.proofs.soak.soak_run import SoakSize, SoakVerdict, soak
from tests.proofs.soak.two_versions import TwoVersions, unpacked

_SHOWN = 40  # sentences; one bug can make thousands
_STOPPED = 130  # what a shell gives for Ctrl-C


def main() -> int:
    """Exit 0 only if nothing was lost, nothing came twice, nothing went astray, all is explained.

    Of several processes also only if no call was one too many.

    130 when it was stopped before its end, by Ctrl-C or SIGTERM, and all was well until then.
    """
    options = _options()
    if options.database:
        os.environ[VARIABLE] = options.database
    with ExitStack() as stack:
        database, server = None, None
        if options.database:
            database = stack.enter_context(postgres.fresh())
        elif options.cluster:
            server = stack.enter_context(single("soak", SoakProcess.niceness))
            database = server.url
        return _run(options, database, server)


def _run(options: argparse.Namespace, database: str | None, server: SinglePostgres | None) -> int:
    size = SoakSize(
        events=options.events,
        kills=options.kills,
        seed=options.seed,
        factor=options.factor or (4.0 if options.cluster else 10.0),
        houses=options.creators,
        fans=options.fans,
        per_second=options.per_second,
        database=database,
        server=server,
        program=_program(options.before is not None, several=options.cluster),
        patient=options.cluster,
        counts_refusals=options.cluster,
        moods=options.moods,
        cuts=options.before is None,
    )
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        if options.before is not None:
            TwoVersions.before = unpacked(options.before, Path(folder) / "before")
            TwoVersions.hits = options.kills
        verdict = asyncio.run(_stoppable(place, size))
    _report(verdict)
    if options.json:
        print(json.dumps(verdict.figures))
    else:
        print("\n".join(f"{name}: {figure:g}" for name, figure in verdict.figures.items()))
    if not verdict.findings.nothing:
        return 1
    return _STOPPED if verdict.figures["stopped"] else 0


def _program(two: bool, *, several: bool) -> type[BridgeInstallation]:  # noqa: FBT001 - which of three
    if two:
        return TwoVersions
    return SoakCluster if several else BridgeInstallation


async def _stoppable(place: Path, size: SoakSize) -> SoakVerdict:
    """A stop ends the script; it cannot be taken up again, because the stand-ins keep all in memory."""
    course = ScriptProgress()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, course.stop)
    return await soak(place, size, Progress(), course)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.proofs.soak")
    parser.add_argument("--events", type=int, default=5000, help="webhooks and replies, about")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    # Several processes on a busy machine take longer to do what was asked.
    usual = "divides every wait of all three; 10, with --cluster 4"
    parser.add_argument("--factor", type=float, help=usual)
    parser.add_argument("--creators", type=int, default=10)
    parser.add_argument("--fans", type=int, default=12, help="of each creator")
    parser.add_argument("--per-second", type=float, default=40.0, help="how many steps people take")
    parser.add_argument("--database", help="postgresql://…: on a database of its own on that server")
    several = "as several processes; without --database on a server of its own, which is started anew once"
    parser.add_argument("--cluster", action="store_true", help=several)
    before = "with --cluster: some processes are of this commit at first; each that is hit changes sides"
    parser.add_argument("--before", metavar="COMMIT", help=before)
    moods = "Fanvue changes how it behaves on the way: switches of the stand-in, drawn at random"
    parser.add_argument("--moods", action="store_true", help=moods)
    parser.add_argument("--keep", type=Path, help="a folder for the database and the log, kept afterwards")
    parser.add_argument("--json", action="store_true", help="nothing but one line of JSON on stdout")
    options = parser.parse_args()
    if options.before and not (options.cluster and options.database):
        parser.error(
            "--before needs --cluster and --database: a server that is started anew costs webhooks a 503"
        )
    return options


def _report(verdict: SoakVerdict) -> None:
    sentences = list(verdict.findings.sentences())
    for sentence in sentences[:_SHOWN]:
        print(sentence, file=sys.stderr)
    if len(sentences) > _SHOWN:
        print(f"and {len(sentences) - _SHOWN} more", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
