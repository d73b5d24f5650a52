"""Typed text that was not kept goes back to its writer, all of it (pure)."""

from dataclasses import dataclass

from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.text.safe_text import parts_of, safe

_ROOM = 3000  # characters for texts, of the 4,000 that an answer can have


@dataclass(frozen=True)
class RejectedInput:
    """An answer. `whole`: the content of the file with this name, where the answer could not hold it all."""

    post: Post
    whole: str | None = None
    name: str = "what-you-typed.txt"


def given_back(
    why: str, typed: str, *, now: str | None = None, buttons: tuple[Button, ...] = ()
) -> RejectedInput:
    """`why` is made safe; `now` is what somebody else has written there meanwhile."""
    room = _ROOM if now is None else _ROOM // 2
    body, whole = [why], None
    if typed:
        shown, more = _cut(typed, room)
        whole = typed if more else None
        body.append(
            tr("**What you typed**\n{shown}", shown=shown)
            + (tr("\n… all of it is in the file.") if more else "")
        )
    if now is not None:
        shown, more = _cut(now, room)
        body.append(tr("**The text now**\n{shown}", shown=shown) + (" …" if more else ""))
    return RejectedInput(Post(body=tuple(body), buttons=buttons), whole)


def _cut(text: str, room: int) -> tuple[str, bool]:
    pieces = parts_of(text, room)
    return safe(pieces[0]), len(pieces) > 1
