"""Everything that a page or a terminal shows of the setup (pure)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.discord.invitation import invitation
from bot.features.operations.doctor.findings import DoctorFinding, DoctorVerdict
from bot.features.operations.installation.drafting import is_question
from bot.features.operations.installation.model import (
    AnswerVerdict,
    SetupAnswer,
    SetupField,
    SetupOverview,
    first,
)
from bot.features.operations.installation.questions import (
    APPLICATION,
    BY_NAME,
    HOOKS,
    KEYS,
    LISTEN,
    NEEDS,
    QUESTIONS,
    SUBSCRIBE,
    filled,
)
from bot.settings.model import Settings
from bot.settings.problem_texts import SettingProblem
from bot.settings.value_rules import SNOWFLAKE_DIGITS


@dataclass(frozen=True)
class SetupState:
    """The setup as it stands."""

    values: Mapping[str, str]
    answers: Mapping[str, SetupAnswer]
    typed: Mapping[str, str]  # what was not kept, of no secret
    fixed: frozenset[str]
    server: SetupAnswer | None
    key_made: bool
    env_file: str


def overview(
    state: SetupState,
    settings: Settings,
    problems: Sequence[SettingProblem],
    findings: Iterable[DoctorFinding],
) -> SetupOverview:
    """`problems`: with the file as `run` would read it; `findings`: of the doctor, about this machine."""
    fields = [_field(state, settings, place) for place in range(len(QUESTIONS))]
    before = [*_questions(fields), *_others(problems), *_machine(findings)]
    if state.server is not None and state.server.verdict is AnswerVerdict.FIRST:
        before.append(state.server)
    if not before:  # an address that follows from an answer was changed by hand
        before = [_problem(problem) for problem in problems]
    known = state.values.get(APPLICATION, "")
    return SetupOverview(
        fields=fields,
        invite_url=invitation(settings.discord_authorize_url, int(known)) if _is_id(known) else None,
        server=state.server,
        first=before,
        later=list(_later(state)),
        env_file=state.env_file,
        key_made=state.key_made,
    )


def is_set(name: str, values: Mapping[str, str]) -> bool:
    """Whether there is a value, or the bridge does without one."""
    if name == HOOKS:
        return name in values or values.get(SUBSCRIBE) == "auto"
    return name == LISTEN or name in values


def waits_for(name: str, values: Mapping[str, str]) -> str | None:
    """The title of a question that must be answered before this one."""
    lacking = (needed for needed in NEEDS.get(name, ()) if not is_set(needed, values))
    return next((BY_NAME[needed].title for needed in lacking), None)


def _field(state: SetupState, settings: Settings, place: int) -> SetupField:
    question = QUESTIONS[place]
    name = question.name
    listen = f"{settings.listen.host}:{settings.listen.port}" if name == LISTEN else ""
    shown = state.typed.get(name, state.values.get(name, listen))
    return SetupField(
        question=question,
        steps=filled(question, settings),
        answer=state.answers.get(name),
        shown="" if question.secret else shown,
        is_set=is_set(name, state.values),
        fixed=name in state.fixed,
        waits_for=waits_for(name, state.values),
    )


def _questions(fields: Sequence[SetupField]) -> Iterator[SetupAnswer]:
    for field in fields:
        title, answer = field.question.title, field.answer
        if answer is None:
            yield first(f"{title}: not answered yet.", "")
        elif not answer.good:
            yield first(f"{title}: {answer.says}", answer.do)


def _is_id(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= SNOWFLAKE_DIGITS


def _others(problems: Sequence[SettingProblem]) -> Iterator[SetupAnswer]:
    return (_problem(problem) for problem in problems if not is_question(problem))


def _problem(problem: SettingProblem) -> SetupAnswer:
    return first(f"{problem.name} {problem.reason}.", problem.where)


def _machine(findings: Iterable[DoctorFinding]) -> Iterator[SetupAnswer]:
    for found in findings:
        if found.verdict is DoctorVerdict.BAD:
            yield first(f"{found.name}: {found.says}.", found.do)


def _later(state: SetupState) -> Iterator[str]:
    if state.server is not None and state.server.verdict is AnswerVerdict.UNSURE:
        yield f"{state.server.says} {state.server.do}"
    for name, answer in state.answers.items():
        if name in BY_NAME and answer.verdict is AnswerVerdict.OK and answer.do:
            yield answer.do
    if state.key_made and KEYS in state.values:
        yield "Keep a copy of ENCRYPTION_KEYS away from the database: nobody can read it without this key."
