"""The pace of looks at a followed post: often at first, then never again (pure)."""

from storage.records import Millis

MINUTE: Millis = 60_000
HOUR: Millis = 60 * MINUTE
DAY: Millis = 24 * HOUR
LIST: Millis = 5 * MINUTE  # how often Fanvue's list of posts is read
BEFORE: Millis = DAY  # a post that came out this long before somebody asked is followed, too
LONGEST: Millis = 30 * DAY
# How old a post is at most, and how often it is looked at until then.
_STEPS = ((HOUR, 5 * MINUTE), (DAY, HOUR), (LONGEST, DAY))


def next_look(published: Millis, now: Millis, divisor: float) -> Millis | None:
    """The next look at a post that came out then; None: never again. `divisor` shortens the pauses."""
    for until, every in _STEPS:
        if now - published < until:
            return now + max(int(every / divisor), 1)
    return None
