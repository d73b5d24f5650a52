"""A thread's texts about the time before the bridge (pure)."""

from collections.abc import Sequence

from bot.features.inbox.checks.texts import entry
from bot.model.events import GIFT, NO_SENDER, NO_TEXT, UNTOLD
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, ChatMessage, Post
from bot.text.colours import QUIET_COLOUR
from bot.text.render import money
from bot.text.safe_text import safe

_TITLE = msgid("From before the bridge")
_LATER = msgid("We couldn't read the earlier messages just now. They will appear here when Fanvue has room.")
_UNREADABLE = msgid("We can't read the earlier messages:")
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
    kept_off = tr_many(
        "🔒 {n} earlier message, kept off Discord", "🔒 {n} earlier messages, kept off Discord", len(entries)
    )
    return Post(
        title=tr(_TITLE),
        body=tuple(entries),
        outline=(kept_off,),
        small=tr("Earlier messages from Fanvue, for context only."),
        accent=QUIET_COLOUR,
        buttons=_reply(ref),
        beside=True,
    )


def later(ref: str) -> Post:
    """It could not be read, and will be."""
    return _note(tr(_LATER), ref)


def nothing(ref: str) -> Post:
    """It was read late, and there is nothing."""
    return _note(tr("There are no earlier messages."), ref)


def unreadable(reason: str, ref: str) -> Post:
    return _note(f"{tr(_UNREADABLE)} {reason}", ref)


def _note(text: str, ref: str) -> Post:
    return Post(title=tr(_TITLE), body=(text,), accent=QUIET_COLOUR, buttons=_reply(ref), beside=True)


def _reply(ref: str) -> tuple[Button, ...]:
    return (Button("reply", ref, tr("Reply")),)


def _entry(row: ChatMessage, who: str) -> str:
    said = [f"<t:{row.sent_at // 1000}:f>"]
    if row.media:
        said.append(
            tr_many("🔒 a picture or video (covered)", "🔒 {n} pictures or videos (covered)", len(row.media))
        )
    elif not (row.text or "").strip():
        said.append(_nothing(row))
    if row.price:
        state = (
            tr("bought <t:{at}:D>", at=row.bought_at // 1000)
            if row.bought_at is not None
            else tr("not bought")
        )
        said.append(f"{money(row.price)}, {state}" if row.media else money(row.price))
    body = (safe(row.text),) if row.text else ()
    return entry(Post(title=_author(row), body=body, small=" · ".join(said)), who)


def _nothing(row: ChatMessage) -> str:
    """Say why nothing is shown."""
    if row.wordless or row.kind == UNTOLD or row.unclear == NO_TEXT:
        return tr("Fanvue doesn't send its text")
    return tr("a gift, it seems") if row.kind == GIFT else tr("a message without text")


def _author(row: ChatMessage) -> str | None:
    if row.unclear == NO_SENDER:
        return tr("Fanvue doesn't say who wrote this")
    if not row.from_creator:
        return None
    return tr("An automation on Fanvue") if (row.kind or "").startswith(_AUTOMATED) else tr("On Fanvue")
