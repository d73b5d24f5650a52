"""The report of a live check: JSON for programs, Markdown for people (pure)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.fanvue.operations import ApiSurface
from bot.features.operations.doctor.findings import DoctorVerdict
from bot.features.operations.live_check.questions import QUESTIONS, READS_ONLY
from bot.features.operations.live_check.record import LiveRecord, LiveStep
from bot.features.operations.live_check.stage_reads import MANAGED
from storage.records import Millis

_OK = 200
_NOTE = (
    "No id, name, text, amount, address or token is in it; a creator is a hash. Read it before you send it."
)


def answers_of(record: LiveRecord) -> Mapping[str, Mapping[str, str]]:
    """Open question → who answered it → the answer; also those that all reads answer together."""
    found = {name: dict(one) for name, one in record.answers().items()}
    reads = _reads(record)
    if reads:
        own = _answering(reads)
        if own:
            found["answering"] = {"1 all reads": own}
        managed = _answering(reads, MANAGED)
        if managed:
            found["managed"] = {"1 all reads": managed}
        told = {name for step in reads.values() for name in step.seen.get("limit_headers", ())}
        found["limits"] = {"1 all reads": ", ".join(sorted(told)) or "no answer has such a header"}
    return found


def as_json(record: LiveRecord) -> str:
    """The whole check, readable by a program: the steps, and each open question."""
    found = answers_of(record)
    whole: dict[str, Any] = {
        "program": record.version,
        "contract": record.contract,
        "begun": when(record.begun),
        "ended": None if record.ended is None else when(record.ended),
        "questions": {
            name: {"asks": one.asks, "stage": one.stage, "answers": found.get(name, {})}
            for name, one in QUESTIONS.items()
        },
        "steps": {name: asdict(step) for name, step in record.steps.items()},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_markdown(record: LiveRecord) -> str:
    """One page: what is true there, what is still open, and each step."""
    lines = [
        "# What Fanvue really does",
        "",
        _heading(record),
        "",
        *_questions(answers_of(record)),
        "",
        *every_step(record),
    ]
    return "\n".join(lines) + "\n"


def every_step(record: LiveRecord) -> Iterator[str]:
    """The last part of a page, also of Discord's."""
    yield from ("## Every step", "", "| step | found | |", "| --- | --- | --- |")
    for name, step in record.steps.items():
        yield f"| {name} | {step.verdict} | {_cell(step)} |"


def _heading(record: LiveRecord) -> str:
    which = f"by version {record.version}, against version {record.contract} of the API"
    return f"Checked {when(record.begun)} {which}. {_NOTE}"


def summary(record: LiveRecord) -> str:
    """A few lines for the terminal."""
    found = answers_of(record)
    answered = [name for name in QUESTIONS if name in found]
    lines = [
        f"  {QUESTIONS[name].asks} {'; '.join(dict.fromkeys(found[name].values()))}" for name in answered
    ]
    news = [f"  {name}: {one.says}" for name, one in record.steps.items() if is_news(one)]
    later = [one for name, one in QUESTIONS.items() if name not in found]
    return "\n".join(
        [
            f"Answered: {len(answered)} of {len(QUESTIONS)} open questions.",
            *lines,
            *(["Other than expected:", *news] if news else []),
            f"Still open: {len(later)}; what needs more than reading is asked with --test-fan @handle.",
        ]
    )


def exit_code(record: LiveRecord) -> int:
    """0: all as expected; 1: something is not; 3: not all could be looked at."""
    verdicts = {step.verdict for step in record.steps.values()}
    if verdicts & {DoctorVerdict.BAD, DoctorVerdict.WARN}:
        return 1
    return 3 if DoctorVerdict.UNKNOWN in verdicts else 0


def _questions(found: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield "## Open questions"
    yield ""
    yield "| question | answer | until then |"
    yield "| --- | --- | --- |"
    for name, one in QUESTIONS.items():
        told = "; ".join(dict.fromkeys(found.get(name, {}).values()))
        missing = "not answered this time" if one.stage <= READS_ONLY else f"stage {one.stage}: --test-fan"
        yield f"| {one.asks} | {told or missing} | {one.meanwhile} |"


def _reads(record: LiveRecord) -> Mapping[str, LiveStep]:
    """The steps that are one read each and got an answer."""
    return {name: step for name, step in record.steps.items() if "limit_headers" in step.seen}


def _answering(reads: Mapping[str, LiveStep], whose: str = "") -> str:
    """How many reads answer as expected on each generation that was asked."""
    parts = []
    for surface in ApiSurface:
        some = [step for name, step in reads.items() if f" {whose}{surface.value} " in f" {name} "]
        good = sum(step.verdict is DoctorVerdict.OK and step.seen["status"] == _OK for step in some)
        if some:
            parts.append(f"{surface.value}: {good} of {len(some)}")
    return ", ".join(parts)


def is_news(step: LiveStep) -> bool:
    """Whether it is other than expected."""
    return step.verdict in {DoctorVerdict.BAD, DoctorVerdict.WARN}


def _cell(step: LiveStep) -> str:
    return (f"{step.says}. {step.do}" if step.do else step.says).replace("|", "/")


def when(at: Millis) -> str:
    """A moment, to the minute."""
    return f"{datetime.fromtimestamp(at // 1000, UTC):%Y-%m-%d %H:%M UTC}"
