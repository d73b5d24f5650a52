"""The button Unsend under a sent line, and what came of it (pure)."""

from collections.abc import Iterator
from dataclasses import replace

from bot.model.language import msgid, tr, tr_stored
from bot.model.ports import Button, Post
from bot.text.colours import QUIET_COLOUR, TROUBLE_COLOUR
from bot.text.render import note
from storage.records import Effect, EffectState, MessagePair

ASK, UNSEND = "unsend.ask", "reply.unsend"  # the button under a line, and the one that does it

BOUGHT = msgid("The fan has bought it, so Fanvue doesn't take it back.")
NOTHING = msgid("This button isn't for a message sent from here.")
ASKED = msgid("We asked Fanvue to take it back. This thread shows the result.")
_QUESTION = msgid("Take this back? The fan may have read it already.")
_LINE_DELETED = msgid(
    "Someone deleted the line of a sent reply here. This doesn't change Fanvue: the fan "
    "still has the message."
)


def question(ref: str) -> Post:
    """What is asked before a message is taken back; `ref`: its send, or its line."""
    return Post(body=(tr(_QUESTION),), buttons=(Button(UNSEND, ref, tr("Unsend"), "danger"),))


def offered(post: Post, ref: str) -> Post:
    """A line with the button; `ref` finds the line or its send again."""
    return replace(post, buttons=(*post.buttons, Button(ASK, ref, tr("Unsend"))))


def reply_line(post: Post, send: Effect, paired: MessagePair | None, unsend: Effect | None) -> Post:
    """The line of a reply: with the button while Fanvue would take it back, later with what came of it."""
    if unsend is not None:
        return outcome(post, unsend)
    if send.state is not EffectState.DONE or paired is None or paired.bought_at is not None:
        return post
    return offered(post, send.id)


def outcome(post: Post, unsend: Effect) -> Post:
    """A line whose message was asked to be taken back; the button is gone."""
    said, accent = _state(unsend), QUIET_COLOUR
    if unsend.state in (EffectState.UNKNOWN, EffectState.REJECTED):
        accent = TROUBLE_COLOUR
    small = said if unsend.state is EffectState.DONE else "\n".join(filter(None, (post.small, said)))
    return replace(post, small=small, accent=accent, buttons=tuple(_without(post)))


def line_deleted(ref: str, at: int, became: str | None) -> Post:
    """A note below a reply whose line was deleted here. `became`: what is known; None: it can be unsent."""
    post = note(f"{tr(_LINE_DELETED)} {became or ''}".rstrip(), ref=ref, at=at)
    if became is not None:
        return post
    return replace(post, buttons=(*post.buttons, Button(UNSEND, ref, tr("Unsend"), "danger")))


def became(state: EffectState, reason: str | None) -> str:
    """The same of that note, once it was asked for."""
    match state:
        case EffectState.DONE:
            return tr("It was taken back since: the fan no longer has it.")
        case EffectState.UNKNOWN:
            return tr("Not sure yet whether Fanvue took it back: we are checking the chat.")
        case EffectState.REJECTED:
            return tr(
                "Fanvue did not take it back: {reason}",
                reason=tr_stored(reason or "") or tr("it gave no reason."),
            )
        case EffectState.CANCELLED:
            return tr("Kept as is.")
        case _:
            return tr("It will be taken back. {reason}", reason=tr_stored(reason or "")).rstrip()


def _state(unsend: Effect) -> str:
    reason = tr_stored(unsend.reason or "")
    match unsend.state:
        case EffectState.DONE:
            return tr("↩ Taken back <t:{at}:t>", at=(unsend.settled_at or unsend.created_at) // 1000)
        case EffectState.UNKNOWN:
            return tr("⚠ Not sure yet whether Fanvue took it back: checking the chat.")
        case EffectState.REJECTED:
            return tr("⚠ Not taken back: {reason}", reason=reason or tr("Fanvue gave no reason."))
        case EffectState.CANCELLED:
            return tr("Not taken back.")
        case _:
            return tr("↩ Taking it back … {reason}", reason=reason).rstrip()


def _without(post: Post) -> Iterator[Button]:
    return (button for button in post.buttons if button.action != ASK)
