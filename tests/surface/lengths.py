"""Measure: how long the longest answer on Discord is, before its details."""

from collections.abc import Mapping
from typing import Final

from tests.surface.sentences import WrittenSentence, written_sentences

LONGEST: Final = 160  # a phone shows it without scrolling

# Read elsewhere than in an answer on Discord: pages, the terminal, settings, and the parts of an export.
_ELSEWHERE: Final = (
    "bot/app/",
    "bot/cli/",
    "bot/engine/instance_lock.py",
    "bot/features/operations/doctor/",
    "bot/features/operations/keys/",
    "bot/features/operations/live_discord/stage_people.py",
    "bot/features/people/accounts/link_causes.py",
    "bot/features/people/privacy/export_texts.py",
    "bot/settings/",
    "bot/web/",
)


def answers() -> list[WrittenSentence]:
    """What is read on Discord, the longest first."""
    found = (sentence for sentence in written_sentences() if not sentence.path.startswith(_ELSEWHERE))
    return sorted(found, key=length, reverse=True)


def length(sentence: WrittenSentence) -> int:
    """Of its longest line: each line of a list is one answer; what is filled in counts one character."""
    return max(map(len, sentence.text.split("\n")))


async def measure() -> Mapping[str, int]:
    """The longest of all, in characters."""
    return {"longest_answer": length(answers()[0])}
