"""What the first setup asks, and what comes of an answer (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class AnswerVerdict(StrEnum):
    OK = "ok"
    UNSURE = "unsure"  # kept; whether it works could not be found out
    FIRST = "first"  # kept; something else is to be done before a start
    WRONG = "wrong"  # not kept, or no longer right


@dataclass(frozen=True)
class SetupAnswer:
    """What stands beside a field: one sentence, and the cure. No secret is ever in it."""

    verdict: AnswerVerdict
    says: str
    do: str = ""
    running: bool = False  # a bridge with these settings runs already

    @property
    def good(self) -> bool:
        """Whether the bridge can start with it."""
        return self.verdict in {AnswerVerdict.OK, AnswerVerdict.UNSURE}


@dataclass(frozen=True)
class SetupTrial:
    """An answer, and the settings that follow from what was found out."""

    answer: SetupAnswer
    follows: Mapping[str, str] = field(default_factory=dict, repr=False)
    unreached: bool = False  # the other side could not be asked: what was right before may still be


@dataclass(frozen=True)
class SetupQuestion:
    """One setting that a person knows. `steps`: where it is found; names in braces are filled in."""

    name: str
    title: str
    steps: Sequence[str]
    secret: bool = False
    optional: bool = False
    example: str = ""


@dataclass(frozen=True)
class SetupField:
    """One question as it stands now."""

    question: SetupQuestion
    steps: Sequence[str]
    answer: SetupAnswer | None  # None: nothing was tried yet
    shown: str  # the value, or what was typed instead of it; of a secret always empty
    is_set: bool
    fixed: bool  # it stands in the environment, so it is not changed here
    waits_for: str | None = None  # the title of a question that comes first

    @property
    def good(self) -> bool:
        """Whether nothing is left to be done about it."""
        return self.answer is not None and self.answer.good

    @property
    def needs_answer(self) -> bool:
        """Whether a right value is still missing, and can be given here."""
        wrong_yet = self.answer is None or self.answer.verdict is AnswerVerdict.WRONG
        return wrong_yet and not self.fixed


@dataclass(frozen=True)
class SetupOverview:
    """All of it, for a page or a terminal."""

    fields: Sequence[SetupField]
    invite_url: str | None  # None as long as the bot is not known
    server: SetupAnswer | None
    first: Sequence[SetupAnswer]  # to be done before a start
    later: Sequence[str]  # good to do, in no hurry
    env_file: str
    key_made: bool  # the encryption key is new: a copy of it belongs elsewhere

    @property
    def ready(self) -> bool:
        return not self.first

    @property
    def running(self) -> bool:
        """Whether the bridge runs already, so that it is not started but started again."""
        return any(one.answer is not None and one.answer.running for one in self.fields)

    @property
    def open_questions(self) -> int:
        """How many fields need an answer."""
        return sum(1 for one in self.fields if one.needs_answer)

    @property
    def next_field(self) -> SetupField | None:
        """The first that needs an answer; then the first beside which something is to be done."""
        needed = (one for one in self.fields if one.needs_answer)
        return next(needed, next((one for one in self.fields if not one.good), None))

    @property
    def answered(self) -> int:
        """How many are."""
        return sum(1 for one in self.fields if one.good)


def ok(says: str, do: str = "") -> SetupAnswer:
    return SetupAnswer(AnswerVerdict.OK, says, do)


def unsure(says: str, do: str) -> SetupAnswer:
    """Kept, and possibly right."""
    return SetupAnswer(AnswerVerdict.UNSURE, says, do)


def first(says: str, do: str) -> SetupAnswer:
    """Kept; something else comes first."""
    return SetupAnswer(AnswerVerdict.FIRST, says, do)


def wrong(says: str, do: str) -> SetupAnswer:
    """Not kept."""
    return SetupAnswer(AnswerVerdict.WRONG, says, do)


def unreached(says: str, do: str) -> SetupTrial:
    """Nobody could be asked: a new value is not kept."""
    return SetupTrial(wrong(f"{says.rstrip('.')}.", do), unreached=True)
