"""Lists of fans: the typed words, the lists meant, the most people (pure)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import msgid, tr, tr_many
from bot.text.safe_text import one_line, safe

SMART, CUSTOM = "smart", "custom"
_HANDLE = 13  # characters of a custom list's id that a choice carries; an option's value holds 100 in all
_NAME = 60
_SHORT = 30  # likewise, in a preview
_NO_SIZE = msgid("size not known")
_SIZE = re.compile(r"\s*·\s*(\d[\d.,\s]* fans?|size not known)\s*\Z", re.IGNORECASE)
_CHOICES, _CHOICE = 25, 100  # Discord's limits


@dataclass(frozen=True)
class FanList:
    """One of Fanvue's own lists, or one that the creator made."""

    kind: str
    id: str
    name: str
    size: int | None  # None: Fanvue did not say

    @property
    def handle(self) -> str:
        """The text for it while it is typed."""
        return self.id if self.kind == SMART else self.id[:_HANDLE]


@dataclass(frozen=True)
class MassMessageAudience:
    """The recipients: everybody on `to`, once, except those on `without`."""

    to: tuple[FanList, ...]
    without: tuple[FanList, ...] = ()

    @property
    def most(self) -> int | None:
        """Nobody beyond this number can be meant; None where a list's size is not known."""
        sizes = [one.size for one in self.to]
        return None if None in sizes else sum(size for size in sizes if size is not None)


def chosen(known: Sequence[FanList], wanted: str | Sequence[Mapping[str, Any]]) -> tuple[FanList, ...]:
    """The lists that were typed, or that an earlier preview named, as they are now; each once.

    Raises ProposalRefused for anything that is not exactly one list: Discord does not force a choice.
    """
    if not isinstance(wanted, str):
        found = [_again(known, packed) for packed in wanted]
    else:
        found = [_meant(known, word) for word in words_of(wanted)]
    return tuple(dict.fromkeys(found))


def words_of(typed: str) -> list[str]:
    """The words between the commas, without the sizes that a choice shows."""
    return [word for part in typed.split(",") if (word := _without_size(part))]


def choices(known: Sequence[FanList], typed: str) -> list[tuple[str, str]]:
    """The choices while lists are typed, the words and the value: those typed, and one more."""
    *before, last = typed.split(",")
    try:
        kept = chosen(known, ",".join(before))
    except ProposalRefused:
        return []
    needle = _without_size(last).casefold()
    fitting = [one for one in known if needle in one.name.casefold() and one not in kept]
    offered = [(*kept, one) for one in fitting]
    pairs = [
        (", ".join(map(shown_plain, some))[:_CHOICE], ",".join(one.handle for one in some))
        for some in offered
    ]
    return [(name, value) for name, value in pairs if len(value) <= _CHOICE][:_CHOICES]


def _without_size(part: str) -> str:
    """What was typed of a list, without the size that a choice shows in any of our languages."""
    word = _SIZE.sub("", part).strip()
    return word.removesuffix(tr(_NO_SIZE)).rstrip(" ·") if word.endswith(f"· {tr(_NO_SIZE)}") else word


def shown_plain(one: FanList) -> str:
    """A list and its size, for a choice."""
    return f"{one_line(one.name, _NAME)} · {_sized(one.size)}"


def shown(one: FanList) -> str:
    return f"{safe(one_line(one.name, _SHORT))} ({_sized(one.size)})"


def fans(number: int) -> str:
    return tr_many("{n} fan", "{n} fans", number)


def grew(before: int | None, now: int | None) -> bool:
    """Whether an audience may have become noticeably larger than what was shown: by 5 % or 10 fans (C11)."""
    if before is None or now is None:
        return before is not None
    return now - before > min(before // 20, 10)


def _meant(known: Sequence[FanList], word: str) -> FanList:
    folded = word.casefold()
    by_id = [one for one in known if folded == one.id.casefold()]
    by_handle = [one for one in known if folded == one.handle.casefold()]
    by_name = [one for one in known if folded == one.name.strip().casefold()]
    found = by_id or by_handle or by_name
    if len(found) == 1:
        return found[0]
    if found:
        raise ProposalRefused(
            tr("Several lists are called “{name}”. Choose from Discord's list. Not sent.", name=_said(word))
        )
    raise ProposalRefused(
        tr(
            "Fanvue has no list “{name}”. Choose from Discord's list; separate several with "
            "commas. Not sent.",
            name=_said(word),
        )
    )


def _again(known: Sequence[FanList], packed: Mapping[str, Any]) -> FanList:
    for one in known:
        if (one.kind, one.id) == (packed["kind"], packed["id"]):
            return one
    raise ProposalRefused(
        tr(
            "The list “{name}” is no longer on Fanvue. Not sent: run /mass new again.",
            name=_said(packed["name"]),
        )
    )


def _said(word: str) -> str:
    return safe(one_line(word, _NAME))


def _sized(size: int | None) -> str:
    return tr(_NO_SIZE) if size is None else tr_many("{n} fan", "{n} fans", size, n=size)
