"""All that people read of forbidden words (pure)."""

from collections.abc import Sequence

from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard.texts import level_name
from bot.features.inbox.guard_words.rules import GuardWord
from bot.features.inbox.guard_words.word_lists import ForbiddenWord, GuardWordList
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Post
from bot.text.safe_text import one_line, safe

ANYWAY = msgid("your reply is sent as you wrote it, and the audit log says that you were asked")
NOT_YOURS = msgid("You can no longer change this creator's guard, so nothing changed.")
NOT_FOR_ALL = msgid(
    "Only someone who leads every creator of this server can change its list. Nothing changed."
)
NO_SUCH = msgid("This word is on neither list, so nothing changed. /settings guard words shows both.")
DAMAGED = msgid(
    "This list is damaged, so nothing changed. Import the whole list with /settings "
    "guard import: it is replaced."
)
FULL = msgid("This list has {most} words, and no more fit. Remove one with /settings guard remove first.")
_DAMAGED_LIST = msgid(
    "It is damaged, so replies wait for a lead. Import it again with /settings guard import."
)
_EDIT = msgid("Not sent: press Edit to change it.")
_SHOWN = 3  # words that one answer names
_ROOM = 1_500  # characters of one list in an answer
_MEANS = {
    GuardLevel.WARN: msgid("the author is asked"),
    GuardLevel.HOLD: msgid("another lead decides"),
    GuardLevel.BLOCK: msgid("it is not sent"),
}


def list_name(*, shared: bool) -> str:
    # Translators: these names are put into sentences, after words such as "on" and "into".
    return tr("this server's list") if shared else tr("this creator's list")


def named(word: ForbiddenWord) -> str:
    """A word that bites, and whose it is."""
    whose = list_name(shared=word.shared)
    if word.phrase is None:
        return tr("This could not be compared with {list} of forbidden words.", list=whose)
    return tr("“{phrase}” is on {list} of forbidden words.", phrase=safe(word.phrase), list=whose)


def asked(found: Sequence[ForbiddenWord]) -> tuple[str, ...]:
    return tuple(f"**{line}**" for line in _lines(found))


def refused(found: Sequence[ForbiddenWord]) -> str:
    """Say which word, and what to do."""
    return " ".join((*_lines(found), tr(_EDIT)))


def held(found: Sequence[ForbiddenWord]) -> str:
    """Say which word; the lane says the outcome."""
    return " ".join(_lines(found))


def undecided(found: Sequence[ForbiddenWord]) -> str:
    """Say which word, where no lead decides."""
    return " ".join((*_lines(found), tr("A lead has to approve it, and nobody else here can."), tr(_EDIT)))


def refused_for_all(found: Sequence[ForbiddenWord], command: str) -> str:
    """Likewise, of what is for a whole creator."""
    return " ".join((*_lines(found), tr("Not sent: change it and run {command} again.", command=command)))


def warned_for_all(found: Sequence[ForbiddenWord]) -> tuple[str, ...]:
    """The lines above such a preview."""
    return tuple(f"⚠️ **{line}**" for line in _lines(found))


def shown(lists: Sequence[GuardWordList], handle: str) -> Post:
    """Both lists, as far as they fit."""
    return Post(
        title=tr("Forbidden words of @{handle}", handle=safe(one_line(handle, 40))),
        body=tuple(_listed(one) for one in lists),
        small=tr("warn: the author is asked. hold: another lead decides. block: it is not sent."),
    )


def added(word: GuardWord, before: GuardWord | None, *, shared: bool) -> str:
    if before == word:
        return tr(
            "“{phrase}” is already on {list} with {level}.",
            phrase=safe(word.phrase),
            list=list_name(shared=shared),
            level=level_name(word.level),
        )
    said = tr(
        "Done. “{phrase}” is on {list}: {level}, {means}.",
        phrase=safe(word.phrase),
        list=list_name(shared=shared),
        level=level_name(word.level),
        means=tr(_MEANS[word.level]),
    )
    if before is None or before.level is word.level:
        return said
    return f"{said} {tr('It was {level}.', level=level_name(before.level))}"


def not_added(why: str) -> str:
    # Translators: {why} is such as "has more than 60 characters: …".
    return tr("This {why}. Nothing changed.", why=why)


def removed(word: GuardWord, *, shared: bool) -> str:
    return tr(
        "Done. “{phrase}” ({level}) is off {list}.",
        phrase=safe(word.phrase),
        level=level_name(word.level),
        list=list_name(shared=shared),
    )


def exported(number: int, *, shared: bool) -> str:
    return tr_many(
        "{n} word of {list}, for you alone. Edit the file, then /settings guard import takes it.",
        "{n} words of {list}, for you alone. Edit the file, then /settings guard import takes it.",
        number,
        list=list_name(shared=shared),
    )


def none_to_export(*, shared: bool) -> str:
    return tr("No word is on {list} yet. The file shows how one looks.", list=list_name(shared=shared))


def label(word: GuardWord, *, shared: bool) -> str:
    """A suggestion while somebody types, at most 100 characters."""
    return f"{word.phrase} ({level_name(word.level)}{tr(', all creators') if shared else ''})"


def _lines(found: Sequence[ForbiddenWord]) -> list[str]:
    lines = [named(one) for one in found[:_SHOWN]]
    more = len(found) - len(lines)
    return [*lines, tr_many("And {n} more.", "And {n} more.", more)] if more else lines


def _listed(one: GuardWordList) -> str:
    whose = list_name(shared=one.scope.shared)
    head = f"**{whose[0].upper()}{whose[1:]}**"
    if one.words is None:
        return f"{head}\n{tr(_DAMAGED_LIST)}"
    if not one.words:
        return f"{head}\n{tr('No words yet.')}"
    lines, room = [], _ROOM
    for word in one.words:
        line = f"- {safe(word.phrase)} ({level_name(word.level)})"
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    if len(lines) < len(one.words):
        more = len(one.words) - len(lines)
        lines.append(tr("… and {more} more: /settings guard export has all.", more=more))
    return "\n".join((f"{head} ({len(one.words)})", *lines))
