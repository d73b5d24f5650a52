"""The line of a scheduled reply in its thread, and its author's choices (pure)."""

from dataclasses import replace

from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.relay.reply_gate import DISCARD, EDIT, SEND
from bot.text.colours import QUIET_COLOUR, TROUBLE_COLOUR
from storage.records import EffectId, Millis


def choices(ref: str, also: str = "") -> tuple[Button, ...]:
    """Its author's choices. `also`: the line that shows them is found by this too."""
    more = (also,) if also else ()
    return (
        Button(EDIT, ref, tr("Change"), also=more),
        Button(SEND, ref, tr("Send now")),
        Button(DISCARD, ref, tr("Cancel"), "danger"),
    )


def settled_line(shown: Post, words: str, line: EffectId, ref: str | None) -> Post:
    """In place of its time; `ref`: its author may still do something, so it stays as it is otherwise."""
    if ref is not None:
        return replace(shown, small=words, accent=TROUBLE_COLOUR, buttons=choices(ref, line))
    buttons = (Button("reply", line, tr("Reply")),)
    return replace(shown, body=(), outline=None, small=words, accent=QUIET_COLOUR, buttons=buttons)


def waiting_line(bare: Post, ref: str, line: str, at: Millis) -> Post:
    """The reply as it will be, with its time."""
    _, *more = (bare.small or "").split("\n")
    small = "\n".join([tr("⏰ Scheduled for {moment}", moment=moment(at)), *more])
    return replace(bare, small=small, accent=QUIET_COLOUR, buttons=choices(ref, line))


def moment(at: Millis) -> str:
    return f"<t:{at // 1000}:f>, <t:{at // 1000}:R>"
