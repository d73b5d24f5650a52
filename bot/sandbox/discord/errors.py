"""Discord's error answers: status, JSON code and sentence."""

from collections.abc import Iterable
from typing import Any

from bot.sandbox.discord.shape import BodyShape, ShapeProblem, nested

# code: (HTTP status, sentence). The codes are Discord's, documented under "JSON error codes".
SENTENCES: dict[int, tuple[int, str]] = {
    0: (401, "401: Unauthorized"),
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (400, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20012: (403, "You are not authorized to perform this action on this application"),
    20016: (429, "This action cannot be performed due to slowmode rate limit"),
    20028: (429, "The write action you are performing on the channel has hit the write rate limit"),
    30003: (400, "Maximum number of pins reached for the channel (250)"),
    30005: (400, "Maximum number of guild roles reached (250)"),
    30010: (400, "Maximum number of reactions reached (20)"),
    30013: (400, "Maximum number of guild channels reached (500)"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    40067: (400, "A tag is required to create a forum post in this channel"),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50021: (403, "Cannot execute action on a system message"),
    50024: (400, "Cannot execute action on this channel type"),
    50025: (401, "Invalid OAuth2 access token provided"),
    50027: (401, "Invalid Webhook Token"),
    50034: (400, "You can only bulk delete messages that are under 14 days old."),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    160004: (400, "A thread has already been created for this message"),
    160005: (403, "Thread is locked"),
    160006: (400, "Maximum number of active threads reached"),
    200000: (400, "Message was blocked by automatic moderation"),
    240000: (400, "Message blocked by harmful links filter"),
}


class DiscordApiError(Exception):
    """An answer that is not a success; the server turns it into JSON."""

    def __init__(self, code: int, errors: dict[str, Any] | None = None) -> None:
        """The status and the sentence come from the table."""
        self.status, self.message = SENTENCES[code]
        self.code = code
        self.errors = errors
        super().__init__(f"{self.status} {code}: {self.message}")

    def body(self) -> dict[str, Any]:
        """The JSON that Discord would send."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        return body


class ResourceRateLimited(DiscordApiError):
    """A 429 that belongs to one resource: slowmode, or a channel renamed too often."""

    def __init__(self, code: int, retry_after: float) -> None:
        """`retry_after` in seconds."""
        super().__init__(code)
        self.retry_after = retry_after


def invalid(*problems: ShapeProblem) -> DiscordApiError:
    """A 50035 with these problems."""
    return DiscordApiError(50035, nested(list(problems)))


def wrong(path: str, code: str, message: str) -> DiscordApiError:
    """A 50035 with one problem; the path is written with dots."""
    return invalid(ShapeProblem(tuple(path.split(".")), code, message))


def must_fit(shape: BodyShape, value: Any, extra: Iterable[ShapeProblem] = ()) -> None:
    """Raise 50035 with everything that is wrong, or return."""
    problems = [*shape.problems(value, ()), *extra]
    if problems:
        raise invalid(*problems)
