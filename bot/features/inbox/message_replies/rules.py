"""Typed messages: for the fan, for the team, or not sure (pure)."""

import re
from enum import StrEnum

from bot.relay.typed_messages import TypedThreadMessage
from storage.records import Millis

DEFAULT_INSIDE = "//"
_MARK = re.compile(r"<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|id:\w+|/[^<>]+:\d+)>|@everyone\b|@here\b")
_COMMAND = re.compile(r"[/!?.;&][^\W\d_]")
_INSIDE = re.compile(r"[^\w\s<@#*_~`|>-]{1,5}")


class MessageDoubt(StrEnum):
    """A reason to ask before a message goes to the fan."""

    FIRST = "first"  # they have never typed to a fan of this creator
    LATE = "late"  # it was typed long before the bridge heard of it
    EXTRAS = "extras"  # there is something in it besides text
    COMMAND = "command"  # it looks like one, for the bridge or another bot
    COLLEAGUE = "colleague"  # it answers something that a person wrote
    MARK = "mark"  # what only Discord can show, and a fan would read as code


def stays_inside(text: str, inside: str) -> bool:
    """Whether its author said that the fan does not get it."""
    return text.lstrip().startswith(inside)


def may_begin(inside: str) -> bool:
    """Whether this can say so: one to five signs with which no message to a fan begins."""
    return _INSIDE.fullmatch(inside) is not None


def doubt_of(heard: TypedThreadMessage, *, now: Millis, late: Millis) -> MessageDoubt | None:
    """The doubt, if any, that a message itself raises. `late`: from what age on it is old."""
    text = heard.text.lstrip()
    if heard.extras:
        return MessageDoubt.EXTRAS
    if _COMMAND.match(text):
        return MessageDoubt.COMMAND
    if _MARK.search(text):
        return MessageDoubt.MARK
    if heard.beside:
        return MessageDoubt.COLLEAGUE
    return MessageDoubt.LATE if now - heard.at > late else None
