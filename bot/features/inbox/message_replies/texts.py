"""Texts about typing to fans: questions, refusals, the setting (pure)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.inbox.message_replies.rules import MessageDoubt
from bot.model.ports import Button, Post
from bot.relay.reply_queue import CANCEL
from bot.text import render
from storage.inbox.message_replies import TypedMessageState
from storage.records import DiscordId, EffectId, Millis

SEND, INSIDE, LOOK = "typed.send", "typed.inside", "typed.look"
SETTLED = "This was settled already. The thread shows what became of it."
OFF = "Typing does not go to the fans of this creator any more. Nothing was sent: /reply sends it."
GONE = "What you typed is not in the thread any more. Nothing was sent."
FREE = "**Nothing speaks against it any more.**"
AS_TYPED = "your reply goes out as you typed it"
BECAME = {
    TypedMessageState.TAKEN: "On its way. The thread shows when it is sent.",
    TypedMessageState.HELD: "It waits for a lead. The line in the thread opens it.",
    TypedMessageState.INSIDE: "Kept inside: that is how it begins now. Nothing was sent.",
}
KEPT_INSIDE = "🔒 Kept inside. The fan did not get it."
_CHANGED = (
    "<@{member}> changed what they typed after the bridge had taken it. Fanvue has no edit: what goes to the "
    "fan, or has gone, is what stood there first."
)
_QUESTIONS = {
    MessageDoubt.FIRST: (
        "<@{member}>, what you type in this creator's threads goes to the fan. Send this, and from now on "
        "without asking?"
    ),
    MessageDoubt.LATE: "<@{member}> typed this while the bridge could not hear it. Send it to the fan now?",
    MessageDoubt.EXTRAS: (
        "<@{member}>, only the text can go to the fan from here. Pictures come from the vault, with /reply. "
        "Send the text alone?"
    ),
    MessageDoubt.COMMAND: "<@{member}>, this looks like a command. Send it to the fan all the same?",
    MessageDoubt.COLLEAGUE: (
        "<@{member}>, this answers somebody of the team. Send it to the fan all the same?"
    ),
    MessageDoubt.MARK: (
        "<@{member}>, there is a mention, an emoji or the like in this that only Discord can show: the fan "
        "reads it as code. Send it all the same?"
    ),
}
_PORTAL = (
    "Discord Developer Portal → your application → Bot → Privileged Gateway Intents: switch on “Message "
    "Content Intent”"
)
_SETTING = "put `MESSAGE_CONTENT=on` into the bridge's settings"


def question(why: MessageDoubt, ref: EffectId, member: DiscordId, inside: str, at: Millis) -> Post:
    """The question to a member. It shows nothing that is not in the thread already."""
    text = _QUESTIONS[why].format(member=member)
    more = f"What you type here until you press waits with it. `{inside}` before a message keeps it inside."
    words = f"{text}\n-# {more}" if why in (MessageDoubt.FIRST, MessageDoubt.LATE) else text
    choices = (Button(SEND, ref, "Send", "primary"), Button(INSIDE, ref, "Keep inside"))
    return _line(words, ref, at, choices)


def stopped(ref: EffectId, member: DiscordId, at: Millis) -> Post:
    """A message did not leave. Why is for its member alone."""
    return _line(f"⚠️ Not sent yet: <@{member}>, Look says why.", ref, at, (Button(LOOK, ref, "Look"),))


def waits(ref: EffectId, send: EffectId, member: DiscordId, seconds: int, at: Millis) -> Post:
    """It leaves in some seconds. Cancel names the reply; by Reply the line is found again."""
    words = f"What <@{member}> typed leaves in {seconds} s. Cancel takes it back until then."
    return _line(words, ref, at, (Button("reply", ref, "Reply"), Button(CANCEL, send, "Cancel", "danger")))


def only_text(ref: EffectId, at: Millis) -> Post:
    """There was no text in it."""
    return _line(
        "🔒 This stays inside: only text goes to the fan. /reply sends what is in the vault.", ref, at
    )


def barred(ref: EffectId, member: DiscordId, at: Millis) -> Post:
    """Said once to somebody who may not answer."""
    return _line(f"🔒 What <@{member}> types here stays inside: they do not answer these fans.", ref, at)


def kept_off(ref: EffectId, at: Millis) -> Post:
    """The mode is on, and texts are kept off Discord."""
    words = "🔒 This stays inside: texts of this creator are kept off Discord now. /reply answers the fan."
    return _line(words, ref, at)


def changed(ref: EffectId, member: DiscordId, at: Millis) -> Post:
    """A typed message was edited too late."""
    return _line(_CHANGED.format(member=member), ref, at)


def sent(member: DiscordId, why: MessageDoubt, inside: str, stopped: int) -> str:
    """In the place of a question, in view of the thread."""
    after = f" {stopped} of it did not leave: Look says why." if stopped else ""
    if why is MessageDoubt.FIRST:
        return f"What <@{member}> types here goes to the fan from now on; `{inside}` keeps it inside.{after}"
    return f"<@{member}> sent it to the fan.{after}"


def switched_on(inside: str) -> str:
    """It holds from now on."""
    return (
        "From now on what your team types in the threads of this creator's fans goes to the fan. "
        f"`{inside}` before a message keeps it inside. Where it may not be meant for the fan, its author is "
        "asked first, and so is everybody once, at their first message. The cards say so."
    )


def holds(inside: str | None) -> str:
    if inside is None:
        return "What is typed in the threads stays inside. `/inbox typing state:on` changes that."
    return (
        f"What is typed in the threads goes to the fans; `{inside}` keeps it inside. `state:off` ends that."
    )


SWITCHED_OFF = "From now on what is typed in the threads stays inside. The cards say so in a moment."
NO_BEGINNING = (
    "This cannot keep a message inside: take one to five signs such as `//` or `%%`, without letters, digits "
    "and blanks, and none with which Discord's own signs begin."
)
NO_FORUM = "This creator has no forum yet: run /setup first."
TEXTS_OFF = (
    "This creator keeps texts off Discord or under a cover (/privacy mode), and what somebody types stands "
    "there as it is. It stays off: choose the mode “full” first."
)


def steps(*, portal: bool, setting: bool, forum: DiscordId | None) -> str:
    """The steps before it can be switched on; at least one of them."""
    wanted: list[str] = []
    if portal:
        wanted.append(_PORTAL)
    if setting:
        wanted.append(f"{_SETTING}, and start it again")
    if forum is not None:
        wanted.append(
            f"in the permissions of <#{forum}> allow the bot “Manage Messages”: what was typed is taken away "
            "once the reply stands there with its state"
        )
    return "It stays off. Before it can be switched on:\n" + "\n".join(_numbered(wanted))


def _numbered(wanted: Sequence[str]) -> list[str]:
    return [f"{number}. {one[0].upper()}{one[1:]}." for number, one in enumerate(wanted, start=1)]


def _line(words: str, ref: EffectId, at: Millis, buttons: tuple[Button, ...] = ()) -> Post:
    """A line of the bridge's own; one without buttons has Reply, by which it is found again."""
    post = render.note(words, ref=ref, at=at)
    return replace(post, buttons=buttons) if buttons else post
