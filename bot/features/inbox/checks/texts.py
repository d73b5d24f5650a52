"""The words to a member whose reply did not leave at once (pure)."""

from collections.abc import Iterable, Mapping, Sequence

from bot.features.inbox.checks.model import CheckQuestion
from bot.model.ports import Button, MessageToFan, Post
from bot.relay.reply_gate import DISCARD, EDIT, PICK, SEND
from bot.text.colours import TROUBLE_COLOUR
from bot.text.graphemes import letter_end
from bot.text.render import money
from bot.text.safe_text import safe
from storage.engine.drafts import Draft
from storage.records import DiscordId

TAKE_BACK = "review.back"
NOT_YOURS = "This isn't one of your pending replies."
NOT_KEPT = "This reply's text is no longer kept. Not sent: please write it again."
DISCARDED = "Discarded. Not sent."
OVER = "This draft is too old to send as is. Press Edit to review it."
SENT_ALREADY = "Your input was already taken. The thread shows the result."
_TITLE, _WAITS = "Not sent yet", "Waiting for a lead"
_LATER = "There is more to ask than fits here."
_NEXT = "you get the remaining questions before anything is sent"
_YOURS = "Only you see this. Your text is kept: press Edit to get it back."
_LEADS = (
    "Only you and the leads see this. Edit sends it for review again. Take back cancels it and "
    "keeps your text."
)
_ENTRY, _OWN, _ROOM = 360, 500, 2600  # characters
_LINES, _PARTS = 8, 20  # lines of one quotation, and quotations: Discord counts both
_NOW = {
    "sent": "This reply was already sent. The thread shows the result.",
    "discarded": "This reply was already discarded. Not sent.",
    "edited": "This reply has a newer version.",
    "replaced": "There was a new message after this, so you were asked again.",
    "expired": "This waited too long. Not sent: please write it again.",
    "approved": "A lead approved this. The thread shows the result.",
    "returned": "A lead returned this. Not sent: press Open in the thread to see why.",
    "withdrawn": "You took this back. Not sent.",
    "unlinked": "Closed: the creator disconnected their Fanvue account. Not sent.",
    "removed": "Closed: you were removed from the team. Not sent.",
}
_CLOSED = "This is closed. Not sent."


def entry(post: Post, who: str) -> str:
    """One line of a thread, quoted: who wrote it and when, and its beginning. `who`: the fan."""
    small = (post.small or "").splitlines()[:1]
    head = " · ".join([f"**{post.title or who}**", *small])
    return "\n".join([head, *_quoted("\n".join(post.body), _ENTRY)])


def beginning(text: str, most: int) -> str:
    """The beginning of a text that is safe already: no letter and no escape of it is cut in two."""
    return text if len(text) <= most else f"{text[: letter_end(text, most)].rstrip(chr(92))} …"


def asked_now(asks: Mapping[str, CheckQuestion], room: int = _ROOM) -> dict[str, CheckQuestion]:
    """Fit questions into one message: long ones shorter first, then the last ones later.

    Send says yes to these alone; the rest is asked about at the press.
    """
    now = dict(asks)
    while not _has_room(now.values(), room):
        long = [name for name, ask in now.items() if ask.shorter is not None]
        if long:
            longest = max(long, key=lambda name: _length(now[name]))
            now[longest] = now[longest].shorter or now[longest]
        elif len(now) > 1:
            now.popitem()
        else:
            break
    return now


def question(
    draft: str, asks: Sequence[CheckQuestion], message: MessageToFan, *, later: bool = False
) -> Post:
    """Everything that is asked at once, with the three buttons; `later`: something else is asked then."""
    means = "; ".join(dict.fromkeys(ask.anyway for ask in asks))
    return Post(
        title=_TITLE,
        body=(*(line for ask in asks for line in ask.lines), *([_LATER] if later else []), _own(message)),
        small=f"Send: {_NEXT if later else means}.",
        accent=TROUBLE_COLOUR,
        buttons=_choices(draft),
    )


def kept(
    draft: str, sentences: Iterable[str], message: MessageToFan, *, again: bool = False, waits: bool = False
) -> Post:
    """Say why it did not leave; it may be changed or discarded, and with `again` tried as is.

    `waits`: a lead decides, until its author takes it back.
    """
    return Post(
        title=_WAITS if waits else _TITLE,
        body=(*_fitting(sentences, _ROOM), _own(message)),
        small=_LEADS if waits else _YOURS,
        accent=TROUBLE_COLOUR,
        buttons=waiting_choices(draft) if waits else _choices(draft, "Try again" if again else None),
    )


def unfinished(draft: str, message: MessageToFan) -> Post:
    """What is still being put together, where the vault cannot be shown beside it."""
    return Post(
        title=_TITLE, body=(_own(message),), small=_YOURS, accent=TROUBLE_COLOUR, buttons=_unfinished(draft)
    )


def still_open(draft: str) -> Post:
    """The same after a start, in place of any earlier words; without the text, which is kept elsewhere."""
    return Post(
        title=_TITLE,
        body=("The bridge restarted. Your reply is kept with what you added. Not sent.",),
        small="Add media shows it again.",
        accent=TROUBLE_COLOUR,
        buttons=_unfinished(draft, send=False),
    )


def not_taken(author: DiscordId) -> str:
    """Said in the thread, where nothing private can be said any more."""
    return f"⚠ <@{author}>, your last reply here was not sent: the bridge stopped. Please write it again."


def still_scheduled(choices: tuple[Button, ...]) -> Post:
    """After a start, in place of any earlier words; without the text, which is kept elsewhere."""
    body = "⏰ The bridge restarted. Your scheduled reply is kept: its line in the thread shows it."
    return Post(body=(body,), buttons=choices)


def waiting_choices(draft: str) -> tuple[Button, ...]:
    """Its author's choices while a lead has it."""
    return Button(EDIT, draft, "Edit"), Button(TAKE_BACK, draft, "Take back", "danger")


def still_waits(draft: str) -> Post:
    """After a start, in place of any earlier words; without the text, which is kept elsewhere."""
    return Post(
        title=_WAITS,
        body=("The bridge restarted. Your reply is kept and is waiting for a lead.",),
        small=_LEADS,
        accent=TROUBLE_COLOUR,
        buttons=waiting_choices(draft),
    )


def interrupted(draft: str, *, asked: bool = True) -> Post:
    """After a start, in place of any earlier words; without the text, which is kept elsewhere.

    `asked`: whether it can go out as it is.
    """
    return Post(
        title=_TITLE,
        body=("The bridge restarted before your reply was sent. Not sent, and your text is kept.",),
        small="Send: we ask you again if there's a new message." if asked else "Press Edit to get it back.",
        accent=TROUBLE_COLOUR,
        buttons=_choices(draft, "Send" if asked else None),
    )


def too_late(draft: str, other: Draft) -> Post:
    """After a start, where `other`, which this one changes, was settled before it could be taken."""
    return Post(
        title=_TITLE,
        body=(settled(other), "What you typed after that is kept, and none of it was sent."),
        small="Press Edit to get it back.",
        accent=TROUBLE_COLOUR,
        buttons=_choices(draft, None),
    )


def settled(draft: Draft) -> str:
    """Tell the end of a kept reply."""
    when = f" <t:{draft.settled_at // 1000}:R>" if draft.settled_at is not None else ""
    return f"{_NOW.get(draft.state, _CLOSED)}{when}"


def _choices(draft: str, send: str | None = "Send") -> tuple[Button, ...]:
    first = (Button(SEND, draft, send, "primary"),) if send is not None else ()
    return (*first, Button(EDIT, draft, "Edit"), Button(DISCARD, draft, "Discard", "danger"))


def _unfinished(draft: str, *, send: bool = True) -> tuple[Button, ...]:
    choices = _choices(draft, "Send" if send else None)
    return (Button(PICK, draft, "Add media", "secondary" if send else "primary"), *choices)


def _own(message: MessageToFan) -> str:
    items = f"{len(message.media)} from the vault" if message.media else ""
    offer = f"for {money(message.price)}" if message.price else ""
    head = " · ".join(filter(None, ["**Your reply**", items, offer]))
    return "\n".join([head, *_quoted(safe(message.text or ""), _OWN)])


def _quoted(text: str, most: int) -> list[str]:
    lines = [f"> {line}" for line in beginning(text, most).splitlines()]
    return lines if len(lines) <= _LINES else [*lines[:_LINES], "> …"]


def _has_room(asks: Iterable[CheckQuestion], room: int) -> bool:
    asked = list(asks)
    return sum(map(_length, asked)) <= room and sum(len(ask.lines) for ask in asked) <= _PARTS


def _length(ask: CheckQuestion) -> int:
    return sum(map(len, ask.lines))


def _fitting(lines: Iterable[str], room: int) -> list[str]:
    """As many whole sentences as there is room for; the others are said to be there."""
    kept_lines: list[str] = []
    for line in lines:
        room -= len(line)
        if room < 0 or len(kept_lines) == _PARTS:
            return [*kept_lines, "… and more, once this is settled."]
        kept_lines.append(line)
    return kept_lines
