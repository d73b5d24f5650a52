"""Answers a creator's own person: how many subscribe, as Fanvue tells it."""

from zoneinfo import ZoneInfo

from bot.access.roles import Money
from bot.figures import wording
from bot.figures.bands import shown_to
from bot.figures.days import lately
from bot.figures.patience import LONGEST, told
from bot.figures.reading import Reading
from bot.relay.ports import Clock, Post
from bot.relay.zones import DEFAULT_ZONE
from storage.records import Link


class Reporting:
    """Reads from Fanvue when asked. Raises CannotTell."""

    def __init__(self, *, reading: Reading, clock: Clock, longest: float = LONGEST) -> None:
        """`longest`: seconds that one answer may take."""
        self._reading = reading
        self._clock = clock
        self._longest = longest

    async def subscribers(self, link: Link, level: Money) -> Post:
        """How many subscribe now, and the change of the last 7 and 30 days of UTC.

        `level`: how exactly they see figures; never `HIDDEN`.
        """
        now, utc = self._clock.now(), ZoneInfo(DEFAULT_ZONE)
        week, month = lately(7, now, utc), lately(30, now, utc)
        audience = await told(lambda: self._reading.audience(link.creator, month), self._longest)
        return wording.subscribers(
            audience, (week, month), link=link, as_of=self._clock.now(), show=shown_to(level)
        )
