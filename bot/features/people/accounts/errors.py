"""The errors that can stop a link.

LinkStopped
├── LinkUnavailable        /link gives no ticket now; the sentence says what to do
├── LinkCheckFailed   a check failed; the browser is not told which, the log is
│   └── FanvueLinkFailed  Fanvue's side ended it: the browser is told why, and what helps
│       └── LinkScopeRefused  Fanvue's app has not all that it was asked for
├── LinkDeclined      the visitor said no on a sign-in page
└── LinkPersonMismatch   the Discord account in the browser did not ask for this link
"""

from bot.features.people.accounts.link_causes import LinkCause
from storage.people.pending_links import Ticket
from storage.people.sign_in_attempts import SignInAttempt


class LinkStopped(Exception):
    """Never raised directly."""


class LinkUnavailable(LinkStopped):
    """Raised when a user asks for too many links; its text is for them."""


class LinkCheckFailed(LinkStopped):
    """Raised when a request does not belong to a link under way; its text names the check, for logs only."""


class FanvueLinkFailed(LinkCheckFailed):
    """Raised when Fanvue ended a link, or left out what it takes; `cause` has the words for everybody."""

    def __init__(self, cause: LinkCause, ticket: Ticket | None = None) -> None:
        """`ticket`: the link's owner, until they were told."""
        super().__init__(cause.value)
        self.cause = cause
        self.ticket = ticket


class LinkScopeRefused(FanvueLinkFailed):
    """Raised when Fanvue's app lacks something that was asked for; `attempt` is the one that asked."""

    def __init__(self, attempt: SignInAttempt, ticket: Ticket) -> None:
        super().__init__(LinkCause.UNASKED_SCOPE, ticket)
        self.attempt = attempt


class LinkSessionMismatch(LinkStopped):
    """Raised when the browser is signed in to Fanvue as somebody else; the sign-in may be begun once more."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__()
        self.ticket = ticket


class LinkDeclined(LinkStopped):
    """Raised when the visitor said no; nothing was exchanged."""


class LinkPersonMismatch(LinkStopped):
    """Raised when somebody else than the ticket's owner signed in; the ticket is closed (F1)."""
