"""Findings as lines for a terminal or as JSON, and their exit code (pure)."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.features.operations.doctor.findings import DoctorFinding, DoctorVerdict, FindingGroup
from bot.settings.problem_texts import MISSING

SOMETHING_BAD = 1
SOMETHING_TO_LOOK_AT = 3  # nothing is bad, but not all is well, or not all could be found out

SETTINGS = "Settings"  # the only group where they are missing or wrong
_COLOURS = {DoctorVerdict.OK: 32, DoctorVerdict.WARN: 33, DoctorVerdict.BAD: 31, DoctorVerdict.UNKNOWN: 35}
_LEFT = max(len(verdict) for verdict in DoctorVerdict)


def exit_code(groups: Sequence[FindingGroup]) -> int:
    """0 only if every finding is ok."""
    found = _counted(groups)
    if found[DoctorVerdict.BAD]:
        return SOMETHING_BAD
    return 0 if set(found) <= {DoctorVerdict.OK} else SOMETHING_TO_LOOK_AT


def as_json(groups: Sequence[FindingGroup]) -> str:
    """One document on one line."""
    checks = [
        {"group": group.title, "name": one.name, "verdict": one.verdict, "says": one.says, "do": one.do}
        for group in groups
        for one in group.findings
    ]
    said = {"ok": exit_code(groups) == 0, "checks": checks, "next": next_step(groups)}
    return json.dumps(said, ensure_ascii=False)


def as_text(groups: Sequence[FindingGroup], *, colour: bool) -> str:
    """A heading for each group, a line for each finding, and the sum."""
    lines: list[str] = []
    for group in groups:
        width = max((len(one.name) for one in group.findings), default=0)
        lines += [_printable(group.title), *(_line(one, width, colour) for one in group.findings), ""]
    step = next_step(groups)
    return "\n".join([*lines, _sum(_counted(groups)), *([_printable(step)] if step else [])])


def next_step(groups: Sequence[FindingGroup]) -> str | None:
    """The one thing to do first, or that a bridge that does not run can start; None: it runs, and is well."""
    found = [one for group in groups for one in group.findings]
    if groups and groups[0].title == SETTINGS and any(one.says.startswith(MISSING) for one in found):
        return "First: fanvue-bridge setup asks for what is missing, one by one."
    for one in found:
        if one.verdict is DoctorVerdict.BAD:
            return f"First, “{one.name}”: {one.do or one.says}"
    if any((one.name, one.verdict) == ("bridge", DoctorVerdict.UNKNOWN) for one in found):
        return "You can start now: fanvue-bridge run"
    return None


def _line(finding: DoctorFinding, width: int, colour: bool) -> str:  # noqa: FBT001 - it is handed through
    verdict = f"{finding.verdict:<{_LEFT}}"
    if colour:
        verdict = f"\x1b[{_COLOURS[finding.verdict]}m{verdict}\x1b[0m"
    what = f"  {verdict}  {_printable(finding.name):<{width}}  {_printable(finding.says)}"
    return f"{what} → {_printable(finding.do)}" if finding.do else what


def _printable(text: str) -> str:
    """Names come from other people: nothing of them may steer the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _counted(groups: Sequence[FindingGroup]) -> Counter[DoctorVerdict]:
    return Counter(one.verdict for group in groups for one in group.findings)


def _sum(found: Counter[DoctorVerdict]) -> str:
    return (
        f"All is well: {found[DoctorVerdict.OK]} checks."
        if set(found) <= {DoctorVerdict.OK}
        else f"{', '.join(_parts(found))}. Lines with an arrow say what to do."
    )


def _parts(found: Counter[DoctorVerdict]) -> Iterator[str]:
    words = {
        DoctorVerdict.BAD: "bad",
        DoctorVerdict.WARN: "to check",
        DoctorVerdict.UNKNOWN: "not found out",
        DoctorVerdict.OK: "ok",
    }
    for verdict, said in words.items():
        if found[verdict]:
            yield f"{found[verdict]} {said}"
