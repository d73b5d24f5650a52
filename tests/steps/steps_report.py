"""What a run of steps says: a line for each, and last what the failed ones said."""

import re
from collections.abc import Sequence
from pathlib import Path

from tests.steps.step_runner import StepOutcome

_SHOWN, _LAST = 40, 30  # lines
_TELLING = re.compile(r"FAILED|ERROR|E  ")


def ended(outcome: StepOutcome) -> str:
    """What is printed when a step has ended: of one that passed, the end."""
    lines = _lines(outcome)
    shown = lines[-_SHOWN:] if outcome.passed else lines
    left = [f"… {len(lines) - len(shown)} more lines in {outcome.file}"] if len(shown) < len(lines) else []
    head = f"── {outcome.name}: {_verdict(outcome)} after {outcome.seconds} s{_late(outcome)}"
    return "\n".join([f"\n{head}", *left, *shown])


def summary(outcomes: Sequence[StepOutcome], skipped: Sequence[str], seconds: float, budget: int) -> str:
    """A line for each, then what those said that failed: of a long output often only the end is kept."""
    late = "  !!! OVER BUDGET !!!" if seconds > budget else ""
    said = [f"\n── summary ({seconds:.0f} s of {budget} s{late})"]
    said += [_line(outcome) for outcome in outcomes]
    said += skipped
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        lines = _lines(outcome)
        telling = [line for line in lines if _TELLING.match(line)][:_LAST]
        said += ["", f"── {outcome.name} failed ({outcome.file})", *telling, *lines[-_LAST:]]
    said.append(
        f"{len(failed)} of {len(outcomes)} steps failed" if failed else f"all {len(outcomes)} steps passed"
    )
    return "\n".join(said)


def _line(outcome: StepOutcome) -> str:
    clock = f"{outcome.seconds:4d} s of {outcome.budget:4d} s, {outcome.cpu:4d} s of a core"
    return f"{outcome.name:20} {_verdict(outcome):6} {clock}{_late(outcome)}"


def _verdict(outcome: StepOutcome) -> str:
    return "ok" if outcome.passed else "FAILED"


def _late(outcome: StepOutcome) -> str:
    return "  !!! OVER BUDGET !!!" if outcome.late else ""


def _lines(outcome: StepOutcome) -> list[str]:
    return Path(outcome.file).read_text(encoding="utf-8", errors="replace").splitlines()
