"""Texts about replies that wait before they are sent (pure)."""

CANCELLED = "Cancelled. Not sent."
NOT_YOURS = "This button isn't for one of your replies."
NO_TEXT = f"{CANCELLED} The text is no longer kept."
_MORE = "The person who sends one can cancel it until then."


def too_late(why: str) -> str:
    """The press came too late. `why`: what became of the reply."""
    return f"Too late to cancel. {why} The thread shows the result."


def shown(seconds: int) -> str:
    """/inbox hold without a number."""
    if not seconds:
        return "Replies are sent right away. `/inbox hold seconds:` adds a few seconds to cancel."
    return (
        f"Replies wait {seconds} s before they are sent. {_MORE} Turn this off with `/inbox hold seconds:0`."
    )


def done(seconds: int) -> str:
    if not seconds:
        return "From now on replies are sent right away. Those that already wait are sent at their time."
    return f"From now on replies wait {seconds} s before they are sent. {_MORE}"
