"""Says what a Fanvue error means for a delivery, in a person's words.

The one table of reliability rule R5 and its rows C1 to C6 for this side.
"""

from bot.fanvue.errors import (
    FanvueError,
    NotContactable,
    ObjectNotFound,
    OperationNotOffered,
    RequestInvalid,
    RequestNotSent,
    RequestRateLimited,
    RequestUnclear,
    ScopeMissing,
    TokenUnauthorized,
    VersionRetired,
)
from bot.model.acting_account import CANNOT_WRITE, NEEDS_OWN
from bot.model.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown, TargetGone, TryLater

_GIVEN_UP = "Fanvue no longer offers this to the bridge. `doctor` says what else is missing."


def outcome(error: FanvueError, *, reading: bool) -> DeliveryFailed:
    """The delivery error that `error` is. A read that ended unclear changed nothing: it is tried again."""
    match error:
        case RequestRateLimited():
            return TryLater("Fanvue asks us to wait; this waits its turn.", after=error.after)
        case RequestNotSent():
            return TryLater("We can't reach Fanvue right now; we try again automatically.")
        case RequestUnclear() if reading:
            return TryLater("Fanvue did not answer properly; we try again automatically.")
        case RequestUnclear():
            return DeliveryUnknown(
                "Fanvue's answer did not arrive, so the chat is checked before anything else."
            )
        case _:
            return _rejected(error)


def _rejected(error: FanvueError) -> DeliveryFailed:
    match error:
        case TokenUnauthorized():
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
                (
                    "Fanvue has retired the API version this bridge uses. The bridge's operator "
                    "must update it; nothing is lost meanwhile."
                ),
                paused=True,
            )
        case OperationNotOffered(managed=True):
            return DeliveryRefused(NEEDS_OWN)
        case OperationNotOffered():
            return DeliveryRefused(_GIVEN_UP)
        case NotContactable():
            return DeliveryRefused(CANNOT_WRITE)
        case ObjectNotFound():
            return TargetGone("Fanvue no longer has this chat or message.")
        case RequestInvalid(reasons=reasons) if reasons:
            return DeliveryRefused(
                f"Fanvue did not accept this: {'; '.join(reasons)}. Change it and send it again."
            )
        case _:
            return DeliveryRefused("Fanvue did not accept this. Change it and send it again.")
