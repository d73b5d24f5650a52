"""Texts about a file of forbidden words (pure)."""

from collections.abc import Sequence

from bot.features.inbox.guard_words.file_format import GuardWordFault
from bot.features.inbox.guard_words.rules import MOST, GuardWord
from bot.features.inbox.guard_words.texts import list_name
from bot.model.ports import Button, Post
from bot.text.rejected_input import RejectedInput
from bot.text.safe_text import safe
from storage.records import DraftId

NOTHING = "There is no word in this file, so nothing changed. /settings guard export shows how one looks."
ALIKE = "The list is exactly as this file, so there is nothing to import."
OVERTAKEN = "Someone changed the list in the meantime, so your file was not imported. Import it again."
_NAMES = 25  # of one part
_ROOM = 3_000


def bad(faults: Sequence[GuardWordFault]) -> RejectedInput:
    """Every line that cannot be used; nothing is kept."""
    said = [f"Line {one.number} {one.why}." for one in faults]
    number = "1 line" if len(said) == 1 else f"{len(said):,} lines"
    why = f"{number} of this file can't be used, so nothing changed. Fix the file and import it again."
    shown: list[str] = []
    room = _ROOM
    for line in said:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    if len(shown) == len(said):
        return RejectedInput(Post(body=(why, "\n".join(shown))))
    shown.append(f"… and {len(said) - len(shown):,} more: all of them are in the file.")
    whole = "\n".join(said).replace("\\", "")
    return RejectedInput(Post(body=(why, "\n".join(shown))), whole, "what-is-wrong.txt")


def too_many(number: int) -> str:
    return (
        f"The list would have {number} words, and {MOST} fit. Shorten the file, or replace the list with it."
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
        body.append(f"**New ({len(new)})**\n{_listed([_with_level(one) for one in new])}")
    if changed:
        lines = [f"{safe(then.phrase)} ({now.level} → {then.level})" for now, then in changed]
        body.append(f"**Changed ({len(changed)})**\n{_listed(lines)}")
    if gone:
        body.append(f"**Not in the file ({len(gone)})**\n{_listed([_with_level(one) for one in gone])}")
    buttons = [Button("words.drop", ref, "No, leave it")]
    if gone:
        buttons.insert(0, Button("words.replace", ref, f"Replace the list, remove {len(gone)}", "danger"))
    if (new or changed) and fits:
        kept = f", keep the other {len(gone)}" if gone else ""
        buttons.insert(0, Button("words.add", ref, f"Import {len(new) + len(changed)}{kept}"))
    return Post(
        title=f"Import into {list_name(shared=shared)}?",
        body=tuple(body),
        small="Nothing changes before you press. The buttons work for 15 minutes.",
        buttons=tuple(buttons),
    )


def done(new: int, changed: int, gone: int, *, shared: bool) -> str:
    parts = [
        f"{new} new" if new else "",
        f"{changed} changed" if changed else "",
        f"{gone} removed" if gone else "",
    ]
    return f"Done: {', '.join(filter(None, parts))} on {list_name(shared=shared)}. It applies immediately."


def _with_level(word: GuardWord) -> str:
    return f"{safe(word.phrase)} ({word.level})"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more
