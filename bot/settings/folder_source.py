"""Settings from a folder of files, one for each, as platforms mount secrets.

pydantic-settings has a source for this, too. It warns of a folder that is not there where a start must end,
stops at the first file that cannot be read without saying which, and takes one that everybody may read.
"""

import os
import stat
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings.problem_texts import MISSING, SettingProblem
from bot.settings.value_rules import guarded_text

PLACE = "SECRETS_DIR"
_SHOWN = 5  # names: enough to find the misspelt one
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class SettingsFolder:
    """The folder's contents. No text in it is a file's content, except in `values`."""

    values: dict[str, str] = field(default_factory=dict)
    problems: dict[str, SettingProblem] = field(default_factory=dict)
    others: tuple[str, ...] = ()  # files that are named like no setting

    def completed(self, problems: dict[str, SettingProblem]) -> dict[str, SettingProblem]:
        """With what this folder has to do with settings that are missing."""
        missing = [name for name, problem in problems.items() if problem.reason == MISSING]
        for name in missing:
            if self.values.get(name.lower()) == "":
                problems[name] = SettingProblem(name, f"{MISSING}: its file in {PLACE} is empty")
        if missing and self.others:
            names = ", ".join(self.others[:_SHOWN])
            reason = f"has files that are named like no setting: {names} (names are in lower case)"
            problems.setdefault(PLACE, SettingProblem(PLACE, reason))
        return problems


def read_folder(folder: Path, lists: Mapping[str, bool], without: Collection[str]) -> SettingsFolder:
    """Read the settings that are files there; `lists`: each setting, and if it may have several lines.

    `without`: settings decided elsewhere; such files are not even opened.
    """
    found = SettingsFolder()
    try:
        names = sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))
    except OSError as error:
        return SettingsFolder(problems={PLACE: SettingProblem(PLACE, _unusable(error))})
    for name in names:
        if name not in lists or name in without:
            continue
        try:
            found.values[name] = _value(folder / name, may_be_several=lists[name])
        except ValueError as error:
            found.problems[name.upper()] = SettingProblem(name.upper(), f"in {PLACE} {error}")
    others = (name[:_LONGEST] for name in names if name not in lists and name.isprintable())
    return SettingsFolder(found.values, found.problems, tuple(others))


def _unusable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "leads to a folder that is not there"
    if isinstance(error, NotADirectoryError):
        return "leads to a file and is no folder"
    return f"cannot be read by this user (uid {os.getuid()})"


def _value(file: Path, *, may_be_several: bool) -> str:
    """The value in one file. Raises ValueError with the problem, without any of it."""
    with suppress(OSError):  # which is told when it is read
        if not stat.S_ISREG(file.stat().st_mode):  # Docker makes a folder of a file that is not there
            raise ValueError("is no file")
    lines = [line.strip() for line in guarded_text(file, "utf-8").splitlines() if line.strip()]
    if len(lines) > 1 and not may_be_several:
        raise ValueError("has more than one line")
    return " ".join(lines)
