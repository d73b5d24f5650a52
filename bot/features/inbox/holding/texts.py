"""Texts about replies that wait before they are sent (pure)."""

from bot.model.language import msgid, tr

CANCELLED = msgid("Cancelled. Not sent.")
NOT_YOURS = msgid("This button isn't for one of your replies.")
NO_TEXT = msgid("Cancelled. Not sent. The text is no longer kept.")
_MORE = msgid("The person who sends one can cancel it until then.")


def too_late(why: str) -> str:
    """The press came too late. `why`: what became of the reply."""
    return tr("Too late to cancel. {why} The thread shows the result.", why=why)


def shown(seconds: int) -> str:
    """/inbox hold without a number."""
    if not seconds:
        return tr("Replies are sent right away. `/inbox hold seconds:` adds a few seconds to cancel.")
    return tr(
        "Replies wait {seconds} s before they are sent. {more} Turn this off with `/inbox hold seconds:0`.",
        seconds=seconds,
        more=tr(_MORE),
    )


def done(seconds: int) -> str:
    if not seconds:
        return tr("From now on replies are sent right away. Those that already wait are sent at their time.")
    return tr(
        "From now on replies wait {seconds} s before they are sent. {more}", seconds=seconds, more=tr(_MORE)
    )
