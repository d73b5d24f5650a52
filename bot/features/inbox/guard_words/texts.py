"""All that people read of forbidden words (pure)."""

from collections.abc import Sequence

from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard_words.rules import MOST, GuardWord
from bot.features.inbox.guard_words.word_lists import ForbiddenWord, GuardWordList
from bot.model.ports import Post
from bot.text.safe_text import one_line, safe

ANYWAY = "your reply is sent as you wrote it, and the audit log says that you were asked"
NOT_YOURS = "You can no longer change this creator's guard, so nothing changed."
NOT_FOR_ALL = "Only someone who leads every creator of this server can change its list. Nothing changed."
NO_SUCH = "This word is on neither list, so nothing changed. /settings guard words shows both."
DAMAGED = (
    "This list is damaged, so nothing changed. Import the whole list with /settings guard import: it "
    "is replaced."
)
FULL = f"This list has {MOST} words, and no more fit. Remove one with /settings guard remove first."
_EDIT = "Not sent: press Edit to change it."
_NO_LEAD = "A lead has to approve it, and nobody else here can."
_SHOWN = 3  # words that one answer names
_ROOM = 1_500  # characters of one list in an answer
_MEANS = {
    GuardLevel.WARN: "the author is asked",
    GuardLevel.HOLD: "another lead decides",
    GuardLevel.BLOCK: "it is not sent",
}


def list_name(*, shared: bool) -> str:
    return "this server's list" if shared else "this creator's list"


def named(word: ForbiddenWord) -> str:
    """A word that bites, and whose it is."""
    whose = list_name(shared=word.shared)
    if word.phrase is None:
        return f"This could not be compared with {whose} of forbidden words."
    return f"“{safe(word.phrase)}” is on {whose} of forbidden words."


def asked(found: Sequence[ForbiddenWord]) -> tuple[str, ...]:
    return tuple(f"**{line}**" for line in _lines(found))


def refused(found: Sequence[ForbiddenWord]) -> str:
    """Say which word, and what to do."""
    return " ".join((*_lines(found), _EDIT))


def held(found: Sequence[ForbiddenWord]) -> str:
    """Say which word; the lane says the outcome."""
    return " ".join(_lines(found))


def undecided(found: Sequence[ForbiddenWord]) -> str:
    """Say which word, where no lead decides."""
    return " ".join((*_lines(found), _NO_LEAD, _EDIT))


def refused_for_all(found: Sequence[ForbiddenWord], command: str) -> str:
    """Likewise, of what is for a whole creator."""
    return " ".join((*_lines(found), f"Not sent: change it and run {command} again."))


def warned_for_all(found: Sequence[ForbiddenWord]) -> tuple[str, ...]:
    """The lines above such a preview."""
    return tuple(f"⚠️ **{line}**" for line in _lines(found))


def shown(lists: Sequence[GuardWordList], handle: str) -> Post:
    """Both lists, as far as they fit."""
    return Post(
        title=f"Forbidden words of @{safe(one_line(handle, 40))}",
        body=tuple(_listed(one) for one in lists),
        small="warn: the author is asked. hold: another lead decides. block: it is not sent.",
    )


def added(word: GuardWord, before: GuardWord | None, *, shared: bool) -> str:
    if before == word:
        return f"“{safe(word.phrase)}” is already on {list_name(shared=shared)} with {word.level}."
    was = f" It was {before.level}." if before is not None and before.level is not word.level else ""
    whose = list_name(shared=shared)
    return f"Done. “{safe(word.phrase)}” is on {whose}: {word.level}, {_MEANS[word.level]}.{was}"


def not_added(why: str) -> str:
    return f"This {why}. Nothing changed."


def removed(word: GuardWord, *, shared: bool) -> str:
    return f"Done. “{safe(word.phrase)}” ({word.level}) is off {list_name(shared=shared)}."


def exported(number: int, *, shared: bool) -> str:
    words = "1 word" if number == 1 else f"{number} words"
    return (
        f"{words} of {list_name(shared=shared)}, for you alone. Edit the file, then /settings guard "
        "import takes it."
    )


def none_to_export(*, shared: bool) -> str:
    return f"No word is on {list_name(shared=shared)} yet. The file shows how one looks."


def label(word: GuardWord, *, shared: bool) -> str:
    """A suggestion while somebody types, at most 100 characters."""
    return f"{word.phrase} ({word.level}{', all creators' if shared else ''})"


def _lines(found: Sequence[ForbiddenWord]) -> list[str]:
    lines = [named(one) for one in found[:_SHOWN]]
    more = len(found) - len(lines)
    return [*lines, f"And {more} more."] if more else lines


def _listed(one: GuardWordList) -> str:
    whose = list_name(shared=one.scope.shared)
    head = f"**{whose[0].upper()}{whose[1:]}**"
    if one.words is None:
        return (
            f"{head}\nIt is damaged, so replies wait for a lead. Import it again with /settings guard import."
        )
    if not one.words:
        return f"{head}\nNo words yet."
    lines, room = [], _ROOM
    for word in one.words:
        line = f"- {safe(word.phrase)} ({word.level})"
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    if len(lines) < len(one.words):
        lines.append(f"… and {len(one.words) - len(lines)} more: /settings guard export has all.")
    return "\n".join((f"{head} ({len(one.words)})", *lines))
