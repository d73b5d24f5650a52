"""In every language, what is in a window or on a button has its room."""

import ast
from collections.abc import Iterator
from typing import Final

import pytest

from bot.model.language import speaking, tr
from tests.architecture.source_tree import TOP, modules
from tests.languages.extraction import TRANSLATED, text_of

_KEYWORDS: Final = {"label": 45, "title": 45, "placeholder": 100, "description": 100, "text": 45}
_WINDOWS: Final = {"TextInput", "Label", "Select", "FileUpload", "RadioGroup", "CheckboxGroup", "Checkbox"}
_BUTTON: Final = 80
_PHONE: Final = 38  # letters of a button that a phone of 390 px shows in one row


def placed() -> Iterator[tuple[str, str, int]]:
    """Each message with such a place: where it is written, the message, and its letters at most."""
    for module in modules("bot", "cogs"):
        where = module.relative_to(TOP).as_posix()
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield from ((where, one, _KEYWORDS["title"]) for one in _said(node.keywords, {"title"}))
            elif isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if name in _WINDOWS:
                    for word, most in _KEYWORDS.items():
                        yield from ((where, one, most) for one in _said(node.keywords, {word}))
                elif name == "Button" and len(node.args) > 2:
                    yield from ((where, one, _BUTTON) for one in _messages(node.args[2]))


def _said(keywords: list[ast.keyword], names: set[str]) -> Iterator[str]:
    for one in keywords:
        if one.arg in names:
            yield from _messages(one.value)


def _messages(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"tr", "msgid"}:
        text = text_of(node.args[0])
        if text and "{" not in text:
            yield text


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_fits(language: str) -> None:
    with speaking(language):
        wrong = [(where, tr(text)) for where, text, most in placed() if len(tr(text)) > most]

    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_button_is_one_row_of_a_phone(language: str) -> None:
    with speaking(language):
        long = [
            (where, tr(text)) for where, text, most in placed() if most == _BUTTON and len(tr(text)) > _PHONE
        ]

    assert long == []


def test_enough_is_looked_at() -> None:
    assert len({text for _, text, _ in placed()}) > 150
