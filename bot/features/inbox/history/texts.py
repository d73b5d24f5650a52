"""A thread's texts about the time before the bridge (pure)."""

from collections.abc import Sequence

from bot.features.inbox.checks.texts import entry
from bot.model.events import GIFT, NO_SENDER, NO_TEXT, UNTOLD
from bot.model.ports import Button, ChatMessage, Post
from bot.text.colours import QUIET_COLOUR
from bot.text.render import money
from bot.text.safe_text import safe

_TITLE = "From before the bridge"
_SMALL = "Earlier messages from Fanvue, for context only."
_LATER = "We couldn't read the earlier messages just now. They will appear here when Fanvue has room."
_NOTHING = "There are no earlier messages."
_UNREADABLE = "We can't read the earlier messages:"
_AUTOMATED = "AUTOMATED"
_ROOM = 3000  # characters


def shown(rows: Sequence[ChatMessage], who: str, ref: str) -> Post:
    """These messages, oldest first, as one post. `who`: the fan."""
    entries: list[str] = []
    room = _ROOM
    for row in reversed(rows):
        one = _entry(row, who)
        room -= len(one)
        if room < 0:
            break
        entries.insert(0, one)
    kept_off = "1 earlier message" if len(entries) == 1 else f"{len(entries)} earlier messages"
    return Post(
        title=_TITLE,
        body=tuple(entries),
        outline=(f"🔒 {kept_off}, kept off Discord",),
        small=_SMALL,
        accent=QUIET_COLOUR,
        buttons=_reply(ref),
        beside=True,
    )


def later(ref: str) -> Post:
    """It could not be read, and will be."""
    return _note(_LATER, ref)


def nothing(ref: str) -> Post:
    """It was read late, and there is nothing."""
    return _note(_NOTHING, ref)


def unreadable(reason: str, ref: str) -> Post:
    return _note(f"{_UNREADABLE} {reason}", ref)


def _note(text: str, ref: str) -> Post:
    return Post(title=_TITLE, body=(text,), accent=QUIET_COLOUR, buttons=_reply(ref), beside=True)


def _reply(ref: str) -> tuple[Button, ...]:
    return (Button("reply", ref, "Reply"),)


def _entry(row: ChatMessage, who: str) -> str:
    said = [f"<t:{row.sent_at // 1000}:f>"]
    if row.media:
        said.append(f"🔒 {_count(len(row.media))} (covered)")
    elif not (row.text or "").strip():
        said.append(_nothing(row))
    if row.price:
        state = f"bought <t:{row.bought_at // 1000}:D>" if row.bought_at is not None else "not bought"
        said.append(f"{money(row.price)}, {state}" if row.media else money(row.price))
    body = (safe(row.text),) if row.text else ()
    return entry(Post(title=_author(row), body=body, small=" · ".join(said)), who)


def _nothing(row: ChatMessage) -> str:
    """Say why nothing is shown."""
    if row.wordless or row.kind == UNTOLD or row.unclear == NO_TEXT:
        return "Fanvue doesn't send its text"
    return "a gift, it seems" if row.kind == GIFT else "a message without text"


def _author(row: ChatMessage) -> str | None:
    if row.unclear == NO_SENDER:
        return "Fanvue doesn't say who wrote this"
    if not row.from_creator:
        return None
    return "An automation on Fanvue" if (row.kind or "").startswith(_AUTOMATED) else "On Fanvue"


def _count(number: int) -> str:
    return "a picture or video" if number == 1 else f"{number} pictures or videos"
