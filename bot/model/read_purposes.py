"""The purposes of reads of chats on Fanvue, in the order of the reads (pure).

The names of the lanes in `bot.fanvue.budget` are these; `streams.reading_stream` keeps one from standing
behind another.
"""

from enum import Enum


class ReadPurpose(Enum):
    """The purpose of a read; the first matters most."""

    SETTLE = "settle"  # whether a send of unknown fate took place: what follows it waits
    TEXT = "text"  # a message that came without its text
    OWN = "own"  # a message of the creator's side: ours, or from elsewhere?
    MEDIA = "media"  # what a text had with it
    CARD = "card"  # what a fan is, has seen and bought
    HISTORY = "history"  # what was said before the bridge


# The kinds of effects that read, whichever stream they are in.
READS = {
    "fan.fetch": ReadPurpose.TEXT,
    "fan.read": ReadPurpose.TEXT,
    "echo.check": ReadPurpose.OWN,
    "media.look": ReadPurpose.MEDIA,
    "chat.look": ReadPurpose.CARD,
    "fan.look": ReadPurpose.CARD,
    "history.read": ReadPurpose.HISTORY,
    "history.later": ReadPurpose.HISTORY,
}
