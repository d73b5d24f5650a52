"""The words to a member whose reply did not leave at once (pure)."""

from collections.abc import Iterable, Mapping, Sequence

from bot.features.inbox.checks.model import CheckQuestion
from bot.model.language import msgid, tr, tr_stored
from bot.model.ports import Button, MessageToFan, Post
from bot.relay.reply_gate import DISCARD, EDIT, PICK, SEND
from bot.text.colours import TROUBLE_COLOUR
from bot.text.graphemes import letter_end
from bot.text.render import money
from bot.text.safe_text import safe
from storage.engine.drafts import Draft
from storage.records import DiscordId, Millis

TAKE_BACK = "review.back"
NOT_YOURS = msgid("This isn't one of your pending replies.")
NOT_KEPT = msgid("This reply's text is no longer kept. Not sent: please write it again.")
DISCARDED = msgid("Discarded. Not sent.")
OVER = msgid("This draft is too old to send as is. Press Edit to review it.")
SENT_ALREADY = msgid("Your input was already taken. The thread shows the result.")
_TITLE, _WAITS = msgid("Not sent yet"), msgid("Waiting for a lead")
_LATER = msgid("There is more to ask than fits here.")
_NEXT = msgid("you get the remaining questions before anything is sent")
_YOURS = msgid("Only you see this. Your text is kept: press Edit to get it back.")
_LEADS = msgid(
    "Only you and the leads see this. Edit sends it for review again. Take back cancels "
    "it and keeps your text."
)
_ENTRY, _OWN, _ROOM = 360, 500, 2600  # characters
_LINES, _PARTS = 8, 20  # lines of one quotation, and quotations: Discord counts both
_NOW = {
    "sent": msgid("This reply was already sent. The thread shows the result."),
    "discarded": msgid("This reply was already discarded. Not sent."),
    "edited": msgid("This reply has a newer version."),
    "taken": msgid("Someone else already took this draft. The thread shows the result."),
    "replaced": msgid("There was a new message after this, so you were asked again."),
    "expired": msgid("This waited too long. Not sent: please write it again."),
    "approved": msgid("A lead approved this. The thread shows the result."),
    "returned": msgid("A lead returned this. Not sent: press Open in the thread to see why."),
    "withdrawn": msgid("You took this back. Not sent."),
    "unlinked": msgid("Closed: the creator disconnected their Fanvue account. Not sent."),
    "removed": msgid("Closed: you were removed from the team. Not sent."),
}
_CLOSED = msgid("This is closed. Not sent.")


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
    means = "; ".join(dict.fromkeys(tr_stored(ask.anyway) for ask in asks))
    return Post(
        title=tr(_TITLE),
        body=(*(line for ask in asks for line in ask.lines), *([tr(_LATER)] if later else []), _own(message)),
        # Translators: what the button Send does, such as "your reply is sent as you wrote it".
        small=tr("Send: {next}.", next=tr(_NEXT) if later else means),
        accent=TROUBLE_COLOUR,
        buttons=_choices(draft, tr("Send")),
    )


def kept(
    draft: str, sentences: Iterable[str], message: MessageToFan, *, again: bool = False, waits: bool = False
) -> Post:
    """Say why it did not leave; it may be changed or discarded, and with `again` tried as is.

    `waits`: a lead decides, until its author takes it back.
    """
    return Post(
        title=tr(_WAITS) if waits else tr(_TITLE),
        body=(*_fitting(sentences, _ROOM), _own(message)),
        small=tr(_LEADS) if waits else tr(_YOURS),
        accent=TROUBLE_COLOUR,
        buttons=waiting_choices(draft) if waits else _choices(draft, tr("Try again") if again else None),
    )


def unfinished(draft: str, message: MessageToFan) -> Post:
    """What is still being put together, where the vault cannot be shown beside it."""
    return Post(
        title=tr(_TITLE),
        body=(_own(message),),
        small=tr(_YOURS),
        accent=TROUBLE_COLOUR,
        buttons=_unfinished(draft),
    )


def still_open(draft: str) -> Post:
    """The same after a start, in place of any earlier words; without the text, which is kept elsewhere."""
    return Post(
        title=tr(_TITLE),
        body=(tr("The bridge restarted. Your reply is kept with what you added. Not sent."),),
        small=tr("Add media shows it again."),
        accent=TROUBLE_COLOUR,
        buttons=_unfinished(draft, send=False),
    )


def not_taken(author: DiscordId, at: Millis) -> str:
    """Said in the thread, where nothing private can be said any more, of the reply that was typed `at`.

    Where Discord failed at first, its author may have sent the same words once more: the time tells which.
    """
    return tr(
        "⚠ <@{author}>, your reply of <t:{at}:t> was not sent: the bridge stopped. Please write it again.",
        author=author,
        at=at // 1000,
    )


def still_scheduled(choices: tuple[Button, ...]) -> Post:
    """After a start, in place of any earlier words; without the text, which is kept elsewhere."""
    body = tr("⏰ The bridge restarted. Your scheduled reply is kept: its line in the thread shows it.")
    return Post(body=(body,), buttons=choices)


def waiting_choices(draft: str) -> tuple[Button, ...]:
    """Its author's choices while a lead has it."""
    return Button(EDIT, draft, tr("Edit")), Button(TAKE_BACK, draft, tr("Take back"), "danger")


def still_waits(draft: str) -> Post:
    """After a start, in place of any earlier words; without the text, which is kept elsewhere."""
    return Post(
        title=tr(_WAITS),
        body=(tr("The bridge restarted. Your reply is kept and is waiting for a lead."),),
        small=tr(_LEADS),
        accent=TROUBLE_COLOUR,
        buttons=waiting_choices(draft),
    )


def interrupted(draft: str, *, asked: bool = True) -> Post:
    """After a start, in place of any earlier words; without the text, which is kept elsewhere.

    `asked`: whether it can go out as it is.
    """
    return Post(
        title=tr(_TITLE),
        body=(tr("The bridge restarted before your reply was sent. Not sent, and your text is kept."),),
        small=tr("Send: we ask you again if there's a new message.")
        if asked
        else tr("Press Edit to get it back."),
        accent=TROUBLE_COLOUR,
        buttons=_choices(draft, tr("Send") if asked else None),
    )


def too_late(draft: str, other: Draft) -> Post:
    """After a start, where `other`, which this one changes, was settled before it could be taken."""
    return Post(
        title=tr(_TITLE),
        body=(settled(other), tr("What you typed after that is kept, and none of it was sent.")),
        small=tr("Press Edit to get it back."),
        accent=TROUBLE_COLOUR,
        buttons=_choices(draft, None),
    )


def settled(draft: Draft) -> str:
    """Tell the end of a kept reply."""
    when = f" <t:{draft.settled_at // 1000}:R>" if draft.settled_at is not None else ""
    return f"{tr(_NOW.get(draft.state, _CLOSED))}{when}"


def _choices(draft: str, send: str | None) -> tuple[Button, ...]:
    first = (Button(SEND, draft, send, "primary"),) if send is not None else ()
    return (*first, Button(EDIT, draft, tr("Edit")), Button(DISCARD, draft, tr("Discard"), "danger"))


def _unfinished(draft: str, *, send: bool = True) -> tuple[Button, ...]:
    choices = _choices(draft, tr("Send") if send else None)
    return (Button(PICK, draft, tr("Add media"), "secondary" if send else "primary"), *choices)


def _own(message: MessageToFan) -> str:
    items = tr("{number} from the vault", number=len(message.media)) if message.media else ""
    offer = tr("for {price}", price=money(message.price)) if message.price else ""
    head = " · ".join(filter(None, [tr("**Your reply**"), items, offer]))
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
            return [*kept_lines, tr("… and more, once this is settled.")]
        kept_lines.append(line)
    return kept_lines
