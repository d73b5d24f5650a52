"""The failed ends of a call to Fanvue, by the caller's next step.

FanvueError
├── RequestNotSent           surely not carried out: try later
│   └── RequestRateLimited   the same, and Fanvue or our own budget says how long
├── Rejected          surely not carried out, and repeating it changes nothing
│   ├── Unauthorized    the sign-in is over: a person links again
│   ├── ScopeMissing    a permission is missing: a person links again and allows it
│   ├── NotContactable  this fan cannot be written to: leave this chat alone
│   ├── Invalid         our request breaks a rule of Fanvue's: show the reasons
│   ├── ObjectNotFound        the target is not there (any more): decide again
│   ├── Conflict        the name is taken, or somebody else was faster
│   ├── VersionRetired  this program is too old for Fanvue: tell the operator
│   └── OperationNotOffered      this surface has no such operation: take another road
└── Unclear           may have been carried out: read, never repeat blindly
    └── AnswerTooLong         the answer is longer than the caller can use
"""

from collections.abc import Sequence


class FanvueError(Exception):
    """Never raised directly."""

    def __init__(self, reason: str) -> None:
        """Keep `reason`: for logs and people; it holds no token, no text and no address."""
        super().__init__(reason)
        self.reason = reason


class RequestNotSent(FanvueError):
    """Surely not carried out: no connection was made, so no byte of the request left."""


class RequestRateLimited(RequestNotSent):
    """Surely not carried out: the budget is spent for the next `after` seconds."""

    def __init__(self, reason: str, *, after: float) -> None:
        super().__init__(reason)
        self.after = after


class RequestRejected(FanvueError):
    """Fanvue understood and said no; never raised directly."""


class TokenUnauthorized(RequestRejected):
    """The token was refused, and so was a fresh one."""


class ScopeMissing(RequestRejected):
    """The permission is missing; `scopes` are the ones that this operation needs."""

    def __init__(self, reason: str, *, scopes: Sequence[str]) -> None:
        super().__init__(reason)
        self.scopes = tuple(scopes)


class NotContactable(RequestRejected):
    """Fanvue lets nobody write to this fan: deleted, blocked, or a follower without a subscription."""


class RequestInvalid(RequestRejected):
    """The request breaks a rule; `reasons` are Fanvue's own words, cut and cleaned."""

    def __init__(self, reason: str, *, reasons: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.reasons = tuple(reasons)


class ObjectNotFound(RequestRejected):
    """Unknown to Fanvue, or not visible to this identity."""


class NameConflict(RequestRejected):
    """The name is taken already."""


class VersionRetired(RequestRejected):
    """Fanvue no longer speaks this version; `next_version` is the one it names, if any."""

    def __init__(self, reason: str, *, next_version: str | None) -> None:
        super().__init__(reason)
        self.next_version = next_version


class OperationNotOffered(RequestRejected):
    """The operation does not exist on this surface or, `managed`, for a managed creator; nothing was sent."""

    def __init__(self, reason: str, *, managed: bool = False) -> None:
        super().__init__(reason)
        self.managed = managed


class RequestUnclear(FanvueError):
    """The request may have been carried out: its answer was lost, late, broken or a server error."""


class AnswerTooLong(RequestUnclear):
    """The answer is longer than it may be, and was not read to its end."""
