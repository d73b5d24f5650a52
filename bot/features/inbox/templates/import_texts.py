"""Texts about a file with templates (pure)."""

from collections.abc import Sequence

from bot.features.inbox.templates.file_format import TemplateFileFault
from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.rejected_input import RejectedInput
from bot.text.safe_text import safe
from storage.records import DraftId

EMPTY = msgid("This file has no templates. Not imported.")
OVERTAKEN = msgid(
    "Someone just changed templates with these names, so yours were not imported. Import "
    "the file again and check what would be replaced."
)
NOT_SHARED = msgid(
    "is for all creators of this server, which only someone who leads all of their teams may add"
)
NOT_PRICED = msgid("has a price, and you may not set prices for this creator")
SHARED_MEDIA = msgid("is for all creators and has media, which belong to one creator's vault")
_NAMES = 30  # of one list
_ROOM = 3000


def too_many(there: int, more: int, most: int) -> str:
    return tr(
        "You have {there} templates, {more} would be new, and {most} fit. Not imported: "
        "remove some, here or in the file.",
        there=there,
        more=more,
        most=most,
    )


def same_name(place: str) -> str:
    """Two lines of one name."""
    return tr("has the same name as {place}", place=place)


def reason(sentence: str) -> str:
    """Say why a template is refused, as part of a list."""
    return sentence.removesuffix(tr(" Not saved."))


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
    why = tr_many(
        "We can't use One line of this file, so nothing was imported. Fix the file and import it again.",
        "We can't use {n} lines of this file, so nothing was imported. Fix the file and import it again.",
        len(lines),
    )
    if len(shown) == len(said):
        return RejectedInput(Post(body=(why, "\n".join(shown))))
    shown.append(
        tr("… and {more} more: all of them are in the file.", more=number_text(len(said) - len(shown)))
    )
    return RejectedInput(
        Post(body=(why, "\n".join(shown))), "\n".join(said).replace("\\", ""), "what-is-wrong.txt"
    )


def question(new: Sequence[str], there: Sequence[str], ref: DraftId) -> Post:
    """The new ones, those already there, and the buttons."""
    body = []
    if new:
        body.append(tr("**New ({new})**\n{names}", new=len(new), names=_listed(new)))
    if there:
        body.append(tr("**Already here by name ({there})**\n{names}", there=len(there), names=_listed(there)))
    buttons = [Button("template.drop", ref, tr("No, leave it"))]
    if there:
        buttons.insert(0, Button("template.replace", ref, _replacing(len(new), len(there)), "danger"))
    if new:
        buttons.insert(0, Button("template.skip", ref, _importing(len(new), len(there))))
    return Post(
        title=tr("Import these templates?"),
        body=tuple(body),
        small=tr("Nothing is saved before you press. The buttons work for 15 minutes."),
        buttons=tuple(buttons),
    )


def done(new: int, replaced: int, left: int) -> str:
    parts = [
        tr_many("{n} new", "{n} new", new, n=new) if new else "",
        tr_many("{n} replaced", "{n} replaced", replaced, n=replaced) if replaced else "",
        tr_many("{n} left as is", "{n} left as is", left, n=left) if left else "",
    ]
    return tr("Imported: {parts}. /template list shows them.", parts=", ".join(filter(None, parts)))


def _importing(new: int, there: int) -> str:
    return (
        tr("Import {new}, leave {there} as is", new=new, there=there)
        if there
        else tr("Import {new}", new=new)
    )


def _replacing(new: int, there: int) -> str:
    return (
        tr("Import {new}, replace {there}", new=new, there=there)
        if new
        else tr("Replace {there}", there=there)
    )


def _listed(names: Sequence[str]) -> str:
    more = tr(" and {more} more", more=len(names) - _NAMES) if len(names) > _NAMES else ""
    return ", ".join(safe(name) for name in names[:_NAMES]) + more
