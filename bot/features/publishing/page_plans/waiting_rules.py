"""How long a plan of the web page waits for its press (pure)."""

from bot.features.operations.channel_drafts.model import LIFE, LONGEST_LIFE
from storage.people.retention import DAY
from storage.records import Millis


def waits_until(at: int | None, now: Millis, texts: int) -> Millis:
    """Until its time (in seconds), or for a day where it names none. `texts`: days for which texts are kept.

    Its text lies in its line, which goes when texts of its age go: it ends before, while that can be said.
    """
    longest = now + max(min(LONGEST_LIFE, (texts - 1) * DAY), LIFE)
    return min(longest, now + LIFE if at is None else at * 1000)
