"""Settings of which some are not answered yet, so that the others can be tried."""

import base64
from collections.abc import Collection, Mapping
from typing import Final

from bot.features.operations.installation.questions import (
    APPLICATION,
    BY_NAME,
    HOOKS,
    KEYS,
    KEYS_FILE,
    PUBLIC,
    following,
)
from bot.settings.loader import SettingsError, load
from bot.settings.model import Settings
from bot.settings.problem_texts import SettingProblem
from bot.settings.value_rules import KEY_BYTES

# What no question has answered yet is nobody's: `.invalid` is reserved for it.
_NOBODY: Final = "https://setup.invalid"
_NO_KEY: Final = "0:" + base64.b64encode(bytes(KEY_BYTES)).decode()  # nothing is encrypted with a draft
_BLANKS: Final[Mapping[str, str]] = {
    "DISCORD_TOKEN": "none",
    APPLICATION: "1",
    "DISCORD_CLIENT_SECRET": "none",
    "FANVUE_CLIENT_ID": "none",
    "FANVUE_CLIENT_SECRET": "none",
    PUBLIC: _NOBODY,
    **following(PUBLIC, _NOBODY, {}),
    **following(HOOKS, "", {}),
}


def draft(values: Mapping[str, str]) -> Settings:
    """The settings as far as they are known; what is wrong among them counts as not written.

    Raises SettingsError where not even that can be read.
    """
    wrong = {problem.name for problem in problems(values)}
    return load(_whole({name: value for name, value in values.items() if name not in wrong}))


def problems(values: Mapping[str, str]) -> tuple[SettingProblem, ...]:
    """All that is wrong with these values, apart from what is missing."""
    try:
        load(_whole(values))
    except SettingsError as error:
        return error.problems
    return ()


def problem_of(values: Mapping[str, str], names: Collection[str]) -> SettingProblem | None:
    """The first problem with one of these settings."""
    return next((problem for problem in problems(values) if problem.name in names), None)


def _whole(values: Mapping[str, str]) -> Mapping[str, str]:
    """With something in every place, and what follows from what is there."""
    public = values.get(PUBLIC, _NOBODY).rstrip("/")
    whole = {**_BLANKS, **following(PUBLIC, public, values), **values}
    if not values.keys() & {KEYS, KEYS_FILE}:
        whole[KEYS] = _NO_KEY
    return whole if HOOKS in values else {**whole, **following(HOOKS, "", {})}


def is_question(problem: SettingProblem) -> bool:
    """Whether a question of the setup is about this setting."""
    return problem.name in BY_NAME or problem.name in _BLANKS
