"""Reads the settings, and names all that is missing or wrong at once.

They come from the environment, from a folder of files and from a `.env` file; the first that has one wins.

SettingsError    something is missing or wrong; it names every such setting at once
"""

import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_origin

from pydantic import ValidationError
from pydantic_settings import DotEnvSettingsSource

from bot.settings.conflict_rules import conflicts, unverified
from bot.settings.folder_source import SettingsFolder, read_folder
from bot.settings.model import Settings
from bot.settings.problem_texts import MISSING, SettingProblem, missing, misspelt, reason
from bot.settings.value_rules import SocketAddress, address, closed_to_others, key_lines, words

_HOOK_SECRETS, _MODEL = "FANVUE_WEBHOOK_SECRETS", "ASSISTANT_MODEL"


class SettingsError(Exception):
    """Names every setting that is missing or wrong; its text contains no value that may be a secret."""

    def __init__(self, problems: tuple[SettingProblem, ...]) -> None:
        self.problems = problems
        lines = (f"  {p.name} {p.reason}" + (f" ({p.where})" if p.where else "") for p in problems)
        super().__init__("These settings are missing or wrong:\n" + "\n".join(lines))


@dataclass(frozen=True, slots=True)
class WrittenSettings:
    """What is written down, right or wrong, by the names of the settings."""

    values: Mapping[str, str] = field(repr=False)
    fixed: frozenset[str]  # stand in the environment or a folder of files, which win over the `.env` file


def load(environ: Mapping[str, str], env_file: Path | None = None) -> Settings:
    """The settings, or a SettingsError that names every missing or wrong one at once."""
    values, folder, in_file = _gather(environ, env_file)
    problems = dict(folder.problems)
    _keys_from_file(values, problems)
    settings = None
    try:
        settings = Settings(**values)  # type: ignore[arg-type]  # strings; pydantic makes the types
    except ValidationError as error:
        for wrong in error.errors(include_input=False, include_url=False):
            field = str(wrong["loc"][0])
            said = reason(wrong, Settings.model_fields[field], values.get(field, ""))
            problems.setdefault(field.upper(), SettingProblem(field.upper(), said))
    private = _private(values)
    found = [*conflicts(_urls(values), private), *unverified(values.get("database_url", ""), private)]
    for problem in found:
        problems.setdefault(problem.name, problem)
    if values.get("fanvue_subscribe") != "auto" and "fanvue_webhook_secrets" not in values:
        problems.setdefault(_HOOK_SECRETS, SettingProblem(_HOOK_SECRETS, MISSING))
    if "assistant_url" in values and "assistant_model" not in values:
        problems.setdefault(_MODEL, SettingProblem(_MODEL, MISSING))
    order = settings_named()
    problems |= {problem.name: problem for problem in misspelt(in_file, order)}
    if settings is None or problems:
        problems = folder.completed(problems)
        named = sorted(problems.values(), key=lambda p: order.index(p.name) if p.name in order else -1)
        raise SettingsError(
            tuple(SettingProblem(p.name, _said(p, environ, order), _where(p.name)) for p in named)
        )
    return settings


def written(environ: Mapping[str, str], env_file: Path) -> WrittenSettings:
    """Whatever is written. Raises SettingsError where the file cannot be read, or others may read it."""
    values, folder, _ = _gather(environ, env_file)
    above = _written({name: environ.get(name.upper()) for name in Settings.model_fields})
    fixed = frozenset(name.upper() for name in (*above, *folder.values))
    return WrittenSettings({name.upper(): value for name, value in values.items()}, fixed)


def check_databases(
    urls: Mapping[str, str], environ: Mapping[str, str], env_file: Path | None = None
) -> None:
    """The rule of DATABASE_URL for addresses by other names. Raises SettingsError."""
    private = _private(_gather(environ, env_file)[0])
    problems = [problem for name, url in urls.items() for problem in unverified(url, private, name)]
    if problems:
        raise SettingsError(tuple(problems))


def _said(problem: SettingProblem, environ: Mapping[str, str], settings: Collection[str]) -> str:
    """The environment has other programs' names too, so a near one is only mentioned where one is missing."""
    return missing(problem.name, environ, settings) if problem.reason == MISSING else problem.reason


def settings_named() -> list[str]:
    """Every setting as it is written, in the order in which they are shown."""
    return [name.upper() for name in Settings.model_fields]


def _gather(
    environ: Mapping[str, str], env_file: Path | None
) -> tuple[dict[str, str], SettingsFolder, Collection[str]]:
    """The written values, by field; the folder of files for them; every name in the file of settings."""
    _closed(env_file)
    try:
        source = DotEnvSettingsSource(Settings, env_file=env_file) if env_file else None
        from_file = source() if source else {}
    except (OSError, UnicodeError) as error:
        raise SettingsError((SettingProblem(str(env_file), "cannot be read as UTF-8 text"),)) from error
    named = [name.upper() for name in source.env_vars] if source else []
    fields = Settings.model_fields
    low = _written(from_file)
    high = _written({name: environ.get(name.upper()) for name in fields})
    place = (low | high).get("secrets_dir")
    if not place:
        return low | high, SettingsFolder(), named
    lists = {n: get_origin(field.annotation) is tuple for n, field in fields.items() if n != "secrets_dir"}
    folder = read_folder(Path(place), lists, high)
    return low | _written(folder.values) | high, folder, named


def _closed(env_file: Path | None) -> None:
    """Raises SettingsError where others of this machine may read the file: there are secrets in it."""
    try:
        about = env_file.stat() if env_file else None
        if env_file is None or about is None or not stat.S_ISREG(about.st_mode):
            return
        read_only = bool(os.statvfs(env_file).f_flag & os.ST_RDONLY)
    except OSError:
        return  # it is not there, or cannot be read: that is said by whoever reads it
    if not closed_to_others(about.st_mode, read_only=read_only):
        why = f"is open to other users of this machine: chmod 600 {env_file}"
        raise SettingsError((SettingProblem(str(env_file), why),))


def _written(source: Mapping[str, object]) -> dict[str, str]:
    """A blank counts as not written, except where empty is a choice."""
    return {
        name: str(value).strip()
        for name, value in source.items()
        if name in Settings.model_fields
        and isinstance(value, str)
        and (value.strip() or name == "fanvue_api_prefix")
    }


def _keys_from_file(values: dict[str, str], problems: dict[str, SettingProblem]) -> None:
    name = "ENCRYPTION_KEYS_FILE"
    if "encryption_keys" in values and "encryption_keys_file" in values:
        problems[name] = SettingProblem(name, "and ENCRYPTION_KEYS are both set; keep one of them")
    elif "encryption_keys_file" in values:
        try:
            values["encryption_keys"] = ",".join(key_lines(Path(values["encryption_keys_file"])))
        except ValueError as error:
            problems[name] = SettingProblem(name, str(error))
            return
    if not values.get("encryption_keys"):
        problems.setdefault("ENCRYPTION_KEYS", SettingProblem("ENCRYPTION_KEYS", MISSING))


def _urls(values: Mapping[str, str]) -> dict[str, str]:
    fields = Settings.model_fields
    ends = ("_url", "_uri", "_endpoint")
    names = (name for name in fields if name.endswith(ends) and name != "database_url")
    return {name.upper(): str(values.get(name) or fields[name].default) for name in names}


def _private(values: Mapping[str, str]) -> tuple[SocketAddress, ...]:
    """The hosts that may go without TLS; a malformed list allows nothing and is reported by its own name."""
    try:
        return tuple(address(part) for part in words(values.get("allowed_private_hosts", "")))
    except ValueError:
        return ()


def _where(name: str) -> str:
    field = Settings.model_fields.get(name.lower())
    return (field.description or "") if field else ""
