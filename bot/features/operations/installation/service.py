"""The first setup: asks, tries each answer at once, keeps it."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.features.operations.installation import form_rules
from bot.features.operations.installation.address_trials import is_free
from bot.features.operations.installation.answer_trials import TrialContext, trial_of
from bot.features.operations.installation.discord_trials import DiscordTrials
from bot.features.operations.installation.drafting import draft, is_question, problem_of, problems
from bot.features.operations.installation.env_store import EnvStore
from bot.features.operations.installation.model import (
    AnswerVerdict,
    SetupAnswer,
    SetupOverview,
    SetupQuestion,
    SetupTrial,
    first,
    unsure,
    wrong,
)
from bot.features.operations.installation.overview import SetupState, is_set, overview, waits_for
from bot.features.operations.installation.questions import (
    ADMIN,
    AGAIN,
    APPLICATION,
    BY_NAME,
    FANVUE_SECRET,
    HOOKS,
    KEYS,
    KEYS_FILE,
    LISTEN,
    PUBLIC,
    SUBSCRIBE,
    TOKEN,
    following,
)
from bot.features.operations.installation.start_checks import machine_findings, start_problems, was_started
from bot.features.operations.keys.key_file import new_line
from bot.features.people.accounts import browser_secrets
from bot.model.ports import Clock
from bot.settings.model import Settings
from bot.settings.value_rules import SocketAddress

_PORTS = 10  # are looked at
_EARLY = (LISTEN, TOKEN)  # others are tried with what these find out


class InstallationService:
    """One `.env` file on its way to a bridge that can start."""

    def __init__(self, store: EnvStore, *, clock: Clock, random: browser_secrets.Random) -> None:
        self._store, self._clock, self._random = store, clock, random
        self._values: dict[str, str] = {}
        self._fixed: frozenset[str] = frozenset()
        self._waiting: dict[str, str] = {}  # goes into the file with the first answer that is kept
        self._answers: dict[str, SetupAnswer] = {}
        self._typed: dict[str, str] = {}
        self._unread: dict[str, SetupAnswer] = {}  # stand in the file, and no start would take them
        self._server: SetupAnswer | None = None
        self._was_whole = self._key_made = self._has_database = False
        self._turn = asyncio.Lock()

    async def begin(self) -> None:
        """Read what is there, and try it. Raises SettingsError where the file cannot be read."""
        async with self._turn:
            found = self._store.read()
            self._values, self._fixed = dict(found.values), found.fixed
            self._was_whole = all(is_set(name, self._values) for name in BY_NAME)
            self._set_aside()
            self._has_database = await asyncio.to_thread(was_started, self._draft())
            self._waiting = self._made() | await self._own_port()
            if self._values.keys() - self._fixed and self._waiting:
                self._keep({})  # where it cannot be written, the next answer says so
            await self._try_all()

    async def answer(self, name: str, typed: str) -> SetupAnswer:
        """Try one value and keep it if it is right. An empty one asks for what is kept already."""
        question = BY_NAME[name]
        async with self._turn:
            value = form_rules.tidied(name, typed)
            if not value and name in self._values and not question.optional:
                await self._try([name, *AGAIN.get(name, ())])
                return self._answers[name]
            found = await self._answered(question, value)
            if found.verdict is AnswerVerdict.WRONG and name in self._values:
                found = replace(found, do=f"{found.do} What was kept before stays until then.")
            self._answers[name] = found
            self._typed.pop(name, None)
            if found.verdict is AnswerVerdict.WRONG and not question.secret:
                self._typed[name] = value
            return found

    async def check_again(self) -> None:
        """Try all that is kept once more."""
        async with self._turn:
            await self._try_all()

    def overview(self) -> SetupOverview:
        """Everything to be shown."""
        settings = self._draft()
        state = SetupState(
            values={**self._waiting, **self._values},
            answers=self._answers,
            typed=self._typed,
            fixed=self._fixed,
            server=self._server,
            key_made=self._key_made,
            env_file=str(self._store.file),
        )
        return overview(
            state, settings, start_problems(self._store, self._waiting), machine_findings(settings)
        )

    # ── one answer

    async def _answered(self, question: SetupQuestion, value: str) -> SetupAnswer:
        name = question.name
        if name in self._fixed:
            return wrong("This stands in the environment, which wins over the file.", "Change it there.")
        if not value and not question.optional:
            return wrong("The field is empty.", "Paste the value and try again.")
        misplaced = form_rules.misplaced(name, value, self._values)
        if misplaced is not None:
            return misplaced
        before = waits_for(name, self._values)
        if before is not None:
            return wrong(f"“{before}” comes first: this is tried with it.", f"Answer “{before}”.")
        changes = self._free({name: value, **following(name, value, self._values)})
        whole = {**self._waiting, **self._values, **changes}
        found = problem_of({key: text for key, text in whole.items() if text}, changes)
        if found is not None:
            return form_rules.unreadable(name, found.reason)
        trial = await trial_of(name, self._context({**self._values, **changes}))
        if trial.answer.verdict is AnswerVerdict.WRONG:
            return trial.answer
        failed = self._keep({**changes, **self._free(trial.follows)})
        if failed is not None:
            return failed
        await self._try(AGAIN.get(name, ()))
        if name == TOKEN:
            await self._see_server()
        return trial.answer

    def _keep(self, changes: dict[str, str]) -> SetupAnswer | None:
        """Into the file, and from then on known; why it could not be done."""
        changes = {**self._waiting, **changes}
        failed = self._store.keep(changes)
        if failed is None:
            self._values |= changes
            self._unread = {name: why for name, why in self._unread.items() if name not in changes}
            self._values = {name: text for name, text in self._values.items() if text}
            self._key_made |= KEYS in self._waiting
            self._waiting = {}
        return failed

    def _free(self, changes: Mapping[str, str]) -> dict[str, str]:
        """Without what the environment decides."""
        return {name: value for name, value in changes.items() if name not in self._fixed}

    def _made(self) -> dict[str, str]:
        """What nobody has to know or to type."""
        made = {}
        if not self._values.keys() & {KEYS, KEYS_FILE} and not self._has_database:
            made[KEYS] = new_line(self._random)
        if not self._values.keys() & {HOOKS, SUBSCRIBE}:
            made[SUBSCRIBE] = "auto"
        if PUBLIC in self._values:
            public = self._values[PUBLIC].rstrip("/")
            made |= following(PUBLIC, public, self._values)
        return {name: value for name, value in made.items() if name not in self._values}

    def _set_aside(self) -> None:
        """What no start would take counts as not written, and is asked for."""
        for problem in problems(self._values):
            name = problem.name
            if name not in self._values or name in self._fixed or not is_question(problem):
                continue
            value = self._values.pop(name)
            if name in BY_NAME:
                self._unread[name] = form_rules.unreadable(name, problem.reason)
                self._typed |= {} if BY_NAME[name].secret else {name: value}
        self._answers |= self._unread

    async def _own_port(self) -> dict[str, str]:
        """Another port for health and metrics where a program has the usual one."""
        if ADMIN in self._values or self._was_whole:
            return {}
        usual = self._draft().admin_listen
        for port in range(usual.port, usual.port + _PORTS):
            if await is_free(SocketAddress(usual.host, port)):
                return {} if port == usual.port else {ADMIN: f"{usual.host}:{port}"}
        return {}

    # ── trying

    async def _try_all(self) -> None:
        names = [name for name in BY_NAME if is_set(name, {**self._waiting, **self._values})]
        await self._try([name for name in names if name in _EARLY])
        await asyncio.gather(self._try([name for name in names if name not in _EARLY]), self._see_server())

    async def _try(self, names: Iterable[str]) -> None:
        """Try what is kept; where nobody could be asked, what was right may still be."""
        known = {**self._waiting, **self._values}
        kept = [name for name in names if is_set(name, known) and name not in self._unread]
        trials = await asyncio.gather(*(self._tried(name) for name in kept))
        for name, trial in zip(kept, trials, strict=True):
            answer = trial.answer
            self._answers[name] = unsure(answer.says, answer.do) if trial.unreached else answer
            self._typed.pop(name, None)
            follows = {k: v for k, v in self._free(trial.follows).items() if self._values.get(k) != v}
            if answer.verdict is not AnswerVerdict.WRONG and follows:
                self._keep(follows)

    async def _tried(self, name: str) -> SetupTrial:
        before = waits_for(name, self._values)
        if before is not None:
            return SetupTrial(first(f"Kept, and not tried: “{before}” comes first.", f"Answer “{before}”."))
        return await trial_of(name, self._context(self._values))

    async def _see_server(self) -> None:
        if APPLICATION in self._values:
            trials = DiscordTrials(self._draft(), self._clock, self._random)
            self._server = await trials.server()

    def _context(self, values: Mapping[str, str]) -> TrialContext:
        return TrialContext(
            settings=draft({**self._waiting, **values}),
            clock=self._clock,
            random=self._random,
            bound_to=self._values.get(APPLICATION) if self._is_bound() else None,
            with_secret=FANVUE_SECRET in values,
            ours=self._was_whole,
        )

    # ── what is there

    def _draft(self) -> Settings:
        return draft({**self._waiting, **self._values})

    def _is_bound(self) -> bool:
        """Whether another application would leave its servers behind, or would not be used."""
        return APPLICATION in self._fixed or self._has_database
