"""What people read of a program's draft."""

from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, MessageToFan, Post
from bot.text.colours import QUIET_COLOUR
from bot.text.render import money
from bot.text.safe_text import safe
from storage.records import Millis

SEND, EDIT, DISCARD = "program.send", "program.edit", "program.discard"  # its buttons
GONE = msgid("This draft is no longer available.")
TOO_OLD = msgid("This draft is too old to send.")
KEY_ENDED = msgid("The key of the program that wrote this is no longer valid, so the draft can't be sent.")
WRITTEN_SINCE = msgid("Someone has written since.")
ANSWERING = msgid("Someone is answering this fan.")
_LEAVES = msgid(
    "Written by a program. Sent by the owner's rule <t:{at}:R>, unless someone here sends, edits or "
    "discards it first."
)
_STAYS = msgid("Not sent by the owner's rule. {why}")
DISCARDED = msgid("Discarded. Not sent.")
_SMALL = msgid("Written by a program. Nothing is sent until someone here presses Send.")


def shown(
    ref: str, program: str, message: MessageToFan, *, leaves: Millis | None = None, why: str = ""
) -> Post:
    """The line in the fan's thread. `leaves`: when a rule sends it; `why`: what keeps a rule from it."""
    small = tr(_SMALL) if leaves is None else tr(_LEAVES, at=leaves // 1000)
    body = (*((safe(message.text),) if message.text else ()), *_with(message))
    return Post(
        title=tr("Draft by {program}", program=safe(program)),
        body=body,
        outline=(tr("🔒 A draft, kept off Discord"), *_with(message)),
        small=f"{tr(_STAYS, why=why)}\n{small}" if why else small,
        accent=QUIET_COLOUR,
        buttons=(
            Button(SEND, ref, tr("Send"), "primary"),
            Button(EDIT, ref, tr("Edit")),
            Button(DISCARD, ref, tr("Discard"), "danger"),
        ),
    )


def _with(message: MessageToFan) -> tuple[str, ...]:
    """What goes with its text."""
    if not message.media:
        return ()
    items = tr_many("{n} item from the vault", "{n} items from the vault", len(message.media))
    if message.price is None:
        return (items,)
    return (tr("{items}, for {price}", items=items, price=money(message.price)),)
