"""A list to choose from: the options shown, and the values they carry."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChoiceOption:
    """One thing that can be chosen; the texts are plain, at most 100 characters each."""

    value: str
    label: str
    more: str | None = None
    chosen: bool = False  # already, before anybody chooses


@dataclass(frozen=True)
class Choice:
    """A list of up to 25 options; `action` and `ref` as in a button."""

    action: str
    ref: str
    placeholder: str
    options: tuple[ChoiceOption, ...]
    most: int = 1  # how many may be chosen at once
    least: int = 1
    below: int = 0  # rows of buttons that stand above it


Choices = Choice | tuple[Choice, ...] | None  # one list, several, none


def lists_of(choices: Choices) -> tuple[Choice, ...]:
    return () if choices is None else choices if isinstance(choices, tuple) else (choices,)
