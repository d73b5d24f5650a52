"""A failing evening, shortened: without what it fails without, too."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from tests.simulation.forks import Told, run_all
from tests.simulation.plans import Plan

_TRIES = 48


class Shortening:
    """Leaves out as much as it can; what is wrong must stay of the same kind."""

    def __init__(self, told: Told, *, jobs: int, tries: int = _TRIES) -> None:
        self.best = told
        self._kinds, self._jobs, self._left = told.kinds, jobs, tries

    def shorten(self) -> Told:
        """The shortest that was found."""
        self._try(lambda plan: replace(plan, moods=False))
        self._try(lambda plan: replace(plan, weather=False))
        self._without(
            list(range(1, self.best.plan.troubles + 1)),
            _quieter,
        )
        self._without(
            [step.number for step in self.best.plan.steps()],
            _emptier,
        )
        return self.best

    def _without(self, numbers: list[int], leave: Callable[..., Plan]) -> None:
        """Larger parts first, then smaller ones."""
        size = len(numbers)
        while size >= 1 and self._left > 0:
            for begin in range(0, len(numbers), size):
                part = frozenset(numbers[begin : begin + size])
                if self._try(partial(leave, numbers=part)):
                    numbers = [one for one in numbers if one not in part]
            size = min(size // 2, len(numbers))

    def _try(self, change: Callable[[Plan], Plan]) -> bool:
        plan = change(self.best.plan)
        if self._left <= 0 or plan == self.best.plan:
            return False
        self._left -= 1
        heard: list[Told] = []
        run_all([plan], self._jobs, heard.append)
        if not heard[0].kinds & self._kinds:
            return False
        self.best = heard[0]
        return True


def _quieter(plan: Plan, numbers: frozenset[int]) -> Plan:
    return replace(plan, quiet=plan.quiet | numbers)


def _emptier(plan: Plan, numbers: frozenset[int]) -> Plan:
    return replace(plan, left_out=plan.left_out | numbers)


def story(told: Told) -> list[str]:
    """What is left of it, for whoever must find out why."""
    plan = told.plan
    steps = [step for step in plan.steps() if step.number not in plan.left_out]
    said = [f"seed {plan.seed}, {plan.events} events: {', '.join(sorted(told.kinds))}"]
    said += [
        f"  {kind}: {sentence}" for kind, found in sorted(told.findings.items()) for sentence in found[:5]
    ]
    said += [f"  weather {'on' if plan.weather else 'off'}, moods {'on' if plan.moods else 'off'}"]
    said += [f"  {line}" for line in told.story]
    said += [f"  {len(steps)} steps are left:"] if len(steps) > _FEW else []
    said += [
        f"  step {one.number}: house {one.house}, fan {one.fan} {one.deed} “{one.text}”"
        for one in steps[:_FEW]
    ]
    return [*said, f"  again: {again(plan)}"]


_FEW = 12


def again(plan: Plan) -> str:
    """The command that plays it."""
    said = f"./run -- python -m tests.simulation --seed {plan.seed} --events {plan.events}"
    usual = Plan(plan.seed)
    said += f" --every {plan.every:g}" if plan.every != usual.every else ""
    said += f" --creators {plan.houses}" if plan.houses != usual.houses else ""
    said += f" --fans {plan.fans}" if plan.fans != usual.fans else ""
    said += "" if plan.weather else " --no-weather"
    said += "" if plan.moods else " --no-moods"
    said += f" --quiet {ranges(plan.quiet)}" if plan.quiet else ""
    return said + (f" --leave-out {ranges(plan.left_out)}" if plan.left_out else "")


def ranges(numbers: frozenset[int]) -> str:
    """`1-3,7`."""
    said: list[list[int]] = []
    for one in sorted(numbers):
        if said and said[-1][1] == one - 1:
            said[-1][1] = one
        else:
            said.append([one, one])
    return ",".join(f"{first}-{last}" if first != last else f"{first}" for first, last in said)


def numbers(text: str) -> frozenset[int]:
    """What `ranges` wrote."""
    found: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)
