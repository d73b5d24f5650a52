"""Every message is translated, with its parts, commands and marks."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Message

from bot.model.command_names import FILE
from tests.architecture.source_tree import TOP
from tests.languages.commands import named_commands
from tests.languages.extraction import TRANSLATED, compiled, compiled_file, kept_files, read, templates

_PARTS: Final = re.compile(r"(?<!\{)\{[a-z_0-9]+\}")
_COMMANDS: Final = re.compile(r"(?<![\w/<])/[a-z]+(?: [a-z]+)*(?=[\s.,:;!?)`*”\"]|$)")
_MARKUP: Final = re.compile(r"</[a-z ]+:\S+?>|<[@#:t][^>]*>|https?://\S+")
LANGUAGE: Final = pytest.mark.parametrize("language", TRANSLATED)


def pairs(language: str) -> Iterator[tuple[str, Message, list[str]]]:
    """Each message with the folder it belongs to and what is said for it: one text, or one a plural form."""
    for folder, template in templates().items():
        book = read(folder, language)
        for message in template:
            if message.id:
                found = book.get(message.id)
                said = (found.string if found is not None else "") or ""
                texts = [said] if isinstance(said, str) else [*said]
                yield folder.relative_to(TOP).as_posix(), message, texts


def source_of(message: Message) -> str:
    """The English of a message; of a counted one, the form for several."""
    return message.id if isinstance(message.id, str) else message.id[1]


@LANGUAGE
def test_everything_is_translated(language: str) -> None:
    missing = [(where, message.id) for where, message, said in pairs(language) if not all(said)]

    assert missing == []


@LANGUAGE
def test_a_translation_has_the_parts_of_its_message(language: str) -> None:
    wrong = [
        (where, message.id, text)
        for where, message, said in pairs(language)
        for text in said
        if text and not _same_parts(message, text)
    ]

    assert wrong == []


def _same_parts(message: Message, text: str) -> bool:
    """Of a counted message, the form for one may say its number in words."""
    wanted, found = set(_PARTS.findall(source_of(message))), set(_PARTS.findall(text))
    return wanted == found or (not isinstance(message.id, str) and wanted - {"{n}"} == found - {"{n}"})


@LANGUAGE
def test_commands_and_marks_stay_as_they_are(language: str) -> None:
    wrong = [
        (where, message.id, text)
        for where, message, said in pairs(language)
        for text in said
        if text and sorted(_MARKUP.findall(source_of(message))) != sorted(_MARKUP.findall(text))
    ]

    assert wrong == []


@LANGUAGE
def test_one_message_is_said_in_one_way(language: str) -> None:
    """Catalogues are joined, so two translations of one message would take turns by the order of files."""
    said: dict[object, set[tuple[str, ...]]] = defaultdict(set)
    for _, message, texts in pairs(language):
        said[message.id].add(tuple(texts))

    assert {message: ways for message, ways in said.items() if len(ways) > 1} == {}


def test_the_catalogues_are_those_of_the_source() -> None:
    """`python -m tests.languages --write` brings them up to it."""
    wanted = {(folder, language) for folder in templates() for language in TRANSLATED}

    assert set(kept_files()) == wanted
    assert [_path(*one) for one in sorted(wanted) if _ids(*one) != _wanted(one[0])] == []


@LANGUAGE
def test_the_program_reads_what_is_translated(language: str) -> None:
    """`python -m tests.languages --write` compiles it."""
    assert compiled_file(language).read_bytes() == compiled(language)


async def test_the_program_names_commands_as_discord_is_told_them() -> None:
    """`python -m tests.languages --write` writes it."""
    assert FILE.read_bytes() == await named_commands()


def _path(folder: Path, language: str) -> str:
    return f"{folder.relative_to(TOP)}: {language}"


def _ids(folder: Path, language: str) -> set[object]:
    return {message.id for message in read(folder, language) if message.id}


def _wanted(folder: Path) -> set[object]:
    return {message.id for message in templates()[folder] if message.id}
