"""The command line of the simulation."""

import argparse
import gc
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.app.preload import load
from tests.progress import Progress
from tests.simulation.forks import Told, run_all
from tests.simulation.plans import NAMES, Plan
from tests.simulation.shortening import Shortening, again, numbers, story

_HOUR = 3600
_SHOWN = 5  # sentences of a kind


@dataclass
class Sum:
    """All runs of one command."""

    say: Progress = field(default_factory=Progress)
    runs: int = 0
    failed: list[Told] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)  # whole numbers, and virtual seconds
    drawn: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    ledgers: dict[int, str] = field(default_factory=dict)
    pairs: int = 0
    equal: int = 0
    cpu: float = 0.0

    def hear(self, told: Told) -> None:
        """One has ended."""
        seed = told.plan.seed
        if seed in self.ledgers:
            self.pairs += 1
            self.equal += bool(told.ledger) and told.ledger == self.ledgers[seed]
            if told.ledger != self.ledgers[seed]:
                print(f"seed {seed} was played twice and is not the same", file=sys.stderr)
            return
        self.ledgers[seed] = told.ledger
        self.runs += 1
        self.say.now_and_then(
            f"{self.runs} seeds, {self.figures['events']} events, {len(self.failed)} failed"
        )
        self.cpu += told.cpu
        self.figures.update(told.figures)
        self.drawn.update(told.drawn)
        self.found.update({kind: len(sentences) for kind, sentences in told.findings.items()})
        if told.findings:
            self.failed.append(told)
            print(f"seed {seed} found {', '.join(sorted(told.kinds))}: {again(told.plan)}", file=sys.stderr)
            for kind, sentences in sorted(told.findings.items()):
                print("\n".join(f"  {kind}: {one}" for one in sentences[:_SHOWN]), file=sys.stderr)

    @property
    def seconds(self) -> float:
        """Since it began."""
        return self.say.seconds

    def json(self) -> dict[str, object]:
        """Every figure."""
        events = self.figures["events"]
        return {
            "seeds": self.runs,
            "failed": len(self.failed),
            **{name: self.found[name] for name in NAMES},
            "pairs": self.pairs,
            "equal": self.equal,
            **{name: round(figure) for name, figure in sorted(self.figures.items())},
            "virtual_hours": round(self.figures["virtual_s"] / _HOUR, 2),
            "seconds": round(self.seconds, 1),
            "cpu_seconds": round(self.cpu, 1),
            "events_a_cpu_second": round(events / self.cpu, 1) if self.cpu else 0,
            "events_an_hour": round(events / self.seconds * _HOUR),
            "drawn": dict(sorted(self.drawn.items())),
        }


def main() -> int:
    """Exit 0 only if nothing is wrong with any seed, and each that was played twice was the same."""
    options = _options()
    load()
    gc.freeze()
    total = Sum()

    def goes_on() -> bool:
        if options.first and total.failed:
            return False
        return not options.minutes or total.seconds < 60 * options.minutes

    run_all(_plans(options), options.jobs, total.hear, goes_on, options.keep)
    for told in total.failed[: options.stories]:
        print("\n".join(story(Shortening(told, jobs=1).shorten())), file=sys.stderr)
    print(json.dumps(total.json(), indent=None if options.json else 1, ensure_ascii=False))
    return 1 if total.failed or total.equal < total.pairs else 0


def _plans(options: argparse.Namespace) -> Iterator[Plan]:
    for number in range(options.seeds):
        plan = Plan(
            seed=options.seed + number,
            events=options.events,
            houses=options.creators,
            fans=options.fans,
            every=options.every,
            moods=not options.no_moods,
            weather=not options.no_weather,
            quiet=numbers(options.quiet),
            left_out=numbers(options.leave_out),
        )
        yield plan
        if number < options.pairs:
            yield plan


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.simulation")
    parser.add_argument("--seed", type=int, default=1, help="the first one")
    parser.add_argument("--seeds", type=int, default=1, help="so many, each an evening of its own")
    parser.add_argument("--events", type=int, default=200, help="of each evening, about")
    parser.add_argument("--creators", type=int, default=3)
    parser.add_argument("--fans", type=int, default=5, help="of each creator")
    parser.add_argument("--pairs", type=int, default=0, help="so many of them are played twice and compared")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once")
    parser.add_argument("--minutes", type=float, default=0, help="begin no further one after so long")
    parser.add_argument("--first", action="store_true", help="begin no further one once one has failed")
    parser.add_argument("--every", type=float, default=25.0, help="steps from one trouble to the next")
    parser.add_argument(
        "--stories", type=int, default=1, help="of so many that fail a short story is looked for"
    )
    parser.add_argument("--no-weather", action="store_true", help="no call goes wrong by chance")
    parser.add_argument("--no-moods", action="store_true", help="Fanvue behaves the same all evening")
    parser.add_argument("--quiet", default="", help="troubles that do not come, as 1-3,7")
    parser.add_argument("--leave-out", default="", help="steps that nobody takes, likewise")
    parser.add_argument("--keep", type=Path, help="a folder for each seed's ledger and the bridge's log")
    parser.add_argument("--json", action="store_true", help="one line of JSON on stdout")
    return parser.parse_args()
