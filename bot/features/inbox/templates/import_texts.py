"""Texts about a file with templates (pure)."""

from collections.abc import Sequence

from bot.features.inbox.templates.file_format import TemplateFileFault
from bot.model.ports import Button, Post
from bot.text.rejected_input import RejectedInput
from bot.text.safe_text import safe
from storage.records import DraftId

EMPTY = "This file has no templates. Not imported."
OVERTAKEN = (
    "Someone just changed templates with these names, so yours were not imported. Import the file "
    "again and check what would be replaced."
)
NOT_SHARED = "is for all creators of this server, which only someone who leads all of their teams may add"
NOT_PRICED = "has a price, and you may not set prices for this creator"
SHARED_MEDIA = "is for all creators and has media, which belong to one creator's vault"
_NAMES = 30  # of one list
_ROOM = 3000
_SAVED = " Not saved."


def too_many(there: int, more: int, most: int) -> str:
    return (
        f"You have {there} templates, {more} would be new, and {most} fit. Not imported: "
        "remove some, here or in the file."
    )


def same_name(place: str) -> str:
    """Two lines of one name."""
    return f"has the same name as {place}"


def reason(sentence: str) -> str:
    """Say why a template is refused, as part of a list."""
    return sentence.removesuffix(_SAVED)


def bad(lines: Sequence[TemplateFileFault]) -> RejectedInput:
    """Every line that is wrong; nothing is kept."""
    said = [f"{one.place}: {one.why}" for one in lines]
    shown: list[str] = []
    room = _ROOM
    for line in said:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    number = "One line" if len(lines) == 1 else f"{len(lines):,} lines"
    why = f"We can't use {number} of this file, so nothing was imported. Fix the file and import it again."
    if len(shown) == len(said):
        return RejectedInput(Post(body=(why, "\n".join(shown))))
    shown.append(f"… and {len(said) - len(shown):,} more: all of them are in the file.")
    return RejectedInput(
        Post(body=(why, "\n".join(shown))), "\n".join(said).replace("\\", ""), "what-is-wrong.txt"
    )


def question(new: Sequence[str], there: Sequence[str], ref: DraftId) -> Post:
    """The new ones, those already there, and the buttons."""
    body = []
    if new:
        body.append(f"**New ({len(new)})**\n{_listed(new)}")
    if there:
        body.append(f"**Already here by name ({len(there)})**\n{_listed(there)}")
    buttons = [Button("template.drop", ref, "No, leave it")]
    if there:
        buttons.insert(0, Button("template.replace", ref, _replacing(len(new), len(there)), "danger"))
    if new:
        left = f", leave {len(there)} as is" if there else ""
        buttons.insert(0, Button("template.skip", ref, f"Import {len(new)}{left}"))
    return Post(
        title="Import these templates?",
        body=tuple(body),
        small="Nothing is saved before you press. The buttons work for 15 minutes.",
        buttons=tuple(buttons),
    )


def done(new: int, replaced: int, left: int) -> str:
    parts = [
        f"{new} new" if new else "",
        f"{replaced} replaced" if replaced else "",
        f"{left} left as is" if left else "",
    ]
    return f"Imported: {', '.join(filter(None, parts))}. /template list shows them."


def _replacing(new: int, there: int) -> str:
    return f"Import {new}, replace {there}" if new else f"Replace {there}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(safe(name) for name in names[:_NAMES]) + more
