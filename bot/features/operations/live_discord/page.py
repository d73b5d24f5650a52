"""The report of a live check of Discord: JSON and a page of Markdown (pure)."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from bot.features.operations.live_check.page import every_step, is_news, when
from bot.features.operations.live_check.record import LiveRecord
from bot.features.operations.live_discord.questions import QUESTIONS

_NOTE: Final = "No id, name, text, address or token is in it. Read it before you send it."


def as_json(record: LiveRecord) -> str:
    """The whole check, readable by a program: the steps, and each question."""
    whole: dict[str, Any] = {
        "program": record.version,
        "api": record.contract,
        "begun": when(record.begun),
        "ended": None if record.ended is None else when(record.ended),
        "questions": {
            name: {"asks": one.asks, "stage": one.stage, "answer": _answer(record, name)}
            for name, one in QUESTIONS.items()
        },
        "steps": {name: asdict(step) for name, step in record.steps.items()},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_markdown(record: LiveRecord) -> str:
    """One page: what is true there, what is still open, and each step."""
    which = f"by version {record.version}, on {record.contract} of the API"
    lines = [
        "# What Discord really does",
        "",
        f"Checked {when(record.begun)} {which}. {_NOTE}",
        "",
        "## Questions",
        "",
        "| question | answer | until then |",
        "| --- | --- | --- |",
        *_questions(record),
        "",
        *every_step(record),
    ]
    return "\n".join(lines) + "\n"


def summary(record: LiveRecord) -> str:
    """A few lines for the terminal."""
    answered = {name: said for name in QUESTIONS if (said := _answer(record, name))}
    news = [f"  {name}: {step.says}" for name, step in record.steps.items() if is_news(step)]
    return "\n".join(
        [
            f"Answered: {len(answered)} of {len(QUESTIONS)} questions.",
            *(f"  {QUESTIONS[name].asks} {said}" for name, said in answered.items()),
            *(["Other than expected:", *news] if news else []),
            *(["Not all is answered; the same command asks what is left."] if record.ended is None else []),
        ]
    )


def _questions(record: LiveRecord) -> Iterator[str]:
    for name, one in QUESTIONS.items():
        yield f"| {one.asks} | {_answer(record, name) or 'not answered this time'} | {one.meanwhile} |"


def _answer(record: LiveRecord, question: str) -> str:
    return "; ".join(dict.fromkeys(record.answers().get(question, {}).values()))
