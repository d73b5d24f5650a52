"""The texts about a mass message that is tried on one fan (pure)."""

from bot.model.ports import Button, MessageToFan, Post
from bot.text.render import money
from bot.text.safe_text import parts_of, safe

BACK = "Back to the draft"
OVER = "This question has expired. Not sent: press Test to one fan under the draft again."
TAKEN = "This was already taken, and is not sent again: the fan's thread shows the result."
NO_THREAD = "This fan no longer has an open thread here. Not sent: choose another one."
CHANGE = "Not sent. Change the draft and test it again; the draft itself is unchanged."
_TEXT = 2000  # characters that are shown: a Discord message holds 4,000 in all


def question(ref: str, view: str, who: str, message: MessageToFan) -> Post:
    """A last look before a real person gets it."""
    told = (
        f"⚠️ **{who} is a real fan and really gets this**, as a message in their chat. It "
        "looks like any other message there."
    )
    if message.price:
        told += f"\nIt costs them {money(message.price)}: **they may buy it**, and then it is sold."
    return Post(
        title="Test to one fan",
        body=(*_text(message.text), *_media(message), told),
        small="Not sent yet. The draft and its lists stay the same, whatever you press.",
        buttons=(
            Button("onefan.send", ref, "Send to this one fan", "primary"),
            Button("compose.go", view, BACK),
        ),
    )


def _text(text: str | None) -> tuple[str, ...]:
    if not text:
        return ()
    first, *rest = parts_of(text, _TEXT)
    left = len(text) - len(first)
    return (
        (safe(first), f"… and {left:,} more characters, which are sent as well.") if rest else (safe(first),)
    )


def _media(message: MessageToFan) -> tuple[str, ...]:
    if not message.media:
        return ()
    items = f"{len(message.media)} {'item' if len(message.media) == 1 else 'items'} from the vault"
    offer = f"🔒 {items} for **{money(message.price)}**" if message.price else f"📎 {items}, free"
    return (f"{offer}{', with a preview' if message.preview else ''}",)
