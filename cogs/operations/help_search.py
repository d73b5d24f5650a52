"""Finds tasks and commands by the words that somebody types (pure)."""

import re
from collections.abc import Iterable, Sequence

from bot.discord.command_examples import CommandEntry
from cogs.operations.help_tasks import HelpTask, HelpWords

_MOST = 12  # words that are looked for: what is pasted whole finds by how it begins
_SHORTEST = 3  # letters of a word that counts
_STEM = 4  # of which so many decide
_ENDING = 3  # letters of an ending at most
_TITLE = 3  # a word of the title weighs as much as three others
_FREQUENT = """
the and for with how what when where who can does please want need from into this that have has was our your
you der die das ein eine einen einem und für mit wie was wann wer kann ich will möchte bitte dem den des auf
los las una uno unos unas para por con como cómo que qué cuando cuándo quien quién puedo quiero favor del mis
"""  # words that say nothing
_EMPTY = frozenset(_FREQUENT.split())


def matching_tasks(tasks: Iterable[HelpTask], typed: str) -> list[HelpTask]:
    """Those that fit best, in any language; none where no word fits."""
    wanted = _wanted(typed)
    weighed = [(_weight(task, wanted), number, task) for number, task in enumerate(tasks)]
    return [task for weight, _, task in sorted(weighed, key=lambda one: (-one[0], one[1])) if weight]


def matching_commands(entries: Iterable[CommandEntry], typed: str) -> list[CommandEntry]:
    """Commands whose name or description has all of the words."""
    wanted = _wanted(typed)
    return [entry for entry in entries if wanted and _has_all(entry, wanted)]


def _has_all(entry: CommandEntry, wanted: Sequence[str]) -> bool:
    said = _words(f"{entry.name} {entry.key} {entry.does}")
    return all(_in(word, said) for word in wanted)


def _weight(task: HelpTask, wanted: Sequence[str]) -> int:
    return max(_weight_in(words, wanted) for words in task.said.values())


def _weight_in(words: HelpWords, wanted: Sequence[str]) -> int:
    title, rest = _words(words.title), _words(f"{words.steps} {words.also}")
    return sum(_TITLE if _in(word, title) else int(_in(word, rest)) for word in wanted)


def _in(word: str, among: Sequence[str]) -> bool:
    return any(_alike(word, one) for one in among)


def _alike(one: str, other: str) -> bool:
    """Whether one begins like the other: picture, pictures; planen, plan."""
    short, long = sorted((one, other), key=len)
    near = len(short) >= _STEM and len(long) - len(short) <= _ENDING
    return long.startswith(short) if near else short == long


def _wanted(typed: str) -> list[str]:
    return list(dict.fromkeys(_words(typed)))[:_MOST]


def _words(text: str) -> list[str]:
    found = re.findall(r"\w+", text.casefold())
    return [word for word in found if len(word) >= _SHORTEST and word not in _EMPTY]
