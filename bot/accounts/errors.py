"""What can stop a link.

LinkStopped
├── NotNow        /link gives no ticket now; the sentence says what to do
├── CheckFailed   a check failed; the browser is not told which, the log is
│   └── ScopeRefused  Fanvue's app has not all that it was asked for
├── Declined      the visitor said no on a sign-in page
└── OtherPerson   the Discord account in the browser did not ask for this link
"""

from storage.attempts import Attempt
from storage.logins import Ticket


class LinkStopped(Exception):
    """Never raised directly."""


class NotNow(LinkStopped):
    """Raised when a user asks for too many links; its text is for them."""


class CheckFailed(LinkStopped):
    """Raised when a request does not belong to a link under way; its text names the check, for logs only."""


class ScopeRefused(CheckFailed):
    """Raised when Fanvue's app lacks something that was asked for; `attempt` is the one that asked."""

    def __init__(self, attempt: Attempt, ticket: Ticket) -> None:
        super().__init__("invalid_scope")
        self.attempt = attempt
        self.ticket = ticket


class Declined(LinkStopped):
    """Raised when the visitor said no; nothing was exchanged."""


class OtherPerson(LinkStopped):
    """Raised when somebody else than the ticket's owner signed in; the ticket is closed (F1)."""
