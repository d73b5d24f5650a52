"""The first setup in a terminal: the questions of the page, one by one."""

import asyncio
import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from bot.features.operations.installation.model import AnswerVerdict, SetupAnswer, SetupField, SetupOverview
from bot.features.operations.installation.service import InstallationService

Ask = Callable[[str], str]

_MARKS = {
    AnswerVerdict.OK: "✓",
    AnswerVerdict.UNSURE: "?",
    AnswerVerdict.FIRST: "!",
    AnswerVerdict.WRONG: "✗",
}
_DIGITS = 3  # of a question's number; int() refuses thousands
_START, _FINISH = {"", "s", "start", "y", "yes"}, {"q", "quit", "n", "no"}


@dataclass(frozen=True)
class SetupTerminal:
    """One person at a terminal. `ask_secret` shows nothing of what is typed."""

    setup: InstallationService
    runner: asyncio.Runner
    ask: Ask
    ask_secret: Ask
    say: Callable[[str], None]
    explained: set[str] = dataclasses.field(default_factory=set)  # whose steps were shown

    def carry_out(self) -> bool:
        """Ask for all of it; whether the bridge is to start. Raises EOFError where no more is typed."""
        self.say("Each answer is tried at once and kept. Ctrl+C stops; setup goes on where you left it.")
        for field in self.setup.overview().fields:
            if field.good:
                self.say(_line(field))
        while True:
            view = self.setup.overview()
            if view.open_questions and view.next_field is not None:
                self._question(view, view.next_field)
            elif (starts := self._end(view)) is not None:
                return starts

    def _question(self, view: SetupOverview, field: SetupField) -> None:
        question, place = field.question, view.fields.index(field) + 1
        self.say(f"\n{question.title} ({place} of {len(view.fields)})")
        if question.name not in self.explained:
            self.explained.add(question.name)
            for step in field.steps:
                self.say(_plain(f"  - {step}"))
        if field.answer is not None and field.is_set:
            self.say(_answered(field.answer))
        hint = " (Enter: check again)" if field.is_set and not question.optional else ""
        hint = " (may stay empty)" if question.optional else hint
        hint += " (hidden)" if question.secret else ""
        ask = self.ask_secret if question.secret else self.ask
        typed = ask(f"{question.title}{hint}: ")
        self.say(_answered(self.runner.run(self.setup.answer(question.name, typed))))

    def _end(self, view: SetupOverview) -> bool | None:
        """All is answered: start, finish, or None to go on."""
        self.say("")
        for place, field in enumerate(view.fields, start=1):
            self.say(f"{place} {_line(field)}")
        if view.invite_url is not None:
            self.say(f"\nInvite the bot, with exactly the permissions that it needs:\n  {view.invite_url}")
        if view.server is not None:
            self.say(_answered(view.server))
        if not view.ready:
            self.say("\nBefore you can start:")
            for one in view.first:
                self.say(_answered(one))
            return self._choice("Enter: check again. A number: change it. q: finish. ", ready=False)
        for later in view.later:
            self.say(_plain(f"  - {later}"))
        if view.running:
            self.say("\nYour bridge runs. Stop it and start it again to use what you changed.")
            return self._choice("A number: change it. q: finish. ", ready=False)
        self.say("\nYou can start now.")
        return self._choice("Enter: start the bridge. A number: change it. q: finish. ", ready=True)

    def _choice(self, prompt: str, *, ready: bool) -> bool | None:
        word = self.ask(prompt).strip().lower()
        view = self.setup.overview()
        number = int(word) if word.isascii() and word.isdigit() and len(word) <= _DIGITS else 0
        if 1 <= number <= len(view.fields):
            self._question(view, view.fields[number - 1])
        elif word in _FINISH:
            return False
        elif word in _START and ready:
            return True
        elif word in _START:
            self.runner.run(self.setup.check_again())
        return None


def _line(field: SetupField) -> str:
    """One field that is answered; of a secret only that it is set."""
    answer = field.answer
    if answer is None:
        return f"○ {field.question.title}"
    return f"{_MARKS[answer.verdict]} {field.question.title}: {field.shown or 'set'}. {answer.says}"


def _answered(answer: SetupAnswer) -> str:
    cure = f"\n    → {answer.do}" if answer.do else ""
    return _plain(f"  {_MARKS[answer.verdict]} {answer.says}{cure}")


def _plain(text: str) -> str:
    """Without the marks of what is to be copied; a name from elsewhere steers no terminal."""
    return "".join(one if one.isprintable() or one == "\n" else " " for one in text.replace("`", ""))
