"""What is read in the test forum, and in the window that is tried there."""

from typing import Final

from bot.features.operations.live_discord.window_facts import WindowFacts
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post

TRY: Final = "live_discord.try"  # the action of the button, and of the window that it opens

WINDOW: Final = msgid("A test window")
CHOICE: Final = msgid("Choose one")
FIRST, SECOND = msgid("The first"), msgid("The second")
FILE: Final = msgid("Add a small picture")
THANKS: Final = msgid("Thank you. The check in the terminal goes on by itself.")
_BODY: Final = msgid("Part of a check that runs in a terminal. All of this is removed at its end.")
_BUTTON: Final = msgid("Open the window")
ACCENT: Final = 0x5865F2


def title() -> str:
    """The name of the post."""
    return tr("Test post of the bridge")


def card(ref: str) -> Post:
    """The first message of the post, with a button beside its words."""
    return Post((tr(_BODY),), title(), buttons=(Button(TRY, ref, _BUTTON, "primary"),), beside=True)


def arrived(facts: WindowFacts) -> Post:
    """The same message once a window was sent: the check reads the small print."""
    return Post((tr("The window has arrived."),), title(), small=facts.written())


def line() -> Post:
    """An ordinary message."""
    return Post((tr("A test line."),))


def boxed_line() -> Post:
    """A message in a box."""
    return Post((tr("A test line in a box."),), accent=ACCENT)


def for_everyone() -> Post:
    """A line with the words that would notify a server."""
    return Post((tr("A test line that names @everyone and notifies nobody."),))


def for_one(member: int) -> Post:
    """A line that mentions one member."""
    return Post((tr("A test line that notifies you: {who}", who=f"<@{member}>"),))


def boxed_for_one(member: int) -> Post:
    """The same in a box."""
    return Post((tr("A test line in a box that notifies you: {who}", who=f"<@{member}>"),), accent=ACCENT)


def edited_for_one(member: int) -> Post:
    """What a line becomes that names a member, and may not notify them."""
    return Post((tr("An edited test line that notifies nobody: {who}", who=f"<@{member}>"),))
