"""Nobody is ever asked for a secret: by no document, no word of the bot, no page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands, ui

from bot.discord.cog_loading import cog_names, load_cogs, set_up
from bot.web import pages
from tests.discord.desk import Desk
from tests.discord.discord_test_server import SupervisorReports, make_bot

TOP = Path(__file__).resolve().parents[4]
# What only the operator reads: the settings' descriptions, the command line, the doctor in the terminal.
OPERATORS = ("cli", "config", "doctor", "keeping", "keys", "metrics", "sandbox")
SECRET = re.compile(
    r"\b(client secrets?|secrets?|passwords?|passcodes?|tokens?|api keys?|credentials?|2fa|"
    r"recovery codes?)\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\b(send|give|tell|share|paste|post|dm|type in|type your|submit|provide|hand|forward|e-?mail|upload|"
    r"reveal|need your|enter your|what is your)\b",
    re.IGNORECASE,
)
DENIES = re.compile(r"\b(never|not|nobody|no|nor|none|without|cannot)\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?:;|])\s+|\n\s*\n|\n\s*(?:[-*|#]|\d+\.)\s")


def asking(text: str) -> list[str]:
    """The sentences that ask somebody for a secret."""
    sentences = (" ".join(part.split()) for part in SENTENCE.split(text))
    return [one for one in sentences if SECRET.search(one) and ASKS.search(one) and not DENIES.search(one)]


@pytest.mark.parametrize(
    "planted",
    [
        "To connect, send your Fanvue password to the bot.",
        "Paste your client secret here:",
        "We need your API key for that.",
        "First share the token with the team; then go on.",
    ],
)
def test_a_sentence_that_asks_is_recognised(planted: str) -> None:
    assert asking(f"Hello. {planted} Thank you.") != []


def test_a_sentence_that_says_never_to_is_none() -> None:
    assert asking("Never send your password to anybody. Your passwords stay with Discord.") == []


def test_no_document_asks_anybody_for_a_secret() -> None:
    documents = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")]
    found = {
        path.relative_to(TOP).as_posix(): asked
        for path in documents
        if (asked := asking(path.read_text(encoding="utf-8")))
    }

    assert len(documents) > 15
    assert found == {}


def test_no_word_of_the_bot_or_of_a_page_asks_for_one() -> None:
    words = list(_words())
    found = [(place, asked) for place, text in words if (asked := asking(text))]

    assert len(words) > 1000
    assert found == []


def _words() -> Iterator[tuple[str, str]]:
    """Every text in the program that people on Discord or on a page could read; docstrings are not."""
    for path in sorted([*(TOP / "cogs").rglob("*.py"), *(TOP / "bot").rglob("*.py")]):
        place = path.relative_to(TOP)
        if place.parts[0] == "bot" and place.parts[1].removesuffix(".py").startswith(OPERATORS):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                yield place.as_posix(), node.value


async def test_no_command_and_no_window_has_a_field_for_one() -> None:
    bot = make_bot(Desk(), SupervisorReports())
    async with bot:
        if not bot.cogs:
            await set_up(bot, load_cogs(cog_names()))
        fields = [
            f"{command.qualified_name}: {parameter.display_name}: {parameter.description}"
            for command in bot.tree.walk_commands()
            if isinstance(command, app_commands.Command)
            for parameter in command.parameters
        ]
    windows = [f"{window.__name__}: {said}" for window in _windows(ui.Modal) for said in _labels(window)]

    assert len(fields) > 10
    assert windows != []
    assert [field for field in [*fields, *windows] if SECRET.search(field)] == []


def _windows(kind: type[Any]) -> Iterator[type[Any]]:
    for made in kind.__subclasses__():
        if made.__module__.startswith(("bot.", "cogs.")):
            yield made
        yield from _windows(made)


def _labels(window: type[Any]) -> Iterator[str]:
    for item in vars(window).values():
        if isinstance(item, ui.Label):
            yield f"{item.text} {item.description or ''}"
        elif isinstance(item, ui.TextInput):
            yield f"{item.label} {item.placeholder or ''}"


def test_the_pages_have_no_field_that_a_person_fills_in() -> None:
    start = pages.start(pages.StartPage("olivia", "Studio", ("read:chat",), "/link/x/start", "c"))
    between = pages.hand_over(pages.HandOverPage("olivia", "Studio", ("read:chat",), "a", "c"))
    kinds = re.findall(r"<(?:input|textarea|select)[^>]*", start + between)

    assert [kind for kind in kinds if 'type="hidden"' not in kind] == []
    assert "Your passwords stay with Discord and Fanvue" in start


def test_the_operators_own_secrets_are_settings_and_the_documents_say_who_registers_the_app() -> None:
    example = (TOP / ".env.example").read_text(encoding="utf-8")
    policies = " ".join((TOP / "docs" / "linking.md").read_text(encoding="utf-8").split())

    assert "FANVUE_CLIENT_SECRET=" in example
    assert "The operator registers the Fanvue app" in policies
    assert "January 2026" in policies
