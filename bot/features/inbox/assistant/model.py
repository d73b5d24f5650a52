"""The help of an assistant, and the errors of asking for it (pure).

AssistantUnavailable     it has no answer now; str() is a sentence for people
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class AssistantUse(StrEnum):
    """What an owner allows it to do."""

    TRANSLATE = "translate"
    DRAFT = "draft"


class AssistantUnavailable(Exception):
    """Raised where nobody can be helped now. Nothing was changed, and nothing was sent to a fan."""


@dataclass(frozen=True)
class ChatTurn:
    """One message of a chat, without names: the fan's, or the creator's side's."""

    by_fan: bool
    text: str


class Translator(Protocol):
    """Translates texts of other people. Raises AssistantUnavailable."""

    async def translate(self, text: str, language: str) -> str:
        """The text in this language, which has its English name: "German"."""

    async def translate_like(self, text: str, sample: str) -> str:
        """The text in the language of the sample."""


class Drafter(Protocol):
    """Drafts replies for a person to read. Raises AssistantUnavailable."""

    async def draft(self, chat: Sequence[ChatTurn]) -> str:
        """An answer to the newest of these messages, which are the oldest first."""
