"""Says what a Fanvue error means for a delivery, in a person's words.

The one table of reliability rule R5 and its rows C1 to C6 for this side.
"""

from collections.abc import Iterator
from contextlib import contextmanager

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
from bot.model.language import english, msgid

_GIVEN_UP = msgid("Fanvue no longer offers this to the bridge. `doctor` says what else is missing.")


@contextmanager
def as_outcomes(*, reading: bool, gone: DeliveryFailed | None = None) -> Iterator[None]:
    """Raise the delivery error that a Fanvue error inside means; `reading` as for `outcome`.

    `gone`: is raised where Fanvue does not have what it is about.
    """
    try:
        yield
    except ObjectNotFound as error:
        raise gone or outcome(error, reading=reading) from error
    except FanvueError as error:
        raise outcome(error, reading=reading) from error


def outcome(error: FanvueError, *, reading: bool) -> DeliveryFailed:
    """The delivery error that `error` is. A read that ended unclear changed nothing: it is tried again."""
    match error:
        case RequestRateLimited():
            return TryLater(msgid("Fanvue asks us to wait; this waits its turn."), after=error.after)
        case RequestNotSent():
            return TryLater(msgid("We can't reach Fanvue right now; we try again automatically."))
        case RequestUnclear() if reading:
            return TryLater(msgid("Fanvue did not answer properly; we try again automatically."))
        case RequestUnclear():
            return DeliveryUnknown(
                msgid("Fanvue's answer did not arrive, so the chat is checked before anything else.")
            )
        case _:
            return _rejected(error)


def _rejected(error: FanvueError) -> DeliveryFailed:
    match error:
        case TokenUnauthorized():
            return TryLater(
                msgid("Fanvue no longer accepts this creator's sign-in. Use /link to connect it again."),
                paused=True,
            )
        case ScopeMissing():
            needed = " and ".join(error.scopes) or "for this"
            return TryLater(
                english(
                    "Fanvue needs the permission {needed}. Use /link to connect again and allow it.",
                    needed=needed,
                ),
                paused=True,
            )
        case VersionRetired():
            return TryLater(
                msgid(
                    "Fanvue has retired the API version this bridge uses. The bridge's operator must "
                    "update it; nothing is lost meanwhile."
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
            return TargetGone(msgid("Fanvue no longer has this chat or message."))
        case RequestInvalid(reasons=reasons) if reasons:
            return DeliveryRefused(
                english(
                    "Fanvue did not accept this: {reasons}. Change it and send it again.",
                    reasons="; ".join(reasons),
                )
            )
        case _:
            return DeliveryRefused(msgid("Fanvue did not accept this. Change it and send it again."))
