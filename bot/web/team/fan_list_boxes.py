"""Lists of fans to tick, also many: chosen ones first, the rest folded (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from bot.model.language import msgid, number_text, tr
from bot.text.safe_text import one_line
from bot.web.team.frame import soft
from bot.web.team.plan_fields import Boxes

FEW: Final = 12  # as many stand open below each other
_TOGETHER: Final = 40  # in one group
_NAME: Final = 16  # letters of the names between which a group lies
_MADE = msgid("The creator's lists")


@dataclass(frozen=True)
class OfferedList:
    """A list of fans to choose: which one, what is sent for it, its name, and what is read.

    `own`: Fanvue has it for every creator.
    """

    key: str
    value: str
    name: str
    words: str
    own: bool = False


def list_boxes(of: str, lists: Sequence[OfferedList], ticked: Boxes) -> str:
    """One box a list; `of` begins its name. What is ticked stays, also where Fanvue has it no more."""
    known = {one.key: one for one in lists}
    if not known and not ticked:
        return soft(tr("There is no list to choose."))
    if len(known) <= FEW and known.keys() >= ticked.keys():
        return "".join(_box(of, one, ticked=one.key in ticked) for one in lists)
    first = [known.get(key) or OfferedList(key, name, name, name) for key, name in ticked.items()]
    rest = [one for one in lists if one.key not in ticked]
    chosen = "".join(_box(of, one, ticked=True) for one in first)
    return f'<div class="lists">{chosen}{_own(of, rest)}{_made(of, rest)}</div>'


def box(name: str, value: str, words: str, *, ticked: bool) -> str:
    """A box with its words."""
    mark = " checked" if ticked else ""
    return (
        f'<label class="tick"><input type="checkbox" name="{escape(name)}" value="{escape(value)}"{mark}>'
        f"<span>{escape(words)}</span></label>"
    )


def _box(of: str, one: OfferedList, *, ticked: bool) -> str:
    return box(of + one.key, one.value, one.words, ticked=ticked)


def _own(of: str, lists: Sequence[OfferedList]) -> str:
    """Fanvue's, which most messages go to: they stand open."""
    own = [one for one in lists if one.own]
    return _folded(of, tr("Fanvue's own lists"), own, begins=True) if own else ""


def _made(of: str, lists: Sequence[OfferedList]) -> str:
    """The creator's by their names, forty at a time."""
    made = sorted((one for one in lists if not one.own), key=lambda one: one.name.casefold())
    if len(made) <= _TOGETHER:
        return _folded(of, tr(_MADE), made) if made else ""
    parts = [made[start : start + _TOGETHER] for start in range(0, len(made), _TOGETHER)]
    head = soft(f"{tr(_MADE)} · {number_text(len(made))}")
    return head + "".join(_folded(of, _between(part), part) for part in parts)


def _between(part: Sequence[OfferedList]) -> str:
    first, last = (one_line(one.name, _NAME) for one in (part[0], part[-1]))
    return tr("{first} to {last}", first=first, last=last)


def _folded(of: str, words: str, lists: Sequence[OfferedList], *, begins: bool = False) -> str:
    boxes = "".join(_box(of, one, ticked=False) for one in lists)
    count = escape(f"{words} · {number_text(len(lists))}")
    return (
        f"<details{' open' if begins else ''}><summary>{count}</summary>"
        f'<div class="scroll" role="group" aria-label="{escape(words)}">{boxes}</div></details>'
    )
