"""Texts about a file of forbidden words (pure)."""

from collections.abc import Sequence

from bot.features.inbox.guard.texts import level_name
from bot.features.inbox.guard_words.file_format import GuardWordFault
from bot.features.inbox.guard_words.rules import MOST, GuardWord
from bot.features.inbox.guard_words.texts import list_name
from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.rejected_input import RejectedInput
from bot.text.safe_text import safe
from storage.records import DraftId

NOTHING = msgid(
    "There is no word in this file, so nothing changed. /settings guard export shows how one looks."
)
ALIKE = msgid("The list is exactly as this file, so there is nothing to import.")
OVERTAKEN = msgid("Someone changed the list in the meantime, so your file was not imported. Import it again.")
_NAMES = 25  # of one part
_ROOM = 3_000


def bad(faults: Sequence[GuardWordFault]) -> RejectedInput:
    """Every line that cannot be used; nothing is kept."""
    # Translators: {why} is such as "has no level: …".
    said = [tr("Line {number} {why}.", number=one.number, why=one.why) for one in faults]
    why = tr_many(
        "{n} line of this file can't be used, so nothing changed. Fix the file and import it again.",
        "{n} lines of this file can't be used, so nothing changed. Fix the file and import it again.",
        len(said),
    )
    shown: list[str] = []
    room = _ROOM
    for line in said:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    if len(shown) == len(said):
        return RejectedInput(Post(body=(why, "\n".join(shown))))
    more = number_text(len(said) - len(shown))
    shown.append(tr("… and {more} more: all of them are in the file.", more=more))
    whole = "\n".join(said).replace("\\", "")
    return RejectedInput(Post(body=(why, "\n".join(shown))), whole, "what-is-wrong.txt")


def too_many(number: int) -> str:
    return tr(
        "The list would have {number} words, and {most} fit. Shorten the file, or replace the list with it.",
        number=number,
        most=MOST,
    )


def question(
    new: Sequence[GuardWord],
    changed: Sequence[tuple[GuardWord, GuardWord]],
    gone: Sequence[GuardWord],
    ref: DraftId,
    *,
    shared: bool,
    fits: bool,
) -> Post:
    """What is new, changed and gone, and the buttons. `fits`: both together are not too many."""
    body = []
    if new:
        body.append(
            tr(
                "**New ({number})**\n{listed}",
                number=len(new),
                listed=_listed([_with_level(one) for one in new]),
            )
        )
    if changed:
        lines = [
            f"{safe(then.phrase)} ({level_name(now.level)} → {level_name(then.level)})"
            for now, then in changed
        ]
        body.append(tr("**Changed ({number})**\n{listed}", number=len(changed), listed=_listed(lines)))
    if gone:
        body.append(
            tr(
                "**Not in the file ({number})**\n{listed}",
                number=len(gone),
                listed=_listed([_with_level(one) for one in gone]),
            )
        )
    buttons = [Button("words.drop", ref, tr("No, leave it"))]
    if gone:
        instead = tr("Replace the list, remove {number}", number=len(gone))
        buttons.insert(0, Button("words.replace", ref, instead, "danger"))
    if (new or changed) and fits:
        buttons.insert(0, Button("words.add", ref, _import_words(len(new) + len(changed), len(gone))))
    return Post(
        title=tr("Import into {list}?", list=list_name(shared=shared)),
        body=tuple(body),
        small=tr("Nothing changes before you press. The buttons work for 15 minutes."),
        buttons=tuple(buttons),
    )


def done(new: int, changed: int, gone: int, *, shared: bool) -> str:
    parts = [
        tr_many("{n} new", "{n} new", new) if new else "",
        tr_many("{n} changed", "{n} changed", changed) if changed else "",
        tr_many("{n} removed", "{n} removed", gone) if gone else "",
    ]
    # Translators: {changes} is such as "3 new, 1 changed", of words.
    return tr(
        "Done: {changes} on {list}. It applies immediately.",
        changes=", ".join(filter(None, parts)),
        list=list_name(shared=shared),
    )


def _import_words(number: int, others: int) -> str:
    if not others:
        return tr("Import {number}", number=number)
    return tr("Import {number}, keep the other {others}", number=number, others=others)


def _with_level(word: GuardWord) -> str:
    return f"{safe(word.phrase)} ({level_name(word.level)})"


def _listed(names: Sequence[str]) -> str:
    more = tr(" and {more} more", more=len(names) - _NAMES) if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more
