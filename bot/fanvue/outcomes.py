"""Says what a Fanvue error means for a delivery, in a person's words.

The one table of reliability rule R5 and its rows C1 to C6 for this side.
"""

from bot.fanvue.errors import (
    FanvueError,
    Invalid,
    NotContactable,
    NotFound,
    NotOffered,
    NotSent,
    RateLimited,
    ScopeMissing,
    Unauthorized,
    Unclear,
    VersionRetired,
)
from bot.relay.errors import DeliveryFailed, Gone, Refused, TryLater, Unknown
from bot.relay.voices import CANNOT_WRITE, NEEDS_OWN

_GIVEN_UP = "Fanvue does not offer this to the bridge any more. `doctor` says what else is missing."


def outcome(error: FanvueError, *, reading: bool) -> DeliveryFailed:
    """The delivery error that `error` is. A read that ended unclear changed nothing: it is tried again."""
    match error:
        case RateLimited():
            return TryLater("Fanvue asks for a pause; this waits its turn.", after=error.after)
        case NotSent():
            return TryLater("Fanvue cannot be reached right now; this is tried again by itself.")
        case Unclear() if reading:
            return TryLater("Fanvue did not answer properly; this is tried again by itself.")
        case Unclear():
            return Unknown("Fanvue's answer did not arrive, so the chat is checked before anything else.")
        case _:
            return _rejected(error)


def _rejected(error: FanvueError) -> DeliveryFailed:
    match error:
        case Unauthorized():
            return TryLater(
                "Fanvue no longer accepts this creator's sign-in. Use /link to connect it again.", paused=True
            )
        case ScopeMissing():
            needed = " and ".join(error.scopes) or "for this"
            return TryLater(
                f"Fanvue needs the permission {needed}. Use /link to connect again and allow it.", paused=True
            )
        case VersionRetired():
            return TryLater(
                "Fanvue has retired the version of its API that this bridge speaks. "
                "Whoever runs the bridge must update it; nothing is lost meanwhile.",
                paused=True,
            )
        case NotOffered(managed=True):
            return Refused(NEEDS_OWN)
        case NotOffered():
            return Refused(_GIVEN_UP)
        case NotContactable():
            return Refused(CANNOT_WRITE)
        case NotFound():
            return Gone("Fanvue no longer has this chat or message.")
        case Invalid(reasons=reasons) if reasons:
            return Refused(f"Fanvue did not accept this: {'; '.join(reasons)}. Change it and send it again.")
        case _:
            return Refused("Fanvue did not accept this. Change it and send it again.")
