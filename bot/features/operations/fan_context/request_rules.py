"""What a program asks for about one fan (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.access.policy import Action
from bot.features.operations.creator_context.request_rules import chosen, number, only_options

MOST: Final = 50  # messages: Fanvue's page
USUAL: Final = 30
_OPTIONS: Final = frozenset({"fields", "limit"})


class FanSection(StrEnum):
    """The parts of a fan's context, in their order."""

    CARD = "card"
    MESSAGES = "messages"


NEEDS: Final[Mapping[FanSection, Action]] = {
    FanSection.CARD: Action.FAN_MORE,
    FanSection.MESSAGES: Action.SHOW_HIDDEN,
}


@dataclass(frozen=True)
class FanContextRequest:
    """What of a fan is wanted. `most`: messages."""

    sections: tuple[FanSection, ...] = tuple(FanSection)
    most: int = USUAL


def understood(asked: Mapping[str, str]) -> FanContextRequest:
    """The request of these words. Raises ContextNotUnderstood."""
    only_options(asked, _OPTIONS)
    sections = chosen("section", FanSection, asked.get("fields")) or tuple(FanSection)
    return FanContextRequest(sections, number(asked.get("limit"), usual=USUAL, most=MOST))
