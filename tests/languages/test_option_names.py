"""A message names an option in the reader's language: with its colon, no space."""

import json
import re

import pytest

from bot.model.command_names import FILE
from tests.languages.extraction import templates

OPTIONS = json.loads(FILE.read_text(encoding="utf-8"))["de"]["options"]
NAMES = "|".join(sorted(OPTIONS, key=len, reverse=True))
QUOTED = re.compile(rf"[`“]({NAMES})[`”]")
COMPOUND = re.compile(rf"(?<![\w{{`/.])({'|'.join(one for one in OPTIONS if '_' in one)})\b(?!:[^\s/:])")
KEYS = ("privacy",)  # folders whose messages name columns of the database


def bare(message: str) -> list[str]:
    """Options that are named without a colon, which stay English."""
    return [one[1] for one in (*QUOTED.finditer(message), *COMPOUND.finditer(message))]


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("Leave as_file out.", ["as_file"]),
        ("Pick one in `creator`.", ["creator"]),
        ("Both under “to” and “except”.", ["to", "except"]),
        ("Write quiet_from: 22:00.", ["quiet_from"]),
        ("Leave `as_file:` out, or `quiet_from:22:00`.", []),
        ("The creator decides.", []),
    ],
)
def test_an_option_without_its_colon_is_found(message: str, found: list[str]) -> None:
    assert bare(message) == found


def test_every_message_names_options_with_their_colon() -> None:
    said = {
        (folder.name, text)
        for folder, template in templates().items()
        if folder.name not in KEYS
        for message in template
        for text in ([message.id] if isinstance(message.id, str) else message.id)
        if text and bare(text)
    }

    assert said == set()
