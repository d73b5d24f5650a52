"""Texts for snoozing several fans together (pure)."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.model.choices import Choice, ChoiceOption
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.moments import stamp, waited
from storage.records import DraftId, Millis

FANS, UNTIL, BACK = "inbox.fans", "inbox.until", "inbox.page"
OVER = msgid("This list is no longer in use. Open /inbox waiting again.")
_NOBODY = msgid("You can't snooze anyone on this page: open a fan's thread and use /fan snooze there.")
_WHOM = msgid("Who do you want to snooze? They come back at that time, or when they write.")
_BACK_AGAIN = msgid("Fans who write come back right away; /fan reopen in their thread brings them back too.")


class BulkSnoozeOutcome(Protocol):
    """One fan's outcome."""

    @property
    def said(self) -> str:
        """In words."""

    @property
    def until(self) -> Millis | None:
        """Until when; None where nothing was done."""


def nobody(page: str) -> Post:
    """There is nothing to choose from."""
    return Post(body=(tr(_NOBODY),), buttons=(_back(page),))


def whom(page: str) -> Post:
    """The question above the fans of a page."""
    return Post(body=(tr(_WHOM),), buttons=(_back(page),))


def fans(ref: DraftId, found: Sequence[tuple[str, str, Millis]]) -> Choice:
    """Fans to choose from: the value for each, their name, and how long they wait."""
    options = tuple(ChoiceOption(value, name, waited(span)) for value, name, span in found)
    return Choice(FANS, ref, tr("Choose one or several"), options, most=len(options))


def until(page: str, names: Sequence[str]) -> Post:
    """The question above the times."""
    return Post(body=(tr("Until when?\n{fans}", fans=_listed(names)),), buttons=(_back(page),))


def times(ref: DraftId, offered: Mapping[str, str]) -> Choice:
    """Times to choose from: the value, and its words."""
    options = tuple(ChoiceOption(value, words) for value, words in offered.items())
    return Choice(UNTIL, ref, tr("Snooze them"), options)


def ended(page: str, found: Sequence[tuple[str, BulkSnoozeOutcome]]) -> Post:
    """The outcome for each of them."""
    done = [
        tr("**{name}**: until {until}", name=name, until=stamp(one.until))
        for name, one in found
        if one.until is not None
    ]
    left = [f"**{name}**: {one.said}" for name, one in found if one.until is None]
    body = ["\n".join([tr("Snoozed: {done} of {found}", done=len(done), found=len(found)), *done])]
    body += ["\n".join([tr("Not snoozed:"), *left])] if left else []
    return Post(body=tuple(body), small=tr(_BACK_AGAIN) if done else None, buttons=(_back(page),))


def _listed(names: Sequence[str]) -> str:
    return "\n".join(f"• {name}" for name in names)


def _back(page: str) -> Button:
    return Button(BACK, page, tr("Back to the list"))
