"""Texts about replies that wait before they are sent (pure)."""

CANCELLED = "Cancelled. Nothing was sent."
NOT_YOURS = "This button belongs to no reply of yours."
NO_TEXT = f"{CANCELLED} Its text is not kept any more."
_MORE = "Whoever sends one can cancel it until then."


def too_late(why: str) -> str:
    """The press came too late. `why`: what became of the reply."""
    return f"Too late to cancel. {why} The thread shows what becomes of it."


def shown(seconds: int) -> str:
    """/inbox hold without a number."""
    if not seconds:
        return "Replies are sent at once. `/inbox hold seconds:` has them wait a few seconds first."
    return f"Replies wait {seconds} s before they are sent. {_MORE} `/inbox hold seconds:0` ends that."


def done(seconds: int) -> str:
    if not seconds:
        return "From now on replies are sent at once. What waits already goes out at its time."
    return f"From now on replies wait {seconds} s before they are sent. {_MORE}"
