"""Texts about typing to fans: questions, refusals, the setting (pure)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.inbox.message_replies.rules import MessageDoubt
from bot.model.language import msgid, msgid_many, tr, tr_many
from bot.model.ports import Button, Post
from bot.relay.reply_queue import CANCEL
from bot.text import render
from storage.inbox.message_replies import TypedMessageState
from storage.records import DiscordId, EffectId, Millis

SEND, INSIDE, LOOK = "typed.send", "typed.inside", "typed.look"
SETTLED = msgid("This is already settled. The thread shows the result.")
OFF = msgid("Typing no longer goes to this creator's fans. Not sent: use /reply to send it.")
GONE = msgid("What you typed is no longer in the thread. Not sent.")
FREE = msgid("**Nothing stops this now.**")
AS_TYPED = msgid("your reply is sent as you typed it")
BECAME = {
    TypedMessageState.TAKEN: msgid("On its way. The thread shows when it is sent."),
    TypedMessageState.HELD: msgid("A lead has to approve it. Open it from its line in the thread."),
    TypedMessageState.INSIDE: msgid("Kept inside, because of how it begins now. Not sent."),
}
KEPT_INSIDE = msgid("🔒 Kept inside. The fan did not get it.")
_CHANGED = msgid(
    "<@{member}> changed what they typed after we took it. Fanvue can't edit messages: "
    "the fan gets, or already has, the first version."
)
_QUESTIONS = {
    MessageDoubt.FIRST: msgid(
        "<@{member}>, what you type in this creator's threads goes to the fan. Send this, "
        "and stop asking from now on?"
    ),
    MessageDoubt.LATE: msgid("<@{member}> typed this while the bridge was offline. Send it to the fan now?"),
    MessageDoubt.EXTRAS: msgid(
        "<@{member}>, only the text can go to the fan from here. Send pictures from the "
        "vault with /reply. Send the text alone?"
    ),
    MessageDoubt.COMMAND: msgid("<@{member}>, this looks like a command. Send it to the fan anyway?"),
    MessageDoubt.COLLEAGUE: msgid(
        "<@{member}>, this answers someone on the team. Send it to the fan anyway?"
    ),
    MessageDoubt.MARK: msgid(
        "<@{member}>, this has a mention, an emoji or the like that only Discord can show: "
        "the fan reads it as code. Send it anyway?"
    ),
}
# Translators: of what somebody typed, so many messages; Look is the button's name.
_STOPPED = msgid_many(
    "{n} of it was not sent: press Look to see why.", "{n} of it was not sent: press Look to see why."
)
_PORTAL = msgid(
    "Discord Developer Portal → your application → Bot → Privileged Gateway Intents: "
    "switch on “Message Content Intent”"
)


def question(why: MessageDoubt, ref: EffectId, member: DiscordId, inside: str, at: Millis) -> Post:
    """The question to a member. It shows nothing that is not in the thread already."""
    text = tr(_QUESTIONS[why], member=member)
    more = tr(
        "Anything you type here before you press waits too. `{inside}` before a message keeps it inside.",
        inside=inside,
    )
    words = f"{text}\n-# {more}" if why in (MessageDoubt.FIRST, MessageDoubt.LATE) else text
    choices = (Button(SEND, ref, tr("Send"), "primary"), Button(INSIDE, ref, tr("Keep inside")))
    return _line(words, ref, at, choices)


def stopped(ref: EffectId, member: DiscordId, at: Millis) -> Post:
    """A message did not leave. Why is for its member alone."""
    return _line(
        tr("⚠️ Not sent yet: <@{member}>, press Look to see why.", member=member),
        ref,
        at,
        (Button(LOOK, ref, tr("Look")),),
    )


def waits(ref: EffectId, send: EffectId, member: DiscordId, seconds: int, at: Millis) -> Post:
    """It leaves in some seconds. Cancel names the reply; by Reply the line is found again."""
    words = tr(
        "<@{member}>'s message is sent in {seconds} s. Press Cancel to stop it.",
        member=member,
        seconds=seconds,
    )
    return _line(
        words, ref, at, (Button("reply", ref, tr("Reply")), Button(CANCEL, send, tr("Cancel"), "danger"))
    )


def only_text(ref: EffectId, at: Millis) -> Post:
    """There was no text in it."""
    return _line(
        tr("🔒 This stays inside: only text goes to the fan. Use /reply to send from the vault."), ref, at
    )


def barred(ref: EffectId, member: DiscordId, at: Millis) -> Post:
    """Said once to somebody who may not answer."""
    return _line(
        tr("🔒 <@{member}>'s messages here stay inside: they may not answer these fans.", member=member),
        ref,
        at,
    )


def kept_off(ref: EffectId, at: Millis) -> Post:
    """The mode is on, and texts are kept off Discord."""
    words = tr(
        "🔒 This stays inside: this creator's texts are kept off Discord now. Use /reply to answer the fan."
    )
    return _line(words, ref, at)


def changed(ref: EffectId, member: DiscordId, at: Millis) -> Post:
    """A typed message was edited too late."""
    return _line(tr(_CHANGED, member=member), ref, at)


def sent(member: DiscordId, why: MessageDoubt, inside: str, stopped: int) -> str:
    """In the place of a question, in view of the thread."""
    if why is MessageDoubt.FIRST:
        said = tr(
            "<@{member}>'s messages here now go to the fan; `{inside}` keeps one inside.",
            member=member,
            inside=inside,
        )
    else:
        said = tr("<@{member}> sent it to the fan.", member=member)
    if not stopped:
        return said
    return f"{said} {tr_many(*_STOPPED, stopped)}"


def switched_on(inside: str) -> str:
    """It holds from now on."""
    return tr(
        "Messages typed in this creator's fan threads now go to the fan; `{inside}` before a "
        "message keeps it inside. The cards say so.\nWe ask the author first when it may not "
        "be for the fan, and once at everyone's first message.",
        inside=inside,
    )


def holds(inside: str | None) -> str:
    if inside is None:
        return tr("Messages typed in the threads stay inside. Turn sending on with `/inbox typing state:on`.")
    return tr(
        "Messages typed in the threads go to the fans; `{inside}` keeps one inside. Turn "
        "this off with `state:off`.",
        inside=inside,
    )


SWITCHED_OFF = msgid(
    "From now on messages typed in the threads stay inside. The cards will say so in a moment."
)
NO_BEGINNING = msgid(
    "This can't mark a message as inside. Choose one to five signs like `//` or `%%`: no "
    "letters, digits, spaces or Discord's own signs at the start."
)
NO_FORUM = msgid("This creator has no forum yet: run /setup first.")
TEXTS_OFF = msgid(
    "This creator's texts are kept off Discord or covered (/settings privacy mode), but "
    "typed messages show in full. It stays off: choose the mode “full” first."
)


def steps(*, portal: bool, setting: bool, forum: DiscordId | None) -> str:
    """The steps before it can be switched on; at least one of them."""
    wanted: list[str] = []
    if portal:
        wanted.append(tr(_PORTAL))
    if setting:
        wanted.append(tr("put `MESSAGE_CONTENT=on` into the bridge's settings, and start it again"))
    if forum is not None:
        wanted.append(
            tr(
                "in the permissions of <#{forum}> allow the bot “Manage Messages”: we remove the "
                "typed message once the reply shows its state",
                forum=forum,
            )
        )
    return "\n".join([tr("It stays off. Before you can turn it on:"), *_numbered(wanted)])


def _numbered(wanted: Sequence[str]) -> list[str]:
    return [f"{number}. {one[0].upper()}{one[1:]}." for number, one in enumerate(wanted, start=1)]


def _line(words: str, ref: EffectId, at: Millis, buttons: tuple[Button, ...] = ()) -> Post:
    """A line of the bridge's own; one without buttons has Reply, by which it is found again."""
    post = render.note(words, ref=ref, at=at)
    return replace(post, buttons=buttons) if buttons else post
