"""The texts about a mass message that is tried on one fan (pure)."""

from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Button, MessageToFan, Post
from bot.text.render import money
from bot.text.safe_text import parts_of, safe

BACK = msgid("Back to the draft")
OVER = msgid("This question has expired. Not sent: press Test to one fan under the draft again.")
TAKEN = msgid("This was already taken, and is not sent again: the fan's thread shows the result.")
NO_THREAD = msgid("This fan no longer has an open thread here. Not sent: choose another one.")
CHANGE = msgid("Not sent. Change the draft and test it again; the draft itself is unchanged.")
_TEXT = 2000  # characters that are shown: a Discord message holds 4,000 in all


def question(ref: str, view: str, who: str, message: MessageToFan) -> Post:
    """A last look before a real person gets it."""
    told = tr(
        "⚠️ **{fan} is a real fan and really gets this**, as a message in their chat. It "
        "looks like any other message there.",
        fan=who,
    )
    if message.price:
        told += tr(
            "\nIt costs them {price}: **they may buy it**, and then it is sold.", price=money(message.price)
        )
    return Post(
        title=tr("Test to one fan"),
        body=(*_text(message.text), *_media(message), told),
        small=tr("Not sent yet. The draft and its lists stay the same, whatever you press."),
        buttons=(
            Button("onefan.send", ref, tr("Send to this one fan"), "primary"),
            Button("compose.go", view, tr(BACK)),
        ),
    )


def _text(text: str | None) -> tuple[str, ...]:
    if not text:
        return ()
    first, *rest = parts_of(text, _TEXT)
    left = len(text) - len(first)
    return (
        (safe(first), tr("… and {more} more characters, which are sent as well.", more=number_text(left)))
        if rest
        else (safe(first),)
    )


def _media(message: MessageToFan) -> tuple[str, ...]:
    if not message.media:
        return ()
    items = tr_many("{n} item from the vault", "{n} items from the vault", len(message.media))
    offer = (
        tr("🔒 {items} for **{price}**", items=items, price=money(message.price))
        if message.price
        else tr("📎 {items}, free", items=items)
    )
    return (f"{offer}{tr(', with a preview') if message.preview else ''}",)
